import { dayOf } from "../kernel/day.ts";
import { type Fen, fen, sumFen } from "../kernel/money.ts";

/** An offer that waits for its firm's answer. */
export type OpenOffer = Readonly<{ amountFen: Fen; confirmBefore: Date }>;

/** How offers of a line have ended so far, by amount. */
export type Answered = Readonly<{ agreedFen: Fen; notAgreedFen: Fen }>;

export type ForecastInput = Readonly<{
  availableFen: Fen;
  /** Agreed, but the fund did not reach: the first to be served. */
  waitingFen: Fen;
  offers: readonly OpenOffer[];
  answered: Answered;
  now: Date;
}>;

/** `YYYY-MM` in China. */
export type Month = string;

export type ForecastMonth = Readonly<{
  month: Month;
  /** Offers whose last day is in the month. */
  offeredFen: Fen;
  /** What of them is expected to be agreed to. */
  expectedFen: Fen;
  /** Free at the end of the month when as much is agreed to as before; below zero: missing. */
  leftExpectedFen: bigint;
  /** The same when every firm agrees. */
  leftAllFen: bigint;
}>;

export type FundForecast = Readonly<{
  months: readonly ForecastMonth[];
  /** The first month at whose end money would be missing. */
  shortExpected?: Month;
  shortAll?: Month;
}>;

/**
 * What a line has to reach for by the deadlines of what is offered. It supposes three things: whoever
 * agrees does so by the last day; the share of amounts agreed to stays what it was on this line (all of
 * it while nothing is answered); nothing new is offered or appropriated. Months add up to the fen: each
 * is the difference of two totals that are rounded down, so that no rounding adds up over the months.
 */
export function forecastFund({ availableFen, waitingFen, offers, answered, now }: ForecastInput): FundForecast {
  // The deadline itself is too late: the last day is the one before.
  const byMonth = Map.groupBy(offers, ({ confirmBefore }) => later(monthOf(now), monthBefore(confirmBefore)));
  const names = [...new Set([monthOf(now), ...byMonth.keys()])].sort();
  const months: ForecastMonth[] = [];
  let offered = 0n;
  for (const month of names) {
    const offeredFen = sumFen((byMonth.get(month) ?? []).map(({ amountFen }) => amountFen));
    const expectedBefore = shareOf(offered, answered);
    offered += offeredFen;
    const expected = shareOf(offered, answered);
    const free = availableFen - waitingFen;
    months.push({
      ...{ month, offeredFen, expectedFen: fen(expected - expectedBefore) },
      ...{ leftExpectedFen: free - expected, leftAllFen: free - offered },
    });
  }
  const shortExpected = months.find(({ leftExpectedFen }) => leftExpectedFen < 0n)?.month;
  const shortAll = months.find(({ leftAllFen }) => leftAllFen < 0n)?.month;
  return {
    months,
    ...(shortExpected !== undefined && { shortExpected }),
    ...(shortAll !== undefined && { shortAll }),
  };
}

function shareOf(amount: bigint, { agreedFen, notAgreedFen }: Answered): bigint {
  const all = agreedFen + notAgreedFen;
  return all === 0n ? amount : (amount * agreedFen) / all;
}

const monthOf = (at: Date): Month => dayOf(at).slice(0, 7);
const monthBefore = (deadline: Date) => monthOf(new Date(deadline.getTime() - 1));
const later = (one: Month, other: Month) => (one > other ? one : other);
