import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import {
  cameBackOf,
  claimOf,
  correct,
  correctableFen,
  debtOf,
  decide,
  fallBack,
  hold,
  type OwedRecovery,
  outstandingOf,
  type Recovery,
  receive,
  setOff,
  stateView,
} from "./recovery.ts";

const at = new Date("2025-11-04T02:00:00Z");
const stateBy = "2025-11-18" as Day;

function noticed(claimedFen = 40_000n): Recovery {
  return {
    ...{ id: "recovery_1", entitlementId: "entitlement_1", firmCode: "firm", budgetLine: "line", reference: "AR1" },
    ground: { kind: "revoked-title", document: "豫科〔2025〕8号" },
    ...{
      facts: "资格撤销",
      claimedFen: fen(claimedFen),
      openedBy: "maker",
      openedAt: at,
      stateBy,
      correctedFen: fen(0),
    },
    status: "noticed",
  };
}
const ruling = (decidedFen: bigint) => ({
  ...{ by: "checker", at, today: "2025-11-19" as Day, decidedFen: fen(decidedFen), reasons: "属实" },
  instalments: decidedFen === 0n ? [] : [{ dueOn: "2025-12-31" as Day, amountFen: fen(decidedFen) }],
});

function owed(claimedFen = 40_000n, decidedFen = claimedFen): OwedRecovery {
  const decided = decide(noticed(claimedFen), ruling(decidedFen));
  if (decided.status !== "owed") throw new Error(decided.status);
  return decided;
}
const code = (work: () => unknown) => {
  try {
    return work();
  } catch (cause) {
    return (cause as { code?: string }).code ?? "bug";
  }
};

describe("the hearing", () => {
  test("nobody is decided about before its last day is over, unless the firm has spoken", () => {
    const early = { ...ruling(40_000n), today: stateBy };
    expect(code(() => decide(noticed(), early))).toBe("hearing-not-over");
    expect(decide(stateView(noticed(), "已整改", "clerk", at), early).status).toBe("owed");
    expect(decide(noticed(), ruling(40_000n)).status).toBe("owed");
  });

  test("what the firm has said stays; a late word is taken down as long as nothing is decided", () => {
    const said = stateView(noticed(), " 已整改 ", "clerk", at);
    expect(said.statement).toEqual({ text: "已整改", by: "clerk", at });
    expect(code(() => stateView(said, "再说", "clerk", at))).toBe("recovery-not-open");
    expect(code(() => stateView(owed(), "太晚", "clerk", at))).toBe("recovery-not-open");
    expect(code(() => stateView(noticed(), " ", "clerk", at))).toBe("bad-input");
  });
});

describe("the decision", () => {
  test("is made by another person than who asked, with reasons", () => {
    expect(code(() => decide(noticed(), { ...ruling(1n), by: "maker" }))).toBe("maker-is-checker");
    expect(code(() => decide(noticed(), { ...ruling(1n), reasons: " " }))).toBe("bad-input");
  });

  test("confirms, reduces or waives, and never asks for more than the notice did", () => {
    expect(owed(40_000n, 30_000n)).toMatchObject({ decidedFen: 30_000n });
    expect(decide(noticed(), ruling(0n)).status).toBe("waived");
    expect(code(() => decide(noticed(), ruling(40_001n)))).toBe("bad-input");
    expect(code(() => decide(owed(), ruling(1n)))).toBe("recovery-not-open");
  });

  test("its instalments add up to the fen", () => {
    const instalments = [{ dueOn: "2025-12-31" as Day, amountFen: fen(39_999) }];
    expect(code(() => decide(noticed(), { ...ruling(40_000n), instalments }))).toBe("bad-input");
  });
});

describe("what is owed", () => {
  test("is closed when all of it has come back, by money or by offset", () => {
    const part = receive(owed(), fen(10_000), at);
    expect([part.status, outstandingOf(part)]).toEqual(["owed", 30_000n]);
    const held = hold(part as OwedRecovery, fen(30_000), at);
    expect([held.status, outstandingOf(held)]).toEqual(["owed", 0n]);
    expect(setOff(held as OwedRecovery, fen(30_000), at)).toMatchObject({ status: "closed", offsetFen: 30_000n });
  });

  test("takes no fen too many", () => {
    expect(code(() => receive(owed(), fen(40_001), at))).toBe("bug");
    expect(code(() => hold(receive(owed(), fen(1), at) as OwedRecovery, fen(40_000), at))).toBe("bug");
  });

  test("is owed again when what it was set off against fell away", () => {
    const closed = setOff(hold(owed(), fen(40_000), at) as OwedRecovery, fen(40_000), at);
    if (closed.status !== "closed") throw new Error(closed.status);
    const again = fallBack(closed, fen(40_000), "offset", at);
    expect([again.status, outstandingOf(again)]).toEqual(["owed", 40_000n]);
  });
});

describe("a newer correction", () => {
  test("takes back first what was waived, then what is still owed, never what has come back", () => {
    const reduced = receive(owed(40_000n, 30_000n), fen(5_000), at);
    expect(correctableFen(reduced)).toBe(35_000n);
    expect(debtOf(correct(reduced, fen(10_000), at))).toBe(30_000n);
    expect(debtOf(correct(reduced, fen(12_000), at))).toBe(28_000n);
    expect(correct(reduced, fen(35_000), at)).toMatchObject({ status: "closed", correctedFen: 35_000n });
    expect(code(() => correct(reduced, fen(35_001), at))).toBe("bug");
  });

  test("that leaves nothing drops what nobody has decided", () => {
    expect(correct(noticed(), fen(40_000), at).status).toBe("dropped");
  });
});

test("whatever happens in whatever order, what came back and what is open are what is owed, and never more than asked", () => {
  const act = fc.record({
    kind: fc.constantFrom("receive", "hold", "setOff", "fallBack", "unhold", "correct"),
    share: fc.integer({ min: 0, max: 120 }),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(act),
      (claimed, part, acts) => {
        const decided = BigInt(Math.max(1, Math.floor((claimed * part) / 100)));
        let current: Recovery = owed(BigInt(claimed), decided);
        for (const { kind, share } of acts) {
          const next = attempt(current, kind, share);
          if (next) current = next;
          const held = current.status === "owed" ? current.heldFen : 0n;
          expect(cameBackOf(current) + held + outstandingOf(current)).toBe(debtOf(current));
          expect(outstandingOf(current)).toBeGreaterThanOrEqual(0n);
          expect(cameBackOf(current) <= claimOf(current) && debtOf(current) <= decided).toBe(true);
          expect(current.status === "closed").toBe(cameBackOf(current) === debtOf(current));
        }
      },
    ),
    { numRuns: 1000 },
  );
});

/** A share in percent of what is possible; above 100 it must be refused and change nothing. */
function attempt(current: Recovery, kind: string, share: number): Recovery | undefined {
  const of = (most: bigint) => fen((most * BigInt(share)) / 100n + (share > 100 ? 1n : 0n));
  const tried = (work: () => Recovery, most: bigint) => {
    if (of(most) <= most) return work();
    expect(code(work)).toBe("bug");
    return undefined;
  };
  if (kind === "correct" && current.status !== "dropped") {
    const most = correctableFen(current);
    return tried(() => correct(current, of(most), at), most);
  }
  if (current.status === "owed") {
    const open = outstandingOf(current);
    const { heldFen, offsetFen } = current;
    if (kind === "receive") return tried(() => receive(current, of(open), at), open);
    if (kind === "hold") return tried(() => hold(current, of(open), at), open);
    if (kind === "setOff") return tried(() => setOff(current, of(heldFen), at), heldFen);
    if (kind === "unhold") return tried(() => fallBack(current, of(heldFen), "held", at), heldFen);
    if (kind === "fallBack") return tried(() => fallBack(current, of(offsetFen), "offset", at), offsetFen);
  }
  if (current.status === "closed" && kind === "fallBack") {
    const { offsetFen } = current;
    return tried(() => fallBack(current, of(offsetFen), "offset", at), offsetFen);
  }
  return undefined;
}
