import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { type ForecastInput, forecastFund } from "./fund-forecast.ts";

const now = new Date("2025-11-10T10:00:00+08:00");
const offer = (amount: number, lastDay: string) => ({
  amountFen: fen(amount),
  confirmBefore: new Date(Date.parse(`${lastDay}T00:00:00+08:00`) + 86_400_000),
});
const line = (change: Partial<ForecastInput>): ForecastInput => ({
  ...{ availableFen: fen(1_000), waitingFen: fen(0), offers: [], now },
  answered: { agreedFen: fen(0), notAgreedFen: fen(0) },
  ...change,
});

test("a line without offers keeps what it has, and runs short at no time", () => {
  const left = { leftExpectedFen: 1_000n, leftAllFen: 1_000n };
  expect(forecastFund(line({}))).toEqual({ months: [{ month: "2025-11", offeredFen: 0n, expectedFen: 0n, ...left }] });
});

test("an offer belongs to the month of its last day, which counts whole in China", () => {
  const { months } = forecastFund(line({ offers: [offer(10, "2025-11-30"), offer(20, "2025-12-01")] }));
  expect(months.map(({ month, offeredFen }) => [month, offeredFen])).toEqual([
    ["2025-11", 10n],
    ["2025-12", 20n],
  ]);
});

test("what has run out and is not closed yet counts in the present month", () => {
  expect(forecastFund(line({ offers: [offer(10, "2025-10-31")] })).months).toMatchObject([
    { month: "2025-11", offeredFen: 10n },
  ]);
});

test("while nobody has answered, everybody is expected to agree", () => {
  const { shortExpected, shortAll } = forecastFund(
    line({ offers: [offer(1_000, "2025-11-30"), offer(1, "2026-01-05")] }),
  );
  expect([shortExpected, shortAll]).toEqual(["2026-01", "2026-01"]);
});

test("with half agreed to so far the line reaches as expected, and runs short if every firm agrees", () => {
  const answered = { agreedFen: fen(500), notAgreedFen: fen(500) };
  const forecast = forecastFund(line({ answered, offers: [offer(2_000, "2025-12-31")] }));
  expect([forecast.shortExpected, forecast.shortAll]).toEqual([undefined, "2025-12"]);
  expect(forecast.months.at(-1)).toMatchObject({ expectedFen: 1_000n, leftExpectedFen: 0n, leftAllFen: -1_000n });
});

test("who waits is served first: a line that does not reach for them is short now", () => {
  expect(forecastFund(line({ waitingFen: fen(1_001) }))).toMatchObject({
    shortExpected: "2025-11",
    shortAll: "2025-11",
  });
});

test("whatever is offered and answered, the months add up to the fen and more expected than offered is never said", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(fen);
  const confirmBefore = fc.date({ min: now, max: new Date("2028-01-01"), noInvalidDate: true });
  const input = fc.record({
    ...{ availableFen: amount, waitingFen: amount, now: fc.constant(now) },
    offers: fc.array(fc.record({ amountFen: amount, confirmBefore }), { maxLength: 30 }),
    answered: fc.record({ agreedFen: amount, notAgreedFen: amount }),
  });
  fc.assert(
    fc.property(input, (given) => {
      const { months } = forecastFund(given);
      const { agreedFen, notAgreedFen } = given.answered;
      const offered = given.offers.reduce((sum, { amountFen }) => sum + amountFen, 0n);
      const all = agreedFen + notAgreedFen;
      const expected = all === 0n ? offered : (offered * agreedFen) / all;
      expect(months.reduce((sum, { offeredFen }) => sum + offeredFen, 0n)).toBe(offered);
      expect(months.reduce((sum, { expectedFen }) => sum + expectedFen, 0n)).toBe(expected);
      expect(months.at(-1)?.leftAllFen).toBe(given.availableFen - given.waitingFen - offered);
      expect(months.at(-1)?.leftExpectedFen).toBe(given.availableFen - given.waitingFen - expected);
      for (const { leftExpectedFen, leftAllFen } of months) expect(leftExpectedFen >= leftAllFen).toBe(true);
      expect(months.map(({ month }) => month)).toEqual(months.map(({ month }) => month).toSorted());
    }),
  );
});
