import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { Channel } from "../notice/channel.ts";
import { codeMessage } from "../notice/code-message.ts";
import {
  type ContactKind,
  contactKinds,
  type FirmContact,
  type FirmContactStore,
  verifyContact,
} from "../notice/firm-contact.ts";
import type { Language } from "../notice/notice-words.ts";
import { letterWays } from "./code-way.ts";
import { CODE_MINUTES, type CodeStore, codeExpired, newCode, tryCode } from "./one-time-code.ts";
import { countTry, subjectOf, type TryCounts, type TryLimit } from "./try-limit.ts";

/** Of one firm, and to one address whoever names it: nobody's telephone is made to ring by a stranger's form. */
const ASKED_BY_FIRM: TryLimit = { name: "contact code asked", most: 5, minutes: 15 };
const ASKED_OF_ADDRESS: TryLimit = { name: "contact code to", most: 3, minutes: 60 };
const TRIED: TryLimit = { name: "contact code tried", most: 10, minutes: 60 };

type Stores = Readonly<{ codes: CodeStore; tries: TryCounts; firmContacts: FirmContactStore; journal: Journal }>;
export type ContactCodeDeps = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  wallClock: Clock;
  random: Random;
  channels: readonly Channel[];
  /** For what nobody waits for; failures are its business. */
  afterwards(work: Promise<unknown>): void;
}>;

/** The kinds of contact to which a code can be sent here. */
export function provableKinds(channels: readonly Channel[]): readonly ContactKind[] {
  return contactKinds.filter((kind) => wayTo(kind, channels) !== undefined);
}

/**
 * Sends six digits to the contact of this kind that the firm has named and not proved yet.
 *
 * @returns the token for the browser that asked; nothing where there is no such contact or no way to it
 * @throws DomainError too-many-tries
 */
export async function askContactCode(
  deps: ContactCodeDeps,
  { firmCode, kind, language }: Readonly<{ firmCode: string; kind: ContactKind; language: Language }>,
): Promise<Readonly<{ token: string; expiresAt: Date }> | undefined> {
  const { transaction, wallClock, random, channels } = deps;
  const contact = await namedContact(deps, firmCode, kind);
  const channel = wayTo(kind, channels);
  if (!contact || contact.verifiedAt || !channel) return undefined;
  const at = wallClock.now();
  await countTry(deps, ASKED_BY_FIRM, firmCode, at);
  await countTry(deps, ASKED_OF_ADDRESS, contact.value, at);
  const { token, code, ...kept } = newCode(random, at);
  await transaction(({ codes }) => codes.keep({ ...kept, subject: subjectOfContact(firmCode, contact), at }));
  const message = codeMessage("contact", code, CODE_MINUTES, language, channel.name);
  const id = derivedId("code", kept.tokenHash);
  deps.afterwards(channel.send({ ...message, id, recipient: contact.value, at, kind: "code" }));
  return { token, expiresAt: kept.expiresAt };
}

/**
 * Whoever types the digits that went to an address reads it; from now on notices go there first. A code that was
 * sent to the address before proves nothing of the one that is named now.
 *
 * @throws DomainError code-wrong with the tries `left`, code-expired, too-many-tries
 */
export async function proveContact(
  deps: ContactCodeDeps,
  whose: Readonly<{ firmCode: string; actor: string }>,
  { kind, token, code }: Readonly<{ kind: ContactKind; token: string | undefined; code: string }>,
): Promise<void> {
  const { firmCode } = whose;
  const at = deps.wallClock.now();
  const contact = await namedContact(deps, firmCode, kind);
  if (token === undefined || !contact) throw codeExpired();
  await countTry(deps, TRIED, firmCode, at);
  const subject = subjectOfContact(firmCode, contact);
  const { tokenHash } = await tryCode(deps, { token, code }, at, (kept) => kept.subject === subject);
  if (!(await deps.transaction(({ codes }) => codes.use(tokenHash, at)))) throw codeExpired();
  if (!(await verifyContact(deps, whose, contact))) throw codeExpired();
}

async function namedContact({ transaction }: ContactCodeDeps, firmCode: string, kind: ContactKind) {
  return (await transaction(({ firmContacts }) => firmContacts.of(firmCode))).find((each) => each.kind === kind);
}

function wayTo(kind: ContactKind, channels: readonly Channel[]) {
  return letterWays(channels).find(({ name }) => name === (kind === "email" ? "email" : "sms"));
}

function subjectOfContact(firmCode: string, { kind, value }: FirmContact): string {
  return subjectOf("contact", [firmCode, kind, value].join("\u0000"));
}
