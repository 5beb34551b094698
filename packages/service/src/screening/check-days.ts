import { addDays, type Day } from "../kernel/day.ts";
import type { Finding } from "./finding.ts";
import { FEWEST, percent } from "./finding.ts";
import { type ObservedColumn, textsOf } from "./observation.ts";

/** The oldest enterprises still on a register were refounded after this day. */
const OLDEST = "1900-01-01";
const FARTHEST_YEARS = 60;
const ONE_DAY = 0.5;
const MOVED = 0.2;
const REWRITTEN = 0.3;

/** What can be seen in a column of days; a wrongly tagged date pays the wrong firms. */
export function checkDays(now: ObservedColumn, before: ObservedColumn | undefined, asOf: Day): Finding[] {
  if (now.kind !== "date") return [];
  const days = textsOf(now);
  const earlier = before ? textsOf(before) : [];
  return [
    ...outOfRange(now.id, days, asOf),
    ...(before ? [...allOne(now.id, days, earlier), ...moved(now.id, days, earlier, asOf)] : []),
    ...swapped(now.id, days, earlier),
    ...(before ? rewritten(now, before) : []),
  ];
}

function outOfRange(column: string, days: readonly string[], asOf: Day): Finding[] {
  const farthest = addDays(asOf, FARTHEST_YEARS * 366);
  const old = days.filter((day) => day < OLDEST).length;
  const far = days.filter((day) => day > farthest).length;
  const isMany = (count: number) => count >= 5 && count / days.length > 0.01;
  return [
    ...(isMany(old)
      ? [
          {
            code: "days-too-old" as const,
            column,
            message: { zh: `${old}个日期早于${OLDEST}。`, en: `${old} days lie before ${OLDEST}.` },
          },
        ]
      : []),
    ...(isMany(far)
      ? [
          {
            code: "days-in-future" as const,
            column,
            message: { zh: `${far}个日期晚于${farthest}。`, en: `${far} days lie after ${farthest}.` },
          },
        ]
      : []),
  ];
}

function moved(column: string, days: readonly string[], earlier: readonly string[], asOf: Day): Finding[] {
  if (days.length < FEWEST || earlier.length < FEWEST) return [];
  const [share, usual] = [shareOf(days, (day) => day > asOf), shareOf(earlier, (day) => day > asOf)];
  if (share - usual <= MOVED) return [];
  const zh = `${percent(share)}的日期晚于数据日期（上次${percent(usual)}），年份可能填错了。`;
  const en = `${percent(share)} of the days lie after the delivery's own (${percent(usual)} before): a wrong year?`;
  return [{ code: "days-in-future", column, message: { zh, en } }];
}

/** Everybody on one day is the day of an export, not of what happened. */
function allOne(column: string, days: readonly string[], earlier: readonly string[]): Finding[] {
  if (days.length < FEWEST) return [];
  const [share, usual] = [topShare(days), topShare(earlier)];
  if (share <= ONE_DAY || usual > ONE_DAY / 2) return [];
  const zh = `${percent(share)}的日期是同一天（上次最多${percent(usual)}），可能填成了导出日期。`;
  const en = `${percent(share)} of the days are one day (${percent(usual)} before): the day of the export?`;
  return [{ code: "days-all-one", column, message: { zh, en } }];
}

/** Of real days three in five lie after the twelfth. */
function swapped(column: string, days: readonly string[], earlier: readonly string[]): Finding[] {
  const isLate = (day: string) => day.slice(8) > "12";
  if (days.length < 50 || new Set(days).size < FEWEST || shareOf(days, isLate) > 0.05) return [];
  if (earlier.length >= 50 && shareOf(earlier, isLate) < 0.2) return [];
  const zh = "几乎没有12日以后的日期，月和日可能对调了。";
  const en = "Hardly any day lies after the twelfth of a month: day and month may be exchanged.";
  return [{ code: "days-and-months-swapped", column, message: { zh, en } }];
}

/** What happened on a day stays there; a list may only grow. */
function rewritten(now: ObservedColumn, before: ObservedColumn): Finding[] {
  if (!now.isSteady) return [];
  const shared = [...before.values].filter(
    ([firm, days]) => days.length > 0 && (now.values.get(firm)?.length ?? 0) > 0,
  );
  if (shared.length < FEWEST) return [];
  const changed = shared.filter(([firm, days]) => days.some((day) => !now.values.get(firm)?.includes(day)));
  const share = changed.length / shared.length;
  if (share <= REWRITTEN) return [];
  const zh = `${percent(share)}的企业的日期与上次不同，过去的日期不应改变。`;
  const en = `${percent(share)} of firms have other days than before; what is past should not change.`;
  return [{ code: "days-rewritten", column: now.id, message: { zh, en } }];
}

function shareOf(days: readonly string[], holds: (day: string) => boolean): number {
  return days.length === 0 ? 0 : days.filter(holds).length / days.length;
}

function topShare(days: readonly string[]): number {
  const counts = [...Map.groupBy(days, (day) => day).values()].map(({ length }) => length);
  return days.length === 0 ? 0 : Math.max(...counts) / days.length;
}
