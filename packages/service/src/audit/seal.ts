import { canonicalJson, digestOf } from "../kernel/digest.ts";
import { derivedId } from "../kernel/id.ts";

/** An event as the journal stores it; a seal covers every column of it. */
export type SealableEvent = Readonly<{
  seq: bigint;
  id: string;
  type: string;
  subject: string;
  actor: string;
  at: Date;
  payload: unknown;
}>;

/** One link of the chain: the event at this place, bound to everything before it. */
export type Seal = Readonly<{ index: bigint; eventSeq: bigint; prevHash: string; hash: string; sealedAt: Date }>;

/** The end of a chain. Whoever wrote one down can later tell whether the chain still contains it. */
export type SealHead = Readonly<{ index: bigint; hash: string }>;

/** Before the first seal. */
export const GENESIS: SealHead = { index: 0n, hash: "0".repeat(64) };

/** Keeps these digests apart from all others made of similar JSON; a new form gets a new name. */
const DOMAIN = "apply-free/journal-seal/1";

/** SHA-256 over the canonical JSON (RFC 8785) of the event, its place, and the hash before it. */
export function sealHash(event: SealableEvent, place: Omit<Seal, "hash" | "eventSeq">): string {
  const { seq, id, type, subject, actor, at, payload } = event;
  return digestOf({
    domain: DOMAIN,
    index: String(place.index),
    prev: place.prevHash,
    sealedAt: place.sealedAt.toISOString(),
    event: { seq: String(seq), id, type, subject, actor, at: at.toISOString(), payload },
  });
}

/** Continues the chain at `head` with these events, in this order. */
export function sealEvents(head: SealHead, events: readonly SealableEvent[], sealedAt: Date): Seal[] {
  let { index, hash: prevHash } = head;
  return events.map((event) => {
    index += 1n;
    const hash = sealHash(event, { index, prevHash, sealedAt });
    const seal = { index, eventSeq: event.seq, prevHash, hash, sealedAt };
    prevHash = hash;
    return seal;
  });
}

/** The id that the journal derived from an event's content when it was appended. */
export function idFromContent({ type, subject, actor, at, payload }: SealableEvent): string {
  return derivedId("event", type, subject, actor, at.toISOString(), canonicalJson(payload));
}
