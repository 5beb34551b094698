import type { Finding } from "./finding.ts";
import { FEWEST, percent } from "./finding.ts";
import { numbersOf, type ObservedColumn, pairsOf } from "./observation.ts";
import { medianOf, quantile, rankCorrelation } from "./statistics.ts";

/** A typical firm's number neither triples nor falls to a third between two deliveries. */
const SLIP = Math.log10(3);
/** Below this the order of firms has nothing to do with the order of before. */
const UNRELATED = 0.5;
const CLIPPED = 0.1;
const COARSER = 0.5;
const SIGNS = 0.1;

/** What can be seen in a column of numbers beside the one before it. */
export function checkNumbers(now: ObservedColumn, before: ObservedColumn | undefined): Finding[] {
  if (now.kind !== "number" || !before) return [];
  const pairs = pairsOf(now, before).map(([earlier, value]) => [Number(earlier), Number(value)] as const);
  const slip = unitSlip(now, pairs);
  if (slip.length > 0) return slip;
  return [
    ...shifted(now, before),
    ...clipped(now, before),
    ...coarser(now, before),
    ...signsTurned(now, before),
    ...valuesOfOtherFirms(now, pairs),
  ];
}

type Pair = readonly [before: number, now: number];

const slips: readonly (readonly [power: number, zh: string, en: string])[] = [
  [4, "可能按元填进了万元列（或反之）", "元 in a column of 万元, or the reverse"],
  [2, "可能把百分数和小数弄混了", "percent and fraction exchanged"],
  [3, "可能按千元填报", "thousands for units"],
  [8, "可能按元填进了亿元列（或反之）", "元 in a column of 亿元, or the reverse"],
];

function unitSlip({ id }: ObservedColumn, pairs: readonly Pair[]): Finding[] {
  const logs = pairs.filter((pair) => pair.every((n) => n > 0)).map(([earlier, value]) => Math.log10(value / earlier));
  const typical = medianOf(logs);
  if (logs.length < FEWEST || typical === undefined || Math.abs(typical) <= SLIP) return [];
  const [, zh = "口径可能变了", en = "the definition may have changed"] =
    slips.find(([power]) => Math.abs(Math.abs(typical) - power) < 0.3) ?? [];
  const factor = 10 ** Math.abs(typical);
  const times = factor >= 10 ? Math.round(factor) : Math.round(factor * 10) / 10;
  return [
    {
      code: "unit-slip",
      column: id,
      message: {
        zh: `同一企业的值普遍变为上次的${typical > 0 ? `${times}倍` : `1/${times}`}：${zh}。`,
        en: `A typical firm's value is ${typical > 0 ? `${times} times` : `1/${times} of`} the one before: ${en}.`,
      },
    },
  ];
}

/** The whole moved, though firms may be others: the middle half of now lies outside the middle half of before. */
function shifted(now: ObservedColumn, before: ObservedColumn): Finding[] {
  const [values, earlier] = [numbersOf(now), numbersOf(before)];
  if (values.length < FEWEST || earlier.length < FEWEST) return [];
  const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)];
  const [lowBefore, highBefore] = [quantile(earlier, 0.25), quantile(earlier, 0.75)];
  const isApart = low > highBefore * 1.5 + Number.EPSILON || high < lowBefore / 1.5 - Number.EPSILON;
  if (!isApart) return [];
  const zh = `中间一半的值在${round(low)}至${round(high)}，上次在${round(lowBefore)}至${round(highBefore)}。`;
  const en = `The middle half lies between ${round(low)} and ${round(high)}, before between ${round(lowBefore)} and ${round(highBefore)}.`;
  return [{ code: "values-shifted", column: now.id, message: { zh, en } }];
}

const round = (n: number) => Math.round(n * 100) / 100;

/** Many firms at exactly the largest value: an export that cuts off. */
function clipped(now: ObservedColumn, before: ObservedColumn): Finding[] {
  const share = shareAtTop(numbersOf(now));
  if (share === undefined || share <= CLIPPED || (shareAtTop(numbersOf(before)) ?? 0) > CLIPPED / 2) return [];
  const zh = `${percent(share)}的企业恰好都是最大值，导出时可能被截断。`;
  const en = `${percent(share)} of firms have exactly the largest value: cut off by an export?`;
  return [{ code: "values-clipped", column: now.id, message: { zh, en } }];
}

function shareAtTop(values: readonly number[]): number | undefined {
  if (values.length < FEWEST || new Set(values).size < 5) return undefined;
  const top = values.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
  return values.filter((value) => value === top).length / values.length;
}

/** Digits were lost: nearly all values are whole multiples of what few were before. */
function coarser(now: ObservedColumn, before: ObservedColumn): Finding[] {
  const [values, earlier] = [nonZero(now), nonZero(before)];
  if (values.length < FEWEST || earlier.length < FEWEST) return [];
  const unit = [10_000, 1_000_000, 1].find((each) => roundShare(values, each) - roundShare(earlier, each) > COARSER);
  if (unit === undefined) return [];
  const zh = `${percent(roundShare(values, unit))}的值是${unit}的整数倍（上次${percent(roundShare(earlier, unit))}），可能丢了尾数。`;
  const en = `${percent(roundShare(values, unit))} of the values are multiples of ${unit} (${percent(roundShare(earlier, unit))} before): digits lost?`;
  return [{ code: "values-coarser", column: now.id, message: { zh, en } }];
}

const nonZero = (column: ObservedColumn) => numbersOf(column).filter((n) => n !== 0);

function roundShare(values: readonly number[], unit: number): number {
  return values.filter((value) => Number.isInteger(value / unit)).length / values.length;
}

function signsTurned(now: ObservedColumn, before: ObservedColumn): Finding[] {
  const [share, usual] = [negativeShare(numbersOf(now)), negativeShare(numbersOf(before))];
  if (share - usual <= SIGNS) return [];
  const zh = `${percent(share)}的值为负（上次${percent(usual)}），正负号可能反了。`;
  const en = `${percent(share)} of the values are negative (${percent(usual)} before): signs turned?`;
  return [{ code: "signs-turned", column: now.id, message: { zh, en } }];
}

function negativeShare(values: readonly number[]): number {
  return values.length < FEWEST ? 0 : values.filter((value) => value < 0).length / values.length;
}

/** A sorted column, or one shifted by a row, has the right values at the wrong firms. */
function valuesOfOtherFirms({ id, isSteady }: ObservedColumn, pairs: readonly Pair[]): Finding[] {
  const hasSpread = [0, 1].every((side) => new Set(pairs.map((pair) => pair[side])).size >= FEWEST);
  if (!isSteady || !hasSpread) return [];
  const correlation = rankCorrelation(pairs);
  if (correlation >= UNRELATED) return [];
  const zh = `各企业的排序与上次几乎无关（秩相关${round(correlation)}），值可能错到了别的企业。`;
  const en = `The order of firms is unrelated to the one before (rank correlation ${round(correlation)}): values of other firms?`;
  return [{ code: "values-of-other-firms", column: id, message: { zh, en } }];
}
