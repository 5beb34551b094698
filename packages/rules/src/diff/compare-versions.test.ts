import { expect, test } from "vitest";
import type { Json } from "../json.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";
import { compareVersions } from "./compare-versions.ts";

const atLeast = (value: number, amount: string | number = 1000) =>
  aPolicy({
    conditions: { all: [{ name: "staffed", clause: "一", fact: "ent.staff", operator: "atLeast", value }] },
    benefit: { clause: "二", amount },
  });
const when = { asOf: "2025-11-03" };

function firm(id: string, facts: Readonly<Record<string, Json>>) {
  const known = profile({ ...aFirm, ...facts });
  return { id, profileBefore: known, profileAfter: known };
}

const firms = [
  firm("small", { "ent.staff": 5 }),
  firm("middle", { "ent.staff": 10 }),
  firm("large", { "ent.staff": 50 }),
  firm("unknown", {}),
];

test("a stricter limit takes the benefit from those between the two, and costs that much less", async () => {
  const { changes, ...counts } = await compareVersions(atLeast(10), atLeast(11), firms, when);
  expect(counts).toEqual({
    firms: 4,
    gained: 0,
    lost: 1,
    amountChanged: 0,
    opened: 0,
    settled: 0,
    before: { fen: "200000", eligible: 2, notExact: 0 },
    after: { fen: "100000", eligible: 1, notExact: 0 },
    differenceFen: "-100000",
  });
  expect(changes.map(({ id, kind }) => [id, kind])).toEqual([["middle", "lost"]]);
});

test("a looser limit and another amount: gained and changed are told apart", async () => {
  const { changes, differenceFen } = await compareVersions(atLeast(10), atLeast(5, 1500), firms, when);
  expect(changes.map(({ id, kind }) => [id, kind])).toEqual([
    ["small", "gained"],
    ["middle", "amount-changed"],
    ["large", "amount-changed"],
  ]);
  expect(differenceFen).toBe("250000");
});

test("what becomes open, and what no longer is, is neither gained nor lost", async () => {
  const { opened, settled, gained, lost } = await compareVersions(atLeast(10), aPolicy(), firms, when);
  expect({ opened, settled, gained, lost }).toEqual({ opened: 0, settled: 1, gained: 1, lost: 0 });
  expect((await compareVersions(aPolicy(), atLeast(10), firms, when)).opened).toBe(1);
});

test("an amount that is not exact is counted, not summed", async () => {
  const { after } = await compareVersions(atLeast(10), atLeast(10, "min(fin.sales, 500)"), firms, when);
  expect(after).toEqual({ fen: "0", eligible: 2, notExact: 2 });
});
