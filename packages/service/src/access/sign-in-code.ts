import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { Channel, LetterChannel } from "../notice/channel.ts";
import type { LetterStore } from "../notice/letter-store.ts";
import { signInMessage } from "../notice/sign-in-message.ts";
import type { AccountStore } from "./account.ts";
import { chosenWay } from "./code-way.ts";
import { type Doorstep, openSession, type SignedIn } from "./open-session.ts";
import type { SessionStore } from "./session.ts";
import { countTry, subjectOf, type TryCounts, type TryLimit } from "./try-limit.ts";

export const CODE_MINUTES = 5;
export const MOST_TRIES = 5;

/** Three messages a quarter of an hour to one firm, so that nobody's telephone is made to ring all night. */
const ASKED_OF_SUBJECT: TryLimit = { name: "code asked", most: 3, minutes: 15 };
/** A service hall or an accountant's office has one address for many firms. */
const ASKED_FROM_ADDRESS: TryLimit = { name: "code asked from", most: 30, minutes: 60 };
/** Two hundred guesses a day among a million. */
const TRIED_OF_SUBJECT: TryLimit = { name: "code tried", most: 10, minutes: 60 };
const TRIED_FROM_ADDRESS: TryLimit = { name: "code tried from", most: 60, minutes: 60 };

/** A code as it is kept: by digest, together with the token of the browser that asked for it. */
export type KeptCode = Readonly<{
  tokenHash: string;
  codeHash: string;
  subject: string;
  /** Absent: it was sent to nobody. */
  accountId?: string;
  at: Date;
  expiresAt: Date;
}>;

/** Codes as one transaction sees them. */
export type CodeStore = {
  keep(code: KeptCode): Promise<void>;
  /** Counts one more try of what is live and has tries left. @returns it, with the tries by now */
  attempt(tokenHash: string, now: Date): Promise<(KeptCode & Readonly<{ tries: number }>) | undefined>;
  /** Who the browser asked for, as the limits count it. */
  subjectOf(tokenHash: string): Promise<string | undefined>;
  /** @returns whether it was live until now */
  use(tokenHash: string, now: Date): Promise<boolean>;
  dropExpired(now: Date): Promise<number>;
};

type Stores = Readonly<{
  accounts: AccountStore;
  sessions: SessionStore;
  codes: CodeStore;
  tries: TryCounts;
  letters: Pick<LetterStore, "contactsOf">;
}>;
export type CodeDeps = Readonly<{
  transaction: Transaction<Stores>;
  wallClock: Clock;
  random: Random;
  channels: readonly Channel[];
  /** For what nobody waits for; failures are its business. */
  afterwards(work: Promise<unknown>): void;
}>;

export type AskedCode = Readonly<{ token: string; expiresAt: Date }>;

/**
 * Sends six digits to the telephone or mail address that the registers know of a firm, for its representative.
 * Whoever is behind the login, or nobody, the answer and the work for it are the same, and nobody waits for
 * the message to be sent.
 *
 * @param from address of the browser
 * @throws DomainError too-many-tries
 */
export async function askCode(
  deps: CodeDeps,
  { login, way, from }: Readonly<{ login: string; way: LetterChannel; from: string }>,
): Promise<AskedCode> {
  const { transaction, wallClock, random, channels } = deps;
  const at = wallClock.now();
  await countTry(deps, ASKED_FROM_ADDRESS, from, at);
  await countTry(deps, ASKED_OF_SUBJECT, login, at);
  const token = random.token();
  const code = sixDigits(random.token());
  const expiresAt = new Date(at.getTime() + CODE_MINUTES * 60_000);
  const firmCode = login.trim().toUpperCase();
  const found = await transaction(async ({ accounts, codes, letters }) => {
    const principal = (await accounts.findByLogin(firmCode))?.principal;
    const contact = (await letters.contactsOf([firmCode])).get(firmCode);
    const isRepresentative = principal?.role === "enterprise" && principal.standing === "representative";
    const accountId = isRepresentative ? { accountId: principal.accountId } : {};
    const hashes = { tokenHash: tokenHashOf(token), codeHash: codeHashOf(token, code) };
    await codes.keep({ ...hashes, subject: subjectOf(TRIED_OF_SUBJECT.name, firmCode), ...accountId, at, expiresAt });
    return isRepresentative ? contact : undefined;
  });
  const chosen = found && chosenWay(found, way, channels);
  if (chosen) {
    const { channel, recipient } = chosen;
    const message = signInMessage(code, CODE_MINUTES, found.setting.language, channel.name);
    const id = derivedId("code", tokenHashOf(token));
    deps.afterwards(channel.send({ ...message, id, recipient, at, kind: "sign-in" }));
  }
  return { token, expiresAt };
}

/**
 * Takes in whoever types the digits in the browser that asked for them. They are good once.
 *
 * @throws DomainError code-wrong with the tries `left`, code-expired for one that is used, late or tried too often,
 *   too-many-tries
 */
export async function signInByCode(
  deps: CodeDeps,
  { token, code, from }: Readonly<{ token: string | undefined; code: string; from: string }>,
  doorstep: Doorstep,
): Promise<SignedIn> {
  const { transaction, wallClock } = deps;
  const at = wallClock.now();
  if (token === undefined) throw expired();
  const tokenHash = tokenHashOf(token);
  await countTry(deps, TRIED_FROM_ADDRESS, from, at);
  const subject = await transaction(({ codes }) => codes.subjectOf(tokenHash));
  if (subject === undefined) throw expired();
  await countTry(deps, TRIED_OF_SUBJECT, subject, at);
  const tried = await transaction(({ codes }) => codes.attempt(tokenHash, at));
  if (!tried) throw expired();
  const { accountId, codeHash, tries } = tried;
  const matches = timingSafeEqual(Buffer.from(codeHash), Buffer.from(codeHashOf(token, code)));
  if (!matches || accountId === undefined) {
    if (tries >= MOST_TRIES) throw expired();
    throw new DomainError("code-wrong", "验证码不对，请核对后重填。The code is wrong; please check it.", {
      left: MOST_TRIES - tries,
    });
  }
  return transaction(async ({ accounts, codes, sessions }) => {
    const principal = (await codes.use(tokenHash, at)) ? await accounts.findById(accountId) : undefined;
    if (!principal) throw expired();
    return openSession(sessions, deps, { ...doorstep, principal, method: "code" });
  });
}

function expired(): DomainError {
  return new DomainError(
    "code-expired",
    "这个验证码已经用过、过期，或者试错太多次。请重新获取。This code was used, has expired, or was tried too often; ask for another.",
  );
}

/** Evenly among a million: 256 bits leave no difference that anybody could find. */
export function sixDigits(token: string): string {
  return String(BigInt(`0x${sha256(`code\u0000${token}`)}`) % 1_000_000n).padStart(6, "0");
}

function tokenHashOf(token: string): string {
  return sha256(`sign-in-code\u0000${token}`);
}

// With the token, which the store does not know: a million digests would be tried out in no time.
function codeHashOf(token: string, code: string): string {
  return sha256(`digits\u0000${token}\u0000${code}`);
}
