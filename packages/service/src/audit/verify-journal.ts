import { GENESIS, idFromContent, type SealHead, sealHash } from "./seal.ts";
import type { SealArchive, SealedEvent } from "./seal-store.ts";

/** What is wrong at the first place where the chain does not hold. */
export type JournalBreak = Readonly<{
  /** Place in the chain, from 1. */
  index: bigint;
  kind: BreakKind;
  eventId?: string;
}>;

export type BreakKind =
  /** The event's content is not what it was when it was appended. */
  | "event-changed"
  /** The event is whole, but another one (or another time of sealing) was sealed at this place: moved or replaced. */
  | "event-replaced"
  /** The sealed event is not there any more. */
  | "event-removed"
  /** A place without a seal although later places have one. */
  | "seal-removed"
  /** A seal that does not name the hash before it: seals were changed, swapped or inserted. */
  | "seal-changed"
  /** A chain end that someone wrote down earlier is not in this chain: cut off, or made anew. */
  | "head-missing";

export type JournalVerdict = Readonly<{
  verified: boolean;
  /** Seals that hold, counted from the first. */
  sealed: number;
  /** The last of them. */
  head: SealHead;
  firstBreak?: JournalBreak;
  /** Events that no seal covers yet: waiting for the next sealing, and not vouched for. */
  unsealed: number;
  /** Those among them that stand before sealed ones: committed late, or inserted. */
  lateUnsealed: number;
}>;

export type VerifyOptions = Readonly<{
  /** Chain ends written down elsewhere; without one, a chain cut off at its end still looks whole. */
  knownHeads?: readonly SealHead[];
  pageSize?: number;
  onProgress?(done: number): void;
}>;

/** Recomputes the whole chain from the events and names the first place where it does not hold. */
export async function verifyJournal(archive: SealArchive, options: VerifyOptions = {}): Promise<JournalVerdict> {
  const { knownHeads = [], pageSize = 2_000, onProgress } = options;
  const known = new Map(knownHeads.map(({ index, hash }) => [index, hash]));
  let head = GENESIS;
  let firstBreak: JournalBreak | undefined;
  for (let more = true; more && !firstBreak; ) {
    const page = await archive.page(head.index, pageSize);
    more = page.length === pageSize;
    for (const sealed of page) {
      firstBreak = breakAfter(head, sealed, known);
      if (firstBreak) break;
      head = { index: sealed.seal.index, hash: sealed.seal.hash };
    }
    onProgress?.(Number(head.index));
  }
  firstBreak ??= cutOff(head, knownHeads);
  const { unsealed, late } = await archive.countUnsealed();
  return {
    verified: firstBreak === undefined,
    sealed: Number(head.index),
    head,
    ...(firstBreak && { firstBreak }),
    unsealed,
    lateUnsealed: late,
  };
}

function breakAfter(
  head: SealHead,
  { seal, event }: SealedEvent,
  known: ReadonlyMap<bigint, string>,
): JournalBreak | undefined {
  const index = head.index + 1n;
  if (seal.index !== index) return { index, kind: "seal-removed" };
  const eventId = event && { eventId: event.id };
  if (seal.prevHash !== head.hash) return { index, kind: "seal-changed", ...eventId };
  if (!event) return { index, kind: "event-removed" };
  if (sealHash(event, seal) !== seal.hash) {
    return { index, kind: idFromContent(event) === event.id ? "event-replaced" : "event-changed", ...eventId };
  }
  return (known.get(index) ?? seal.hash) === seal.hash ? undefined : { index, kind: "head-missing", ...eventId };
}

function cutOff(head: SealHead, knownHeads: readonly SealHead[]): JournalBreak | undefined {
  const beyond = knownHeads.find(({ index }) => index > head.index);
  return beyond && { index: beyond.index, kind: "head-missing" };
}

/** One sentence for a person. */
export function describeBreak({ index, kind, eventId }: JournalBreak): Readonly<{ zh: string; en: string }> {
  const { zh, en } = sentences[kind];
  const named = eventId ? ` (${eventId})` : "";
  return { zh: `第 ${index} 条${named}：${zh}`, en: `Seal ${index}${named}: ${en}` };
}

const sentences: Readonly<Record<BreakKind, Readonly<{ zh: string; en: string }>>> = {
  "event-changed": { zh: "事件内容被改动。", en: "the event was changed after it was written." },
  "event-replaced": {
    zh: "这里封存的是另一条记录：事件被移动、替换，或封条被改。",
    en: "another record was sealed here: the event was moved or replaced, or its seal was altered.",
  },
  "event-removed": { zh: "被封存的事件已不存在。", en: "the sealed event is gone." },
  "seal-removed": { zh: "封条缺失。", en: "this seal is missing." },
  "seal-changed": {
    zh: "与前一封条不衔接：封条被改、调换或插入。",
    en: "it does not follow from the seal before it: seals were changed, swapped or inserted.",
  },
  "head-missing": {
    zh: "与另行保存的链尾不符：链被截断或重造。",
    en: "it differs from a chain end noted elsewhere: the chain was cut off or made anew.",
  },
};
