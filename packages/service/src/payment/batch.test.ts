import { describe, expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { approve, type Batch, type BatchState, cancel, close, markSent, startSending } from "./batch.ts";

const at = new Date("2025-11-04T08:00:00Z");
const approval = { checker: "checker", approvedAt: at };
const aBatch = (state: BatchState): Batch => ({
  ...{ id: "batch_1", messageId: "AF1", maker: "maker", count: 1, totalFen: fen(1n) },
  ...{ sha256: "s1", file: "<Document/>", draftedAt: at, checkersNeeded: 1 },
  ...state,
});
const drafted = aBatch({ status: "drafted" });
const approved = aBatch({ status: "approved", ...approval });
const sending = aBatch({ status: "sending", ...approval });
const sent = aBatch({ status: "sent", ...approval, sentAt: at });
const closed = aBatch({ status: "closed", ...approval, sentAt: at, closedAt: at });
const cancelled = aBatch({ status: "cancelled", closedAt: at });

describe("a batch", () => {
  test("is approved by somebody else, and only as it was seen", () => {
    expect(approve(drafted, "checker", "s1", at)).toEqual(approved);
    expect(() => approve(drafted, "maker", "s1", at)).toThrow(expect.objectContaining({ code: "maker-is-checker" }));
    expect(() => approve(drafted, "checker", "s2", at)).toThrow(expect.objectContaining({ code: "batch-changed" }));
  });

  test("approved twice by the same person is approved once; nobody else joins in afterwards", () => {
    for (const later of [approved, sending, sent, closed]) {
      expect(approve(later, "checker", "s1", new Date())).toBe(later);
      expect(() => approve(later, "other", "s1", at)).toThrow(expect.objectContaining({ code: "batch-not-open" }));
    }
    expect(() => approve(cancelled, "checker", "s1", at)).toThrow(expect.objectContaining({ code: "batch-not-open" }));
  });

  test("of a large amount takes two checkers, neither of them the maker, who saw the same bytes", () => {
    const large: Batch = { ...drafted, checkersNeeded: 2 };
    const once = approve(large, "checker", "s1", at);
    expect(once).toEqual({ ...large, firstChecker: "checker", firstCheckedAt: at, firstSha256: "s1" });
    expect(approve(once, "checker", "s1", new Date())).toBe(once);
    expect(() => approve(once, "maker", "s1", at)).toThrow(expect.objectContaining({ code: "maker-is-checker" }));
    expect(() => approve(once, "second", "s2", at)).toThrow(expect.objectContaining({ code: "batch-changed" }));
    const twice = approve(once, "second", "s1", at);
    expect(twice).toEqual({ ...once, status: "approved", checker: "second", approvedAt: at });
    for (const checker of ["checker", "second"]) expect(approve(twice, checker, "s1", at)).toBe(twice);
    expect(cancel(once, at).status).toBe("cancelled");
  });

  test("can be cancelled until it is approved", () => {
    expect(cancel(drafted, at)).toEqual(cancelled);
    expect(cancel(cancelled, new Date())).toBe(cancelled);
    for (const later of [approved, sending, sent, closed]) {
      expect(() => cancel(later, at)).toThrow(expect.objectContaining({ code: "batch-not-open" }));
    }
  });

  test("goes out one step after the other; every step taken twice is taken once", () => {
    expect(startSending(approved)).toEqual(sending);
    expect(markSent(sending, at)).toEqual(sent);
    expect(close(sent, at)).toEqual(closed);
    for (const other of [drafted, sending, sent, closed, cancelled]) expect(startSending(other)).toBe(other);
    for (const other of [drafted, approved, sent, closed, cancelled]) expect(markSent(other, at)).toBe(other);
    for (const other of [drafted, approved, sending, closed, cancelled]) expect(close(other, at)).toBe(other);
  });
});
