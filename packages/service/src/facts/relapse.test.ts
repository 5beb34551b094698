import { expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { type TakenBack, withoutRelapses } from "./relapse.ts";

const wrong: TakenBack = {
  ...{ firmCode: "A", factId: "ui.layoffRate", value: "6.1", about: "2025-10-29" as Day, disputeId: "dispute_1" },
};
const says = (value: string, firmCode = "A", factId = "ui.layoffRate") => ({ firmCode, factId, value });
const sifted = (fact: ReturnType<typeof says>, asOf = "2025-11-20") =>
  withoutRelapses([fact, says("9", "B")], [wrong], asOf as Day);

test("a value that was taken back is not believed again the same year", () => {
  expect(sifted(says("6.1"))).toEqual({ facts: [says("9", "B")], relapses: [wrong] });
});

test.each([
  ["another value", says("5.1"), "2025-11-20"],
  ["another fact", says("6.1", "A", "ui.arrears"), "2025-11-20"],
  ["another firm", says("6.1", "C"), "2025-11-20"],
  ["another year", says("6.1"), "2026-01-20"],
])("%s is a statement as any other", (_, fact, asOf) => {
  expect(sifted(fact, asOf)).toEqual({ facts: [fact, says("9", "B")], relapses: [] });
});
