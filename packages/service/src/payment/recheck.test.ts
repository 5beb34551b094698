import type { StackingRule } from "@apply-free/rules";
import { describe, expect, test } from "vitest";
import type { Entitlement } from "../entitlement/entitlement.ts";
import { recheck, recheckBeside, type Standing } from "./recheck.ts";

const owed = { id: "e1", amountFen: 100_000n } as Entitlement;
const exact = (fen: string) => ({ kind: "exact", fen }) as const;
const standing = (change: Partial<Standing["decision"]> = {}, rest: Partial<Standing> = {}): Standing => ({
  decision: { id: "d2", outcome: "eligible", amount: exact("100000"), missing: [], ...change },
  firmStatus: "在营",
  outdated: false,
  expired: false,
  ...rest,
});

describe("the last look before paying", () => {
  test.each([
    ["still eligible for the same amount", standing(), "due"],
    [
      "a firm whose status nobody has delivered is judged by its policy",
      standing({}, { firmStatus: undefined }),
      "due",
    ],
    ["not eligible any more", standing({ outcome: "ineligible", amount: { kind: "none" } }), "not-due"],
    [
      "agreed to before the policy ended",
      standing({ outcome: "ineligible", amount: { kind: "none" } }, { expired: true }),
      "due",
    ],
    [
      "agreed to before the policy ended, by a firm that has ended too",
      standing({ outcome: "ineligible", amount: { kind: "none" } }, { expired: true, firmStatus: "注销" }),
      "not-due",
    ],
    ["eligible for one fen less", standing({ amount: exact("99999") }), "not-due"],
    ["eligible for one fen more", standing({ amount: exact("100001") }), "not-due"],
    ["struck off", standing({}, { firmStatus: "注销" }), "not-due"],
    ["licence revoked", standing({}, { firmStatus: "吊销" }), "not-due"],
    ["unknown is not yes", standing({ outcome: "undetermined", missing: ["ui.arrears"] }), "wait"],
    ["eligible for an uncertain amount", standing({ amount: { kind: "range", minFen: "1", maxFen: "2" } }), "wait"],
    ["eligible for an unknown amount", standing({ amount: { kind: "unknown" } }), "wait"],
    [
      "a no that had counted the payment which came back",
      standing({ outcome: "ineligible", amount: { kind: "none" } }, { outdated: true }),
      "wait",
    ],
    ["a yes after a payment came back", standing({}, { outdated: true }), "due"],
    ["struck off after a payment came back", standing({}, { outdated: true, firmStatus: "注销" }), "not-due"],
  ])("%s", (_, given, expected) => {
    expect(recheck(owed, given).kind).toBe(expected);
  });

  test("an award that rules about other benefits made less rests on what its policy alone would give", () => {
    expect(recheck(owed, standing({ amount: exact("170000") }, { askedFen: 170_000n })).kind).toBe("due");
    expect(recheck(owed, standing({ amount: exact("100000") }, { askedFen: 170_000n })).kind).toBe("not-due");
  });

  test("a rule that is broken beside others takes it back; a record that is not known makes it wait", () => {
    const rule = { policies: ["p"], name: "once" } as unknown as StackingRule;
    const breach = { rule, receivedFen: 1n, beside: [] };
    expect(recheckBeside([], "d2").kind).toBe("due");
    expect(recheckBeside([{ ...breach, why: "history" }], "d2")).toMatchObject({ kind: "wait" });
    expect(
      recheckBeside(
        [
          { ...breach, why: "history" },
          { ...breach, why: "rule" },
        ],
        "d2",
      ),
    ).toEqual({
      ...{ kind: "not-due", reason: "beside others: p/once", decisionId: "d2" },
    });
  });

  test("names what is missing, and the decision that says no", () => {
    expect(recheck(owed, standing({ outcome: "undetermined", missing: ["a", "b"] }))).toMatchObject({
      reason: "undetermined: a, b",
    });
    expect(recheck(owed, standing({ outcome: "ineligible" }))).toMatchObject({ decisionId: "d2" });
  });
});
