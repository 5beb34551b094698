import { timingSafeEqual } from "node:crypto";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";

export const CODE_MINUTES = 5;
export const MOST_TRIES = 5;

/** A code as it is kept: by digest, together with the token of the browser that asked for it. */
export type KeptCode = Readonly<{
  tokenHash: string;
  codeHash: string;
  /** Who or what it is for, as the limits count it. */
  subject: string;
  /** Absent: it lets nobody in. */
  accountId?: string;
  at: Date;
  expiresAt: Date;
}>;

/** Codes as one transaction sees them. */
export type CodeStore = {
  keep(code: KeptCode): Promise<void>;
  /** Counts one more try of what is live and has tries left. @returns it, with the tries by now */
  attempt(tokenHash: string, now: Date): Promise<(KeptCode & Readonly<{ tries: number }>) | undefined>;
  subjectOf(tokenHash: string): Promise<string | undefined>;
  /** @returns whether it was live until now */
  use(tokenHash: string, now: Date): Promise<boolean>;
  dropExpired(now: Date): Promise<number>;
};

type NewCode = Readonly<{ token: string; code: string }> & Pick<KeptCode, "tokenHash" | "codeHash" | "expiresAt">;

/** Six digits, and the token of the one browser in which they are good. */
export function newCode(random: Random, at: Date): NewCode {
  const token = random.token();
  const code = sixDigits(random.token());
  const expiresAt = new Date(at.getTime() + CODE_MINUTES * 60_000);
  return { token, code, expiresAt, tokenHash: codeTokenHash(token), codeHash: codeHashOf(token, code) };
}

type Deps = Readonly<{ transaction: Transaction<Readonly<{ codes: CodeStore }>> }>;

/**
 * Tries the digits that were typed; what is kept comes back if `isGood` for it and they are right.
 *
 * @throws DomainError code-wrong with the tries `left`, code-expired for one that is used, late or tried too often
 */
export async function tryCode(
  { transaction }: Deps,
  { token, code }: Readonly<{ token: string; code: string }>,
  at: Date,
  isGood: (kept: KeptCode) => boolean,
): Promise<KeptCode> {
  const tried = await transaction(({ codes }) => codes.attempt(codeTokenHash(token), at));
  if (!tried) throw codeExpired();
  const matches = timingSafeEqual(Buffer.from(tried.codeHash), Buffer.from(codeHashOf(token, code)));
  if (matches && isGood(tried)) return tried;
  if (tried.tries >= MOST_TRIES) throw codeExpired();
  const left = MOST_TRIES - tried.tries;
  throw new DomainError("code-wrong", "验证码不对，请核对后重填。The code is wrong; please check it.", { left });
}

export function codeExpired(): DomainError {
  return new DomainError(
    "code-expired",
    "这个验证码已经用过、过期，或者试错太多次。请重新获取。This code was used, has expired, or was tried too often; ask for another.",
  );
}

/** Evenly among a million: 256 bits leave no difference that anybody could find. */
function sixDigits(token: string): string {
  return String(BigInt(`0x${sha256(`code\u0000${token}`)}`) % 1_000_000n).padStart(6, "0");
}

export function codeTokenHash(token: string): string {
  return sha256(`sign-in-code\u0000${token}`);
}

// With the token, which the store does not know: a million digests would be tried out in no time.
function codeHashOf(token: string, code: string): string {
  return sha256(`digits\u0000${token}\u0000${code}`);
}
