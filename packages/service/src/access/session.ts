import type { Day } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import { derivedId } from "../kernel/id.ts";
import type { Principal, Role } from "./account.ts";

/** A signed-in browser. The cookie holds the token; the store knows only its digest, so a stolen table opens nothing. */
export type Session = Readonly<{
  id: string;
  principal: Principal;
  csrfToken: string;
  expiresAt: Date;
  method: SignInMethod;
  /** At a terminal that the next person uses. */
  isKiosk: boolean;
}>;

/** How somebody proved who it is. */
export type SignInMethod = "password" | "identity" | "code";

/** A session as its owner or an administrator sees it in a list. */
export type OpenSession = Readonly<{
  id: string;
  method: SignInMethod;
  isKiosk: boolean;
  openedAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}>;

export type NewSession = SessionLimits &
  Readonly<{
    id: string;
    tokenHash: string;
    accountId: string;
    csrfToken: string;
    method: SignInMethod;
    isKiosk: boolean;
    at: Date;
  }>;

/** Sessions as one transaction sees them. */
export type SessionStore = {
  open(session: NewSession): Promise<void>;
  /** Only what has neither ended nor been idle for too long; being found is being used. */
  find(tokenHash: string, now: Date): Promise<Session | undefined>;
  close(tokenHash: string): Promise<void>;
  /** What is open of an account, last used first. */
  listOf(accountId: string, now: Date): Promise<OpenSession[]>;
  /** @param id of one session; absent: all of the account. @returns how many were closed */
  closeOf(accountId: string, id?: string): Promise<number>;
  closeExpired(now: Date): Promise<number>;
  /** Of delegates for whom nothing holds on a day any more. */
  closeOfEndedDelegates(day: Day): Promise<number>;
};

export type SessionLimits = Readonly<{ expiresAt: Date; idleMinutes: number }>;

/** Staff see others' data and move money: fifteen minutes away from the desk end it. Source: OWASP ASVS 7.3.1, 7.3.2. */
const STAFF = { idleMinutes: 15, minutes: 8 * 60 };
const ENTERPRISE = { idleMinutes: 30, minutes: 12 * 60 };
/** The next person is waiting behind. Constraints in SQL allow no more than an hour. */
export const KIOSK = { idleMinutes: 3, minutes: 20 };

/** How long a session may last and be left alone, by role and place. */
export function sessionLimits(role: Role, isKiosk: boolean, now: Date): SessionLimits {
  const { idleMinutes, minutes } = isKiosk ? KIOSK : role === "enterprise" ? ENTERPRISE : STAFF;
  return { idleMinutes, expiresAt: new Date(now.getTime() + minutes * 60_000) };
}

type Used = Readonly<{ lastSeenAt: Date; idleMinutes: number; expiresAt: Date }>;

/** The end itself is already too late. */
export function isOver({ lastSeenAt, idleMinutes, expiresAt }: Used, now: Date): boolean {
  return now >= expiresAt || now.getTime() >= lastSeenAt.getTime() + idleMinutes * 60_000;
}

/** Whether use is written down again: to the tenth of the limit, or every request would write. */
export function isWorthNoting({ lastSeenAt, idleMinutes }: Used, now: Date): boolean {
  return now.getTime() >= lastSeenAt.getTime() + idleMinutes * 6_000;
}

export function tokenHashOf(token: string): string {
  return sha256(`session\u0000${token}`);
}

export function sessionIdOf(tokenHash: string): string {
  return derivedId("session", tokenHash);
}
