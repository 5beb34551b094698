import { sha256 } from "../kernel/digest.ts";
import type { Principal } from "./account.ts";

/** A signed-in browser. The cookie holds the token; the store knows only its digest, so a stolen table opens nothing. */
export type Session = Readonly<{ principal: Principal; csrfToken: string; expiresAt: Date }>;

/** Sessions as one transaction sees them. */
export type SessionStore = {
  open(
    session: Readonly<{ tokenHash: string; accountId: string; csrfToken: string; at: Date; expiresAt: Date }>,
  ): Promise<void>;
  find(tokenHash: string, now: Date): Promise<Session | undefined>;
  close(tokenHash: string): Promise<void>;
  closeExpired(now: Date): Promise<number>;
};

const STAFF_HOURS = 8;
const ENTERPRISE_HOURS = 12;

export function sessionEnd({ role }: Pick<Principal, "role">, now: Date): Date {
  const hours = role === "enterprise" ? ENTERPRISE_HOURS : STAFF_HOURS;
  return new Date(now.getTime() + hours * 3_600_000);
}

export function tokenHashOf(token: string): string {
  return sha256(`session\u0000${token}`);
}
