import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, dayOf } from "../kernel/day.ts";
import { answerTo, type Grievance, isLate, keyOf, kindOf, type Subject, takeBack } from "./grievance.ts";
import { isNegative, type Rating, rateAgain, ratingLevels } from "./rating.ts";

const at = new Date("2025-11-05T10:00:00+08:00");
const answerBy = "2025-11-10" as Day;
const subjects: readonly Subject[] = [
  { of: "rating", ratingId: "rating_1", entitlementId: "entitlement_1" },
  { of: "case", entitlementId: "entitlement_1" },
  {
    of: "case",
    entitlementId: "entitlement_1",
    condition: { decisionId: "decision_1", name: "layoffs", sentence: { zh: "裁员率", en: "Layoff rate" } },
  },
  { of: "fact", factId: "ui.layoffRate" },
  { of: "result", disclosureId: "disclosure_1" },
];
const [badRating, aCase] = subjects as readonly [Subject, Subject];

function raised(about: Subject): Grievance {
  return { id: "grievance_1", about, words: "慢", openedBy: "clerk", openedAt: at, answerBy, status: "open" };
}
const word = { by: "officer", at, isCorrected: true, answer: "已改" };
const level = fc.constantFrom(...ratingLevels);

describe("a grievance", () => {
  test("is of one kind by what it hangs on, and two subjects are never the same", () => {
    expect(subjects.map(kindOf)).toEqual(["rectification", "complaint", "complaint", "complaint", "objection"]);
    expect(new Set(subjects.map(keyOf)).size).toBe(subjects.length);
  });

  test.each([
    [true, "corrected"],
    [false, "explained"],
  ])("put right or not (%s), it closes with an answer", (isCorrected, status) => {
    expect(answerTo(raised(aCase), { ...word, isCorrected })).toMatchObject({ status, answer: "已改" });
  });

  test("is never answered by whoever raised it, nor without a word, nor twice", () => {
    const refused = (current: Grievance, change: object) => () => answerTo(current, { ...word, ...change });
    expect(refused(raised(aCase), { by: "clerk" })).toThrow(expect.objectContaining({ code: "maker-is-checker" }));
    expect(refused(raised(aCase), { answer: " \n" })).toThrow(expect.objectContaining({ code: "bad-input" }));
    const closed = answerTo(raised(aCase), word);
    expect(refused(closed, {})).toThrow(expect.objectContaining({ code: "grievance-not-open" }));
    expect(() => takeBack(closed, "clerk", at)).toThrow(expect.objectContaining({ code: "grievance-not-open" }));
  });

  test("can be taken back, save a bad rating", () => {
    expect(takeBack(raised(aCase), "clerk", at).status).toBe("withdrawn");
    expect(() => takeBack(raised(badRating), "clerk", at)).toThrow(expect.objectContaining({ code: "not-allowed" }));
  });

  test("is late from the day after its last one, and answered late it stays late for ever", () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), fc.nat({ max: 400 }), (offset, later) => {
        const day = addDays(answerBy, offset);
        expect(isLate(raised(aCase), day, dayOf)).toBe(offset > 0);
        const closed = answerTo(raised(aCase), { ...word, at: new Date(`${day}T23:59:59+08:00`) });
        expect(isLate(closed, addDays(day, later), dayOf)).toBe(offset > 0);
      }),
    );
  });
});

describe("a rating", () => {
  const first: Rating = {
    ...{ id: "rating_1", firmCode: "firm", entitlementId: "entitlement_1", channel: "portal", level: "satisfied" },
    ...{ words: "", nth: 1, ratedBy: "clerk", ratedAt: at, changeUntil: answerBy },
  };

  test("is bad at its two lowest levels only", () => {
    expect(ratingLevels.map(isNegative)).toEqual([false, false, false, true, true]);
  });

  test("counts on exactly when something else is said, until its last day, and keeps that day", () => {
    fc.assert(
      fc.property(level, fc.string(), fc.integer({ min: -9, max: 9 }), (next, words, offset) => {
        const same = next === first.level && words === "";
        const say = () => rateAgain(first, { level: next, words, by: "colleague", at }, addDays(answerBy, offset));
        if (same) expect(say()).toBe(first);
        else if (offset > 0) expect(say).toThrow(expect.objectContaining({ code: "rating-closed" }));
        else expect(say()).toMatchObject({ level: next, words, nth: 2, changeUntil: answerBy, id: "rating_1" });
      }),
    );
  });
});
