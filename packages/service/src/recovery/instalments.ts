import { addDays, type Day, parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { type Fen, fen, fromDecimalYuan, lesserFen } from "../kernel/money.ts";

/** So much is due by the end of that day. */
export type Instalment = Readonly<{ dueOn: Day; amountFen: Fen }>;

/** An instalment with what has come back towards it; what comes back fills them in order. */
export type InstalmentStanding = Instalment &
  Readonly<{
    nth: number;
    paidFen: Fen;
    overdue: boolean;
    /** Due before its day, because an earlier one was missed for too long. */
    calledIn?: true;
  }>;

/** A calendar, and whether its decision says that one instalment missed for too long makes the whole rest due. */
export type Calendar = Readonly<{ instalments: readonly Instalment[]; callsInRest?: boolean }>;

/** So many days after its due day a missed instalment makes the whole rest due; its firm was told before. */
export const REST_DUE_AFTER_DAYS = 15;

/**
 * How the calendar stands.
 * @param owedFen what is owed in all; less than the calendar where a later correction took some of it back: then
 *   its last instalments are the ones that fall away
 */
export function standingOf(
  { instalments, callsInRest = false }: Calendar,
  owedFen: Fen,
  cameBackFen: Fen,
  today: Day,
): InstalmentStanding[] {
  const standing = inOrder(instalments, owedFen, cameBackFen, today);
  const missed = callsInRest ? standing.find((each) => each.overdue && today > restDueOn(each)) : undefined;
  return missed ? standing.map((each) => calledIn(each, missed)) : standing;
}

/** The last day on which a missed instalment can be made up before the whole rest is due. */
export function restDueOn({ dueOn }: Pick<Instalment, "dueOn">): Day {
  return addDays(dueOn, REST_DUE_AFTER_DAYS);
}

function calledIn(each: InstalmentStanding, missed: InstalmentStanding): InstalmentStanding {
  const isEarlier = each.dueOn > restDueOn(missed) && each.paidFen < each.amountFen;
  return isEarlier ? { ...each, dueOn: restDueOn(missed), overdue: true, calledIn: true } : each;
}

function inOrder(instalments: readonly Instalment[], owedFen: Fen, cameBackFen: Fen, today: Day): InstalmentStanding[] {
  let owed: bigint = owedFen;
  let left: bigint = cameBackFen;
  return instalments.flatMap(({ dueOn, amountFen: planned }, index) => {
    const amountFen = lesserFen(planned, owed);
    owed -= amountFen;
    const paidFen = lesserFen(left, amountFen);
    left -= paidFen;
    return amountFen === 0n
      ? []
      : [{ nth: index + 1, dueOn, amountFen, paidFen, overdue: today > dueOn && paidFen < amountFen }];
  });
}

/** What should have come back by now and has not. */
export function overdueFen(standing: readonly InstalmentStanding[]): Fen {
  return openFen(standing.filter(({ overdue }) => overdue));
}

/** What has not come back of these. */
export function openFen(standing: readonly InstalmentStanding[]): Fen {
  return fen(standing.reduce((sum, { amountFen, paidFen }) => sum + amountFen - paidFen, 0n));
}

/** How many days of a calendar somebody types by hand are enough for anybody. */
const MOST = 60;

/**
 * Reads a calendar as an official types it, one instalment a line: `2026-01-31 1000.00`.
 * @throws DomainError bad-input, naming the line: no day, no amount, not after the one before or before `today`
 */
export function parseInstalments(typed: string, today: Day): Instalment[] {
  const lines = typed.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > MOST) throw new DomainError("bad-input", `最多 ${MOST} 期。At most ${MOST} instalments.`);
  let before: Day | undefined;
  return lines.map((line, index) => {
    const [day = "", amount = "", ...more] = line.trim().split(/[\s,，]+/);
    const dueOn = parseDay(day);
    const amountFen = fromDecimalYuan(amount);
    const isInOrder = dueOn !== undefined && dueOn >= today && (before === undefined || dueOn > before);
    if (!isInOrder || amountFen === undefined || amountFen <= 0n || more.length > 0) {
      throw new DomainError(
        "bad-input",
        `第 ${index + 1} 期应写“日期 金额”，日期依次向后。Instalment ${index + 1} has to be a day and an amount in yuan, in order of days.`,
      );
    }
    before = dueOn;
    return { dueOn, amountFen };
  });
}
