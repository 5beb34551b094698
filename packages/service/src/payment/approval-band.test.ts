import { describe, expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { type ApprovalBand, confirm, drop, propose } from "./approval-band.ts";

const at = new Date("2025-11-04T08:00:00Z");
const later = new Date("2025-11-05T08:00:00Z");
const inForce: ApprovalBand = { nth: 3, aboveFen: fen(1_000n), document: "豫财〔2025〕1 号", actor: "b", at };
const terms = {
  ...{ id: "band-proposal_1", aboveFen: fen(500n), document: " 豫财〔2025〕12 号 " },
  ...{ proposedBy: "maker", proposedAt: at },
};
const open = propose(inForce, terms);
const refused = (code: string) => expect.objectContaining({ code });

describe("another amount that two checkers sign", () => {
  test("is proposed instead of the one in force, on a document", () => {
    expect(open).toEqual({ ...terms, document: "豫财〔2025〕12 号", replaces: 3, status: "open" });
  });

  test.each([
    ["below nothing", { aboveFen: fen(-1n) }],
    ["more than any fund", { aboveFen: fen(10n ** 14n + 1n) }],
    ["what is in force", { aboveFen: inForce.aboveFen }],
    ["on no document", { document: "  " }],
    ["on a document with too long a number", { document: "文".repeat(201) }],
  ])("is refused: %s", (_, change) => {
    expect(() => propose(inForce, { ...terms, ...change })).toThrow(refused("bad-input"));
  });

  test("nothing and the highest amount are amounts", () => {
    for (const aboveFen of [fen(0n), fen(10n ** 14n)]) {
      expect(propose(inForce, { ...terms, aboveFen }).aboveFen).toBe(aboveFen);
    }
  });

  test("is confirmed by another person than its proposer, once however often they press", () => {
    expect(() => confirm(open, "maker", later)).toThrow(refused("maker-is-checker"));
    const confirmed = confirm(open, "checker", later);
    expect(confirmed).toEqual({ ...open, status: "confirmed", closedBy: "checker", closedAt: later });
    expect(confirm(confirmed, "checker", new Date())).toBe(confirmed);
    expect(() => confirm(confirmed, "somebody", later)).toThrow(refused("band-proposal-not-open"));
    expect(() => drop(confirmed, "checker", "不用了", later)).toThrow(refused("band-proposal-not-open"));
  });

  test("is taken back or turned down with a reason, and is not confirmed after that", () => {
    for (const who of ["maker", "checker"]) {
      const dropped = drop(open, who, " 金额有误 ", later);
      expect(dropped).toEqual({ ...open, status: "dropped", closedBy: who, closedAt: later, reason: "金额有误" });
      expect(() => confirm(dropped, "checker", later)).toThrow(refused("band-proposal-not-open"));
      expect(() => drop(dropped, who, "再次", later)).toThrow(refused("band-proposal-not-open"));
    }
    for (const reason of ["  ", "由".repeat(501)]) {
      expect(() => drop(open, "maker", reason, later)).toThrow(refused("bad-input"));
    }
  });
});
