import { claimNames } from "../access/claim-names.ts";
import type { IdentityProvider } from "../access/identity-provider.ts";
import { openidProvider } from "../access/openid-provider.http.ts";
import type { Clock } from "../kernel/clock.ts";
import type { OpenidConfig } from "../platform/config.env.ts";

/** The identity provider that the environment names. @throws DomainError config-invalid */
export function configuredProvider(config: OpenidConfig, publicUrl: string, clock: Clock): IdentityProvider {
  const { issuer, clientId, clientSecret, scope } = config;
  const settings = { issuer, clientId, scope, claims: claimNames(config) };
  const secret = clientSecret !== undefined && { clientSecret };
  return openidProvider({ ...settings, ...secret }, publicUrl, () => clock.now());
}
