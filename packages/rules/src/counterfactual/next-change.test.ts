import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import { addDays } from "../formula/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { policies, someProfile } from "../sweep/testing.ts";
import { aPolicy } from "../testing.ts";
import { nextChangeOf } from "./next-change.ts";
import { usesOfDay } from "./uses-of-day.ts";

const known = (value: string) => ({ state: "known", value }) as const;
const enterprise = { "ent.subjectType": known("企业") } as const;

async function answerOn(policy: Policy, profile: Profile, asOf: string): Promise<string> {
  const { outcome, amount, missing } = await decide(policy, profile, { asOf });
  return JSON.stringify([outcome, amount, missing]);
}

/** Days within a year on which an answer is another though no change was due. */
async function overlooked(policy: Policy, profile: Profile, from: string): Promise<string[]> {
  const nextChange = nextChangeOf([policy]);
  const found: string[] = [];
  let answer = await answerOn(policy, profile, from);
  let due = nextChange(profile, from);
  for (let days = 1; days <= 366; days += 1) {
    const on = addDays(from, days);
    const now = await answerOn(policy, profile, on);
    if (now !== answer && (due === undefined || on < due)) found.push(on);
    answer = now;
    if (due !== undefined && on >= due) due = nextChange(profile, on);
  }
  return found;
}

const policyAsking = (formula: string, type = "boolean") =>
  aPolicy({
    conditions: {
      clause: "一",
      all: [{ fact: "own.asked", operator: "notEqual", value: type === "boolean" ? false : 1 }],
    },
    derived: { "own.asked": { type, label: { zh: "问", en: "Asked" }, formula } },
  });

describe("between two days of change", () => {
  test("no answer of any policy changes, whichever day of a year it is asked", async () => {
    await fc.assert(
      fc.asyncProperty(
        policies,
        someProfile,
        fc.constantFrom("2019-11-20", "2020-02-28"),
        async (some, profile, from) => {
          for (const policy of some) expect(await overlooked(policy, profile, from)).toEqual([]);
        },
      ),
      { numRuns: 4 },
    );
  });

  test.each([
    "asOf >= ent.since",
    "asOf = ent.movedOn",
    "full months(ent.since, asOf) >= 7",
    "full years(asOf, ent.since) <= 3",
    "asOf.year = ent.since.year or asOf.month = 3",
    'period of(asOf, "quarter") = "2020Q2"',
    "asOf in [ent.since..ent.movedOn]",
    'asOf < (if ent.grade = "A" then ent.since else @"2020-03-05")',
    "some paid in ledger.paid satisfies paid.paidOn <= asOf",
    "some step in [{ on: ent.since }] satisfies step.on < asOf",
    "count(ledger.paid[paidOn != null and paidOn < asOf]) > 1",
    "asOf < add months(ent.since, 5)",
    "days(ent.since, asOf) > 100",
    "max(ledger.paid.paidOn) > asOf",
    'full years(ent.since, if ent.grade = "A" then asOf else ent.movedOn) >= 1',
  ])("nor that of a formula: %s", async (formula) => {
    const profile: Profile = {
      ...enterprise,
      "ent.since": known("2020-01-31"),
      "ent.movedOn": known("2020-06-30"),
      "ent.grade": known("A"),
      "ledger.paid": { state: "known", value: [{ paidOn: "2020-04-01" }, { paidOn: "2020-05-05" }, { paidOn: null }] },
    };
    expect(await overlooked(policyAsking(formula), profile, "2019-12-15")).toEqual([]);
    expect(await overlooked(policyAsking(formula), profile, "2020-01-31")).toEqual([]);
  });
});

describe("the next day of change", () => {
  const nextOf = (formula: string, profile: Profile, asOf: string) =>
    nextChangeOf([policyAsking(formula)])({ ...enterprise, ...profile }, asOf);

  test("of a day that is compared is the day itself, and then the one behind it", () => {
    const profile = { "ent.since": known("2021-01-31") };
    expect(nextOf("asOf >= ent.since", profile, "2021-01-10")).toBe("2021-01-31");
    expect(nextOf("asOf >= ent.since", profile, "2021-01-31")).toBe("2021-02-01");
  });

  test("of months counted is the end of the next one, and of years that of the next year", () => {
    const profile = { "ent.since": known("2020-01-31") };
    expect(nextOf("full months(ent.since, asOf) >= 7", profile, "2020-02-10")).toBe("2020-02-29");
    expect(nextOf("full years(ent.since, asOf) >= 7", profile, "2020-02-10")).toBe("2021-01-31");
  });

  test("is tomorrow where it is not understood how an answer depends on the day", () => {
    expect(nextOf("days(ent.since, asOf) > 100", { "ent.since": known("2020-01-31") }, "2020-02-10")).toBe(
      "2020-02-11",
    );
    expect(usesOfDay(policyAsking("asOf < add months(ent.since, 5)"))).toContainEqual({ kind: "daily" });
  });

  test("is of the earliest of several policies, and never comes where no answer depends on the day", () => {
    const asks = policyAsking("asOf >= ent.since");
    const other = policyAsking('ent.grade = "A"');
    const profile = { ...enterprise, "ent.since": known("2031-01-31") };
    expect(nextChangeOf([other, asks])(profile, "2030-05-01")).toBe(nextChangeOf([asks])(profile, "2030-05-01"));
    expect(usesOfDay(other).every(({ kind }) => kind !== "daily")).toBe(true);
  });
});
