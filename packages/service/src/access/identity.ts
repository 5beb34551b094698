import { DomainError } from "../kernel/errors.ts";
import { type Role, roles } from "./account.ts";

/** What an identity provider says of whoever has just signed in there. */
export type Identity = Readonly<{
  issuer: string;
  /** Names the person at this issuer, for ever. It may be an identity number, so it is kept by blind index only. */
  subject: string;
  displayName: string;
  /** What the person is there; `undefined` where the provider says nothing that the house has a role for. */
  role: IdentityRole | undefined;
  /** The firm that the person has signed in for there, by unified social credit code. */
  firmCode: string | undefined;
  /** By which an official's account was opened here. */
  login: string | undefined;
}>;

/** The roles that a provider can vouch for. A delegate is let in by its firm, and by nobody else. */
export type IdentityRole = "representative" | OfficialRole;
type OfficialRole = Exclude<Role, "enterprise">;
export const identityRoles: readonly IdentityRole[] = [
  "representative",
  ...roles.filter((role): role is OfficialRole => role !== "enterprise"),
];

/** How one provider's claims are called, and what its words for roles are called here. */
export type ClaimNames = Readonly<{
  firm: string;
  role: string;
  login: string;
  /** Provider's word → role. Words that are not in it say nothing. */
  roles: ReadonlyMap<string, IdentityRole>;
}>;

/** What the provider has said, by claim. */
export type Claims = Readonly<Record<string, unknown>>;

/** Whether something is missing that another answer of the provider may hold. */
export function lacksClaims(claims: Claims, names: ClaimNames): boolean {
  return [names.role, "name"].some((claim) => claims[claim] === undefined);
}

/**
 * A person with two words for roles that mean different things here is refused: duties stay apart.
 *
 * @throws DomainError identity-refused
 */
export function identityOf(issuer: string, claims: Claims, names: ClaimNames): Identity {
  const subject = textOf(claims.sub);
  if (subject === undefined) throw new DomainError("identity-refused", "身份信息不完整。The identity has no subject.");
  const said = [claims[names.role]].flat().flatMap((word) => names.roles.get(String(word)) ?? []);
  if (new Set(said).size > 1) {
    throw new DomainError(
      "identity-refused",
      "一个人只能有一个岗位，请联系管理员。One person has one role here; ask the administrator.",
    );
  }
  const login = textOf(claims[names.login]);
  return {
    issuer,
    subject,
    displayName: textOf(claims.name)?.slice(0, 100) ?? login ?? "—",
    role: said[0],
    firmCode: textOf(claims[names.firm])?.toUpperCase(),
    login,
  };
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === "string" && claim.trim() !== "" && claim.length <= 255 ? claim.trim() : undefined;
}
