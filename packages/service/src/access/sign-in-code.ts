import type { Clock } from "../kernel/clock.ts";
import { derivedId } from "../kernel/id.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { Channel, LetterChannel } from "../notice/channel.ts";
import { codeMessage } from "../notice/code-message.ts";
import type { LetterStore } from "../notice/letter-store.ts";
import type { AccountStore } from "./account.ts";
import { chosenWay } from "./code-way.ts";
import { CODE_MINUTES, type CodeStore, codeExpired, codeTokenHash, newCode, tryCode } from "./one-time-code.ts";
import { type Doorstep, openSession, type SignedIn } from "./open-session.ts";
import type { SessionStore } from "./session.ts";
import { countTry, subjectOf, type TryCounts, type TryLimit } from "./try-limit.ts";

/** Three messages a quarter of an hour to one firm, so that nobody's telephone is made to ring all night. */
const ASKED_OF_SUBJECT: TryLimit = { name: "code asked", most: 3, minutes: 15 };
/** A service hall or an accountant's office has one address for many firms. */
const ASKED_FROM_ADDRESS: TryLimit = { name: "code asked from", most: 30, minutes: 60 };
/** Two hundred guesses a day among a million. */
const TRIED_OF_SUBJECT: TryLimit = { name: "code tried", most: 10, minutes: 60 };
const TRIED_FROM_ADDRESS: TryLimit = { name: "code tried from", most: 60, minutes: 60 };

type Stores = Readonly<{
  accounts: AccountStore;
  sessions: SessionStore;
  codes: CodeStore;
  tries: TryCounts;
  letters: Pick<LetterStore, "registeredContactOf">;
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
  const { token, code, ...hashes } = newCode(random, at);
  const firmCode = login.trim().toUpperCase();
  const found = await transaction(async ({ accounts, codes, letters }) => {
    const principal = (await accounts.findByLogin(firmCode))?.principal;
    // Where a firm wants its notices is no key to it: somebody at an open session could name an address of his own.
    const contact = await letters.registeredContactOf(firmCode);
    const isRepresentative = principal?.role === "enterprise" && principal.standing === "representative";
    const accountId = isRepresentative ? { accountId: principal.accountId } : {};
    await codes.keep({ ...hashes, subject: subjectOf(TRIED_OF_SUBJECT.name, firmCode), ...accountId, at });
    return isRepresentative ? contact : undefined;
  });
  const chosen = found && chosenWay(found, way, channels);
  if (chosen) {
    const { channel, recipient } = chosen;
    const message = codeMessage("sign-in", code, CODE_MINUTES, found.setting.language, channel.name);
    const id = derivedId("code", hashes.tokenHash);
    deps.afterwards(channel.send({ ...message, id, recipient, at, kind: "code" }));
  }
  return { token, expiresAt: hashes.expiresAt };
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
  if (token === undefined) throw codeExpired();
  await countTry(deps, TRIED_FROM_ADDRESS, from, at);
  const tokenHash = codeTokenHash(token);
  const subject = await transaction(({ codes }) => codes.subjectOf(tokenHash));
  if (subject === undefined) throw codeExpired();
  await countTry(deps, TRIED_OF_SUBJECT, subject, at);
  const { accountId = "" } = await tryCode(deps, { token, code }, at, (kept) => kept.accountId !== undefined);
  return transaction(async ({ accounts, codes, sessions }) => {
    const principal = (await codes.use(tokenHash, at)) ? await accounts.findById(accountId) : undefined;
    if (!principal) throw codeExpired();
    return openSession(sessions, deps, { ...doorstep, principal, method: "code" });
  });
}
