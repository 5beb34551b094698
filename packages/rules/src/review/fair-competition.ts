import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/** Source: 公平竞争审查条例 §§8–11: entry, movement, costs and conduct must not be made unequal. */
const smells: readonly (readonly [code: string, words: RegExp, what: string])[] = [
  [
    "ownership",
    /(国有|民营|外资|内资)企业(除外|优先|专享)|仅限(国有|民营|外资|内资)|所有制/,
    "treats firms by their ownership",
  ],
  ["named-firm", /(有限|股份)公司/, "names a firm"],
  ["local-purchase", /(采购|购买|使用)本(地|市|省|县|区)(产品|企业|生产)|本(地|市|省)配套/, "asks for local purchases"],
  ["tax-rebate", /(税收|财政|地方经济)贡献|税收(返还|奖励|留成)|增值税.{0,6}留成/, "grants by taxes paid here"],
  ["no-move-out", /(不得|不能|承诺不)(迁出|迁移|迁离|变更注册地)/, "forbids to move away"],
];
/** A clause of who is eligible may have to name forms of companies; only amounts and exclusions are read for them. */
const formsAllowed = new Set(["named-firm"]);

/** Clauses that a fair-competition review has to look at before publication. */
export function findFairCompetitionSmells({ clauses }: Policy): Finding[] {
  return [...clauses.values()].flatMap(({ label, text, tags }) =>
    smells
      .filter(([code, words]) => words.test(text) && !(formsAllowed.has(code) && tags.includes("资格")))
      .map(([code, , what]): Finding => {
        const message = `${what}; the fair-competition review has to confirm it.`;
        return { level: "warning", code: `fair-competition-${code}`, where: label, message };
      }),
  );
}
