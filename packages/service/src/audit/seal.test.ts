import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GENESIS, type SealableEvent, sealEvents, sealHash } from "./seal.ts";

const sealedAt = new Date("2025-11-04T02:00:00Z");

function anEvent(changes: Partial<SealableEvent> = {}): SealableEvent {
  return {
    seq: 1n,
    id: "event_1",
    type: "receipt-confirmed",
    subject: "entitlement_1",
    actor: "account_1",
    at: new Date("2025-11-03T09:00:00Z"),
    payload: { paymentId: "payment_1" },
    ...changes,
  };
}

describe("a chain of seals", () => {
  test("starts from 64 zeros at index 1", () => {
    expect(sealEvents(GENESIS, [anEvent()], sealedAt)[0]).toMatchObject({ index: 1n, prevHash: "0".repeat(64) });
  });

  test("names the hash before it in each link", () => {
    const [first, second] = sealEvents(GENESIS, [anEvent(), anEvent({ seq: 2n, id: "event_2" })], sealedAt);
    expect(second?.prevHash).toBe(first?.hash);
  });

  test("continues where it ended, so that sealing in parts gives the same chain as sealing at once", () => {
    const events = [1n, 2n, 3n, 4n].map((seq) => anEvent({ seq, id: `event_${seq}` }));
    const firstHalf = sealEvents(GENESIS, events.slice(0, 2), sealedAt);
    const secondHalf = sealEvents(firstHalf[1]!, events.slice(2), sealedAt);
    expect([...firstHalf, ...secondHalf]).toEqual(sealEvents(GENESIS, events, sealedAt));
  });

  test("does not depend on the order in which a payload's keys come back from the database", () => {
    const place = { index: 1n, prevHash: GENESIS.hash, sealedAt };
    expect(sealHash(anEvent({ payload: { a: 1, b: 2 } }), place)).toBe(
      sealHash(anEvent({ payload: { b: 2, a: 1 } }), place),
    );
  });

  test("gives another hash for every other value of every field", () => {
    const place = { index: 1n, prevHash: GENESIS.hash, sealedAt };
    const event = fc.record({
      seq: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
      id: fc.string(),
      type: fc.string(),
      subject: fc.string(),
      actor: fc.string(),
      at: fc.date({ noInvalidDate: true }),
      payload: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
        noNullPrototype: true,
      }),
    });
    const field = fc.constantFrom("seq", "id", "type", "subject", "actor", "at", "payload");
    fc.assert(
      fc.property(event, event, field, (one, other, changed) => {
        fc.pre(!isDeepStrictEqual(one[changed], other[changed]));
        return sealHash(one, place) !== sealHash({ ...one, [changed]: other[changed] }, place);
      }),
    );
  });
});
