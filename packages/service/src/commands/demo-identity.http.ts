import { claimNames } from "../access/claim-names.ts";
import type { IdentityProvider } from "../access/identity-provider.ts";
import { CALLBACK_PATH, openidProvider, SIGNED_OUT_PATH } from "../access/openid-provider.http.ts";
import { officials } from "../demo/demo-people.ts";
import { startIdentityProvider } from "../demo/identity-provider.http.ts";
import type { DemoWorld } from "../demo-world.fs.ts";

/** A provider's own words for roles, which a configuration maps to ours. */
const ROLES = { claimed: "legal", means: "representative" };

type Firm = Readonly<{ code: string; name: string }>;

/** An identity provider with the people of a demonstration, and our side of it. */
export async function openIdentity(
  { house }: DemoWorld,
  publicUrl: string,
  firms: readonly Firm[],
): Promise<Readonly<{ provider: IdentityProvider; close(): Promise<void> }>> {
  const local = await startIdentityProvider({
    redirectUris: [new URL(CALLBACK_PATH, publicUrl).href],
    signedOutUris: [new URL(SIGNED_OUT_PATH, publicUrl).href],
    token: () => house.random.token(),
    people: [
      ...firms.map(({ code, name }) => ({
        ...{ subject: `representative of ${code}`, name: `${name} 法定代表人` },
        ...{ role: ROLES.claimed, creditCode: code },
      })),
      ...officials.map(({ id, login, role, displayName }) => ({ subject: id, name: displayName, role, login })),
    ],
  });
  const { issuer, clientId, clientSecret } = local;
  const roles = [...new Set(officials.map(({ role }) => `${role}=${role}`)), `${ROLES.claimed}=${ROLES.means}`];
  const claims = claimNames({
    ...{ firmClaim: "credit_code", roleClaim: "role", loginClaim: "preferred_username" },
    roles: roles.join(","),
  });
  const settings = { issuer, clientId, clientSecret, scope: "openid profile", claims };
  return {
    provider: openidProvider(settings, publicUrl, () => house.wallClock.now()),
    close: () => local.close(),
  };
}
