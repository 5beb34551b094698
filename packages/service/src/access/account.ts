import { DomainError } from "../kernel/errors.ts";
import { isPersonCode } from "../kernel/subject-code.ts";

/** What a person may do here. One person has one role, so that duties stay apart (不相容岗位分离). */
export const roles = [
  "enterprise",
  "author",
  "finance-maker",
  "finance-checker",
  "auditor",
  "operator",
  "data-officer",
  "window-clerk",
  "helper",
  "hotline-agent",
] as const;
export type Role = (typeof roles)[number];

/** Someone who has signed in. */
export type Principal = EnterprisePrincipal | StaffPrincipal;
export type EnterprisePrincipal = Readonly<{
  accountId: string;
  displayName: string;
  role: "enterprise";
  firmCode: string;
  firmName: string;
  standing: Standing;
}>;
/**
 * The legal representative, or the person itself, decides all; a delegate what a delegation lets it; a guardian what a
 * guardianship does.
 */
export const standings = ["representative", "delegate", "guardian"] as const;
export type Standing = (typeof standings)[number];
export type StaffPrincipal = OfficePrincipal | DataOfficer;
export type OfficePrincipal = Readonly<{
  accountId: string;
  displayName: string;
  role: Exclude<Role, "enterprise" | "data-officer">;
}>;
/** Looks after what one department supplies: its deliveries, and what firms say against them. */
export type DataOfficer = Readonly<{
  accountId: string;
  displayName: string;
  role: "data-officer";
  sourceId: string;
}>;

/** An account with the secret to check a password against. */
export type Credentials = Readonly<{ principal: Principal; passwordHash: string }>;

/** Accounts as one transaction sees them. */
export type AccountStore = {
  findByLogin(login: string): Promise<Credentials | undefined>;
  /** Not who was let in by a delegation that was taken back. */
  findById(id: string): Promise<Principal | undefined>;
  /** Opening the same login again changes nothing; accounts of firms that are not registered are left out. */
  openAll(accounts: readonly NewAccount[]): Promise<void>;
};

export type NewAccount = Readonly<{
  id: string;
  login: string;
  role: Role;
  displayName: string;
  firmCode?: string;
  /** For a firm's person; the representative where nothing is said. */
  standing?: Standing;
  /** For an officer of a department. */
  sourceId?: string;
  passwordHash: string;
  at: Date;
}>;

/** @throws DomainError not-allowed unless the person has one of these roles */
export function requireStaff(principal: Principal, ...allowed: readonly StaffPrincipal["role"][]): StaffPrincipal {
  if (principal.role !== "enterprise" && allowed.includes(principal.role)) return principal;
  throw notAllowed();
}

/** @throws DomainError not-allowed unless the person acts for a firm */
export function requireEnterprise(principal: Principal): EnterprisePrincipal {
  if (principal.role === "enterprise") return principal;
  throw notAllowed();
}

/** @throws DomainError representative-only where a delegate reaches for what no delegation covers */
export function requireRepresentative(principal: EnterprisePrincipal): EnterprisePrincipal {
  if (principal.standing === "representative") return principal;
  const message = isPersonCode(principal.firmCode)
    ? "这件事只能由本人办理，或到政务大厅窗口办理。Only the person, or a service hall, can do this."
    : "这件事只能由法定代表人本人办理。Only the legal representative can do this.";
  throw new DomainError("representative-only", message);
}

/** Which sources a person looks after: an officer of a department those of the department, the office all. */
export function sourceFilter(principal: StaffPrincipal): Readonly<{ sourceId?: string }> {
  return principal.role === "data-officer" ? { sourceId: principal.sourceId } : {};
}

/** @throws DomainError not-allowed where an officer of a department reaches for another's data */
export function requireSource(principal: StaffPrincipal, sourceId: string): void {
  if (principal.role === "data-officer" && principal.sourceId !== sourceId) throw notAllowed();
}

function notAllowed(): DomainError {
  return new DomainError("not-allowed", "您的角色不能办理这件事。Your role does not allow this.");
}
