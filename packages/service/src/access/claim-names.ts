import { DomainError } from "../kernel/errors.ts";
import { type ClaimNames, type IdentityRole, identityRoles } from "./identity.ts";

/**
 * What a provider calls firms, logins and roles.
 *
 * @param roles `word=role,word=role` as in OIDC_ROLES; absent: the house's own names
 * @throws DomainError config-invalid for a role that the house does not have, or that nobody can vouch for
 */
export function claimNames({
  firmClaim,
  roleClaim,
  loginClaim,
  roles,
}: Readonly<{ firmClaim: string; roleClaim: string; loginClaim: string; roles?: string }>): ClaimNames {
  const pairs = roles?.split(",").map((pair) => pair.split("=") as [string, string]);
  return {
    ...{ firm: firmClaim, role: roleClaim, login: loginClaim },
    roles: new Map(pairs?.map(([word, role]) => [word, roleCalled(role)]) ?? identityRoles.map((role) => [role, role])),
  };
}

function roleCalled(name: string): IdentityRole {
  const role = identityRoles.find((each) => each === name);
  if (role) return role;
  throw new DomainError("config-invalid", `OIDC_ROLES: "${name}" is not one of ${identityRoles.join(", ")}.`, {
    name: "OIDC_ROLES",
  });
}
