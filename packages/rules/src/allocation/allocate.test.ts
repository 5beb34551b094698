import { createHash } from "node:crypto";
import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aPolicy } from "../testing.ts";
import { allocate } from "./allocate.ts";
import type { Claim } from "./claim.ts";
import type { Fund } from "./fund.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const seed = "a seed that nobody can guess";
const closes = "2025-11-30";
const byStaff = aPolicy({
  fund: { rule: "ranked", by: "ent.staff", whenShort: "waiting-list", closes, clause: "二" },
}).fund!;
const funds: readonly Fund[] = [
  { rule: "first-come", whenShort: "waiting-list", clause: "二" },
  { rule: "pro-rata", whenShort: "reduced", closes, clause: "二" },
  byStaff,
  { rule: "lottery", seedSha256: sha256(seed), whenShort: "turned-away", closes, clause: "二" },
];
const [firstCome, proRata, ranked, lottery] = funds as [Fund, Fund, Fund, Fund];

const claims: fc.Arbitrary<Claim[]> = fc.uniqueArray(
  fc.record(
    {
      id: fc.string({ minLength: 1, maxLength: 6 }),
      amountFen: fc.oneof(fc.bigInt(1n, 50n), fc.bigInt(1n, 10n ** 12n)),
      agreedAt: fc.constantFrom("2025-11-03T01:00:00.000Z", "2025-11-03T01:00:00.001Z", "2025-11-04T01:00:00.000Z"),
      score: fc.constantFrom("1/3", "93.5", "7", "0"),
    },
    { requiredKeys: ["id", "amountFen", "agreedAt"] },
  ),
  { selector: ({ id }) => id, maxLength: 40 },
);
const world = fc.record({
  fund: fc.constantFrom(...funds),
  claims,
  fundFen: fc.oneof(fc.bigInt(0n, 500n), fc.bigInt(0n, 10n ** 13n)),
});
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const give = (fund: Fund, of: readonly Claim[], fundFen: bigint) => allocate(fund, of, fundFen, { seed, sha256 });

describe("whatever the rule", () => {
  property.prop([world], { numRuns: 500 })(
    "never more than the fund, never more than asked, and no 分 is lost",
    (of) => {
      const { shares, leftFen } = give(of.fund, of.claims, of.fundFen);
      const asked = new Map(of.claims.map(({ id, amountFen }) => [id, amountFen]));
      expect(sum(shares.map(({ allottedFen }) => allottedFen)) + leftFen).toBe(of.fundFen);
      expect(leftFen >= 0n).toBe(true);
      for (const { id, allottedFen } of shares) {
        expect(allottedFen >= 0n && allottedFen <= asked.get(id)!, id).toBe(true);
      }
    },
  );

  property.prop([world, fc.infiniteStream(fc.nat())], { numRuns: 300 })(
    "the order in which the claims are read makes no difference",
    (of, chance) => {
      const shuffled = of.claims.map((claim) => ({ claim, at: chance.next().value as number }));
      const otherwise = shuffled.toSorted((a, b) => a.at - b.at).map(({ claim }) => claim);
      expect(give(of.fund, otherwise, of.fundFen)).toEqual(give(of.fund, of.claims, of.fundFen));
    },
  );

  property.prop([world])("everyone has a place of their own and a reason in both languages", (of) => {
    const { shares } = give(of.fund, of.claims, of.fundFen);
    expect(shares.map(({ place }) => place)).toEqual(of.claims.map((_, nth) => nth + 1));
    for (const { because } of shares) expect(because.zh.length > 0 && because.en.length > 0).toBe(true);
  });

  property.prop([world])("a fund that reaches for all gives all in full", (of) => {
    const enough = sum(of.claims.map(({ amountFen }) => amountFen));
    const { shares, leftFen } = give(of.fund, of.claims, enough);
    expect(leftFen).toBe(0n);
    expect(new Map(shares.map(({ id, allottedFen }) => [id, allottedFen]))).toEqual(
      new Map(of.claims.map(({ id, amountFen }) => [id, amountFen])),
    );
  });

  test("a claim that is there twice is a bug, not two awards", () => {
    const claim = { id: "a", amountFen: 1n, agreedAt: "2025-11-03T01:00:00.000Z" };
    expect(() => give(firstCome, [claim, claim], 5n)).toThrow(/twice/);
  });
});

const claim = (id: string, amountFen: bigint, more: Partial<Claim> = {}): Claim => ({
  id,
  amountFen,
  agreedAt: "2025-11-03T01:00:00.000Z",
  ...more,
});
const gotOf = (fund: Fund, of: readonly Claim[], fundFen: bigint) =>
  give(fund, of, fundFen).shares.map(({ id, allottedFen }) => `${id} ${allottedFen}`);

describe("pro rata", () => {
  property.prop([claims, fc.bigInt(0n, 10n ** 9n)], { numRuns: 300 })(
    "each part is the exact one, rounded down or up to a whole 分, and a fund that is short is used up",
    (of, fundFen) => {
      const total = sum(of.map(({ amountFen }) => amountFen));
      fc.pre(total > fundFen);
      const { shares, leftFen } = give(proRata, of, fundFen);
      expect(leftFen).toBe(0n);
      const asked = new Map(of.map(({ id, amountFen }) => [id, amountFen]));
      for (const { id, allottedFen } of shares) {
        const exact = asked.get(id)! * fundFen;
        expect([exact / total, exact / total + 1n]).toContain(allottedFen);
      }
    },
  );

  test("the 分 left over goes to who lost most by the rounding, then to who agreed first", () => {
    expect(gotOf(proRata, [claim("a", 1n), claim("b", 1n), claim("c", 1n)], 2n)).toEqual(["a 1", "b 1", "c 0"]);
    expect(gotOf(proRata, [claim("a", 50n), claim("b", 30n), claim("c", 20n)], 33n)).toEqual(["a 16", "b 10", "c 7"]);
  });

  test("says by which part, and who got the 分 left over", () => {
    const { shares } = give(proRata, [claim("a", 200_00n), claim("b", 100_00n)], 100_00n);
    expect(shares.map(({ because }) => because.zh)).toEqual([
      "应兑合计 300.00 元，资金 100.00 元，同比例兑付，最大余数补 1 分",
      "应兑合计 300.00 元，资金 100.00 元，同比例兑付",
    ]);
  });
});

describe("in order", () => {
  test("who agreed first is served first, and nobody smaller overtakes", () => {
    const of = [claim("late", 1n, { agreedAt: "2025-11-04T01:00:00.000Z" }), claim("b", 80n), claim("a", 30n)];
    expect(gotOf(firstCome, of, 100n)).toEqual(["a 30", "b 0", "late 0"]);
  });

  test("the highest score comes first, equal ones by consent, and who has none last", () => {
    const earlier = { agreedAt: "2025-11-02T01:00:00.000Z" };
    const of = [
      claim("none", 1n, earlier),
      claim("third", 1n, { score: "1/3" }),
      claim("late", 1n, { score: "9.5" }),
      claim("early", 1n, { ...earlier, score: "19/2" }),
    ];
    expect(gotOf(ranked, of, 2n)).toEqual(["early 1", "late 1", "third 0", "none 0"]);
    expect(give(ranked, of, 2n).shares.at(-1)?.because.zh).toContain("数据不全");
  });
});

describe("lots", () => {
  const pool = Array.from({ length: 20 }, (_, nth) => claim(`firm-${nth}`, 1n));

  test("the same seed draws the same lots, and only the published seed draws", () => {
    expect(gotOf(lottery, pool, 7n)).toEqual(gotOf(lottery, pool.toReversed(), 7n));
    expect(() => allocate(lottery, pool, 7n, { seed: "another", sha256 })).toThrow(/published/);
    expect(() => allocate(lottery, pool, 7n, { sha256 })).toThrow(/published/);
  });

  test("one claim more shuffles all anew, so a place cannot be known before the window closes", () => {
    const before = give(lottery, pool, 0n).shares.map(({ id }) => id);
    const after = give(lottery, [...pool, claim("one-more", 1n)], 0n).shares.map(({ id }) => id);
    expect(after.filter((id) => id !== "one-more")).not.toEqual(before);
  });

  test("every claim wins about as often as any other", () => {
    const wins = new Map<string, number>();
    for (let nth = 0; nth < 400; nth += 1) {
      const drawn = { ...lottery, seedSha256: sha256(`seed ${nth}`) } as Fund;
      for (const { id, allottedFen } of allocate(drawn, pool, 10n, { seed: `seed ${nth}`, sha256 }).shares) {
        wins.set(id, (wins.get(id) ?? 0) + Number(allottedFen));
      }
    }
    // 400 draws, 10 of 20 win: 200 expected, standard deviation 10.
    for (const [id, times] of wins) expect(times, id).toBeGreaterThan(150);
  });
});
