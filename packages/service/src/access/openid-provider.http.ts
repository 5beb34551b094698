import * as openid from "openid-client";
import { DomainError } from "../kernel/errors.ts";
import { type ClaimNames, type Claims, identityOf, lacksClaims } from "./identity.ts";
import type { IdentityProvider } from "./identity-provider.ts";

export type OpenidSettings = Readonly<{
  issuer: string;
  clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  clientSecret?: string;
  scope: string;
  claims: ClaimNames;
}>;

/** Where the provider sends browsers back to; registered there. */
export const CALLBACK_PATH = "/sign-in/identity/callback";
/** Where the provider sends browsers after signing out; registered there. */
export const SIGNED_OUT_PATH = "/signed-out";

const PATIENCE_SECONDS = 10;
const KNOWN_MS = 3_600_000;

/**
 * A provider that speaks OpenID Connect: authorization code with PKCE, state and nonce. Its description is
 * read when it is first needed and again after an hour or a failure, so that neither start waits for the other.
 *
 * @param publicUrl the address that browsers use
 * Source: OpenID Connect Core 1.0 §3.1; RFC 7636; OpenID Connect RP-Initiated Logout 1.0
 */
export function openidProvider(settings: OpenidSettings, publicUrl: string, now: () => Date): IdentityProvider {
  const { issuer, scope, claims: names } = settings;
  const redirectUri = new URL(CALLBACK_PATH, publicUrl).href;
  let known: Readonly<{ config: openid.Configuration; until: number }> | undefined;
  const configuration = async () => {
    if (known && now().getTime() < known.until) return known.config;
    const config = await discovered(settings).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    known = { config, until: now().getTime() + KNOWN_MS };
    return config;
  };
  return {
    async addressFor({ state, nonce, codeVerifier }, isFresh = false) {
      const config = await configuration();
      return openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
        ...(isFresh && { prompt: "login", max_age: "0" }),
      });
    },
    async identityFrom(callback, { state, nonce, codeVerifier }) {
      const config = await configuration();
      // The registered address with the answer's query, whatever host a proxy says that the browser asked for.
      const answered = new URL(redirectUri);
      answered.search = callback.search;
      try {
        const tokens = await openid.authorizationCodeGrant(config, answered, {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const own: Claims = tokens.claims() ?? {};
        return identityOf(issuer, { ...(await moreClaims(config, tokens.access_token, own, names)), ...own }, names);
      } catch (cause) {
        throw explained(cause);
      }
    },
    async signOutAddress() {
      const config = await configuration().catch(() => undefined);
      if (!config?.serverMetadata().end_session_endpoint) return undefined;
      return openid.buildEndSessionUrl(config, {
        post_logout_redirect_uri: new URL(SIGNED_OUT_PATH, publicUrl).href,
      });
    },
  };
}

async function discovered({ issuer, clientId, clientSecret }: OpenidSettings): Promise<openid.Configuration> {
  const url = new URL(issuer);
  return openid.discovery(url, clientId, clientSecret, authenticationWith(clientSecret), {
    timeout: PATIENCE_SECONDS,
    // The configuration admits http only for a provider on this machine.
    execute: url.protocol === "http:" ? [openid.allowInsecureRequests] : [],
  });
}

/** The secret as the provider wants it; where it does not say, in the header. Source: RFC 8414 §2. */
function authenticationWith(secret: string | undefined): openid.ClientAuth {
  if (secret === undefined) return openid.None();
  const [basic, post] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (methods.includes("client_secret_basic") ? basic : post)(server, client, body, headers);
  };
}

/** Many providers say in the token only who it is, and the rest where it is asked for. */
async function moreClaims(config: openid.Configuration, token: string, own: Claims, names: ClaimNames) {
  if (!config.serverMetadata().userinfo_endpoint || !lacksClaims(own, names)) return {};
  return openid.fetchUserInfo(config, token, String(own.sub));
}

/** What says that they have no answer now, not that the answer is no. */
const passing: ReadonlySet<string> = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
]);

function explained(cause: unknown): unknown {
  if (cause instanceof openid.AuthorizationResponseError && cause.error === "access_denied") {
    return new DomainError("identity-cancelled", "您取消了登录。You cancelled the sign-in.");
  }
  const refused =
    cause instanceof openid.AuthorizationResponseError ||
    cause instanceof openid.ResponseBodyError ||
    (cause instanceof openid.ClientError && !passing.has(cause.code ?? ""));
  if (!refused) return cause instanceof DomainError ? cause : unavailable(cause);
  return new DomainError(
    "identity-refused",
    "这次身份认证没有通过，请重新登录。This sign-in was not accepted; begin again.",
    { reason: cause.message.slice(0, 200) },
  );
}

function unavailable(cause: unknown): DomainError {
  return new DomainError(
    "identity-unavailable",
    "身份认证平台暂时没有响应，请稍后再试，或用其他方式登录。The identity provider does not answer; try later, or sign in another way.",
    { reason: cause instanceof Error ? cause.message.slice(0, 200) : "" },
  );
}
