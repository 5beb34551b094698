import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Configuration } from "oidc-provider";
import { identityPage, type KnownPerson, leavingPage } from "./identity-page.ts";
import { providerMemory } from "./provider-memory.ts";

export type LocalIdentityProvider = Readonly<{
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who can be chosen there; the list may grow and shrink. */
  people: KnownPerson[];
  /** How many have been asked who they are. */
  asked(): number;
  close(): Promise<void>;
}>;

type Options = Readonly<{
  redirectUris: readonly string[];
  signedOutUris: readonly string[];
  people: readonly KnownPerson[];
  /** Makes secrets of the provider's own. */
  token(): string;
}>;

/**
 * A real provider of OpenID Connect on loopback with invented people, for demonstrations and tests: whoever is
 * chosen on its page has signed in. It has no passwords, forgets everything when it stops, and says so.
 */
export async function startIdentityProvider({
  redirectUris,
  signedOutUris,
  people,
  token,
}: Options): Promise<LocalIdentityProvider> {
  // Loaded here only: a service that runs in earnest has no provider of its own.
  const { Provider } = await import("oidc-provider");
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ["apply-free", token()];
  const known = [...people];
  let asked = 0;
  const personBy = (subject: string) => known.find((person) => person.subject === subject);
  const configuration: Configuration = {
    adapter: providerMemory(),
    jwks: { keys: [{ ...signingKey(), use: "sig", alg: "RS256" }] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...signedOutUris],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "role", "credit_code"] },
    cookies: { keys: [token()] },
    ttl: { Session: 3_600, Interaction: 600, Grant: 3_600, AccessToken: 300, IdToken: 300, AuthorizationCode: 60 },
    pkce: { required: () => true },
    findAccount: (_context, subject) => {
      const person = personBy(subject);
      return person && { accountId: subject, claims: () => claimsOf(person) };
    },
    // Nobody is asked for leave: there is one client, and it is ours.
    async loadExistingGrant({ oidc }) {
      const { client, session, provider: own } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new own.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, { uid }) => `/who/${uid}` },
    renderError(context, { error }) {
      context.type = "html";
      context.body = leavingPage({ error });
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          context.body = leavingPage({ form });
        },
        postLogoutSuccessSource(context) {
          context.body = leavingPage({});
        },
      },
    },
  };
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== "POST") {
      asked += 1;
      return sendHtml(response, identityPage({ action: request.url ?? "/", people: known }));
    }
    const chosen = new URLSearchParams(await bodyOf(request)).get("person") ?? "";
    const result = personBy(chosen)
      ? { login: { accountId: chosen } }
      : { error: "access_denied", error_description: "nobody was chosen" };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith("/who/")) return void answer(request, response);
    interact(request, response).catch(() => sendHtml(response, leavingPage({ error: "expired" }), 400));
  });
  return {
    ...{ issuer, clientId, clientSecret, people: known },
    asked: () => asked,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function signingKey() {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
}

function claimsOf({ subject, name, role, creditCode, login }: KnownPerson) {
  return {
    ...{ sub: subject, name, role },
    ...(creditCode !== undefined && { credit_code: creditCode }),
    ...(login !== undefined && { preferred_username: login }),
  };
}

const MOST_BYTES = 4_096;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new Error("the form is too large");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

function sendHtml(response: ServerResponse, html: string, status = 200): void {
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  response.writeHead(status, headers).end(html);
}
