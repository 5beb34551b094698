import type { Finding } from "./finding.ts";
import { FEWEST, percent } from "./finding.ts";
import { type ObservedColumn, pairsOf, textsOf } from "./observation.ts";

/** Points by which the share of filled cells may fall. */
const EMPTIED = 0.2;
/** Share of firms that may change their name, account or kind between two deliveries. */
const REWRITTEN = 0.3;
/** Distance between two distributions of categories: half the sum of differences of shares. */
const CHANGED = 0.35;

/** What can be seen in any column, whatever it holds. */
export function checkCells(now: ObservedColumn, before: ObservedColumn | undefined): Finding[] {
  return [
    ...garbled(now),
    ...(before ? [...emptied(now, before), ...constant(now, before), ...answersTurned(now, before)] : []),
    ...(before && now.kind === "text" ? [...identitiesRewritten(now, before), ...categoriesChanged(now, before)] : []),
  ];
}

function emptied(now: ObservedColumn, before: ObservedColumn): Finding[] {
  if (before.firmCount < FEWEST || now.firmCount < FEWEST) return [];
  const [share, usual] = [filledShare(now), filledShare(before)];
  if (usual - share <= EMPTIED) return [];
  const zh = `有值的企业由${percent(usual)}降到${percent(share)}，可能漏了这一列。`;
  const en = `${percent(share)} of firms have a value, ${percent(usual)} before: was the column left out?`;
  return [{ code: "column-emptied", column: now.id, message: { zh, en } }];
}

function filledShare({ values, firmCount }: ObservedColumn): number {
  return [...values.values()].filter(({ length }) => length > 0).length / firmCount;
}

function constant(now: ObservedColumn, before: ObservedColumn): Finding[] {
  const [values, earlier] = [textsOf(now), textsOf(before)];
  const isOne = values.length >= FEWEST && new Set(values).size === 1;
  // That the usual value becomes everybody's (all arrears paid) is no sign of a filler.
  const wasUsual = earlier.filter((value) => value === values[0]).length > earlier.length / 2;
  if (!isOne || wasUsual || now.kind === "boolean" || new Set(earlier).size < 5) return [];
  const zh = "所有企业的值都相同，可能是测试数据或填充值。";
  const en = "Every firm has the same value: test data, or a filler?";
  return [{ code: "column-constant", column: now.id, message: { zh, en } }];
}

/** Marks of text read in the wrong encoding: the replacement character, and GBK read as UTF-8 twice. */
const garble = /\uFFFD|锟斤拷|烫烫|[ÃÂ][\u0080-\u00BF]|\?{3,}/;

function garbled(now: ObservedColumn): Finding[] {
  if (now.kind !== "text") return [];
  const texts = textsOf(now);
  const damaged = texts.filter((text) => garble.test(text));
  if (damaged.length === 0 || damaged.length / texts.length <= 0.01) return [];
  const zh = `${damaged.length}个值是乱码，文件可能用错了编码。`;
  const en = `${damaged.length} values are garbled: a wrong encoding?`;
  return [{ code: "column-garbled", column: now.id, message: { zh, en } }];
}

/** Names, accounts and codes belong to a firm; they do not all change at once. */
function identitiesRewritten(now: ObservedColumn, before: ObservedColumn): Finding[] {
  const pairs = pairsOf(now, before);
  if (!now.isSteady || pairs.length < FEWEST) return [];
  const changed = pairs.filter(([earlier, value]) => earlier !== value).length / pairs.length;
  if (changed <= REWRITTEN) return [];
  const zh = `${percent(changed)}的企业此项与上次不同，可能错了行，或换了代码版本。`;
  const en = `${percent(changed)} of firms have another value than before: shifted rows, or another edition of codes?`;
  return [{ code: "identities-rewritten", column: now.id, message: { zh, en } }];
}

function categoriesChanged(now: ObservedColumn, before: ObservedColumn): Finding[] {
  const [shares, earlier] = [sharesOf(textsOf(now)), sharesOf(textsOf(before))];
  if (!shares || !earlier) return [];
  const categories = new Set([...shares.keys(), ...earlier.keys()]);
  const distance =
    [...categories].reduce((sum, each) => sum + Math.abs((shares.get(each) ?? 0) - (earlier.get(each) ?? 0)), 0) / 2;
  if (distance <= CHANGED) return [];
  const zh = `取值的分布与上次相差${percent(distance)}，可能换了代码版本或混入了别的名单。`;
  const en = `The mix of values differs by ${percent(distance)} from before: another edition of codes, or another list?`;
  return [{ code: "categories-changed", column: now.id, message: { zh, en } }];
}

/** Shares of categories; nothing where values are too few or too many different ones. */
function sharesOf(texts: readonly string[]): ReadonlyMap<string, number> | undefined {
  if (texts.length < 50) return undefined;
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  if (counts.size > texts.length / 4) return undefined;
  return new Map([...counts].map(([text, count]) => [text, count / texts.length]));
}

/** Points by which the share of 是 may move. */
const TURNED = 0.25;

function answersTurned(now: ObservedColumn, before: ObservedColumn): Finding[] {
  if (now.kind !== "boolean") return [];
  const [share, usual] = [yesShare(now), yesShare(before)];
  if (share === undefined || usual === undefined || Math.abs(share - usual) <= TURNED) return [];
  const isInverse = Math.abs(share - (1 - usual)) < 0.05;
  const zh = `“是”的比例由${percent(usual)}变为${percent(share)}${isInverse ? "，是与否可能填反了" : ""}。`;
  const en = `${percent(share)} yes after ${percent(usual)}${isInverse ? ": yes and no may be exchanged" : ""}.`;
  return [{ code: "answers-turned", column: now.id, message: { zh, en } }];
}

function yesShare({ values }: ObservedColumn): number | undefined {
  const answers = [...values.values()].flat();
  return answers.length < FEWEST ? undefined : answers.filter((answer) => answer === true).length / answers.length;
}
