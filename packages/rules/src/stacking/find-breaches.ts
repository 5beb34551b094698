import type { Cut } from "./bundle.ts";
import { type Constraint, constraintsOf, keepsOne, totalOf } from "./constraint.ts";
import { awardKey } from "./due-award.ts";
import { type Limit, limitsOn, type Question, withoutObject } from "./limit.ts";
import { partsOfAward } from "./parts.ts";

/** What stands against paying awards together; `history` and `object` say that nobody can know. */
export type Breach = Cut & Readonly<{ why: "rule" | "history" | "object" }>;

/**
 * What stands against paying these awards these amounts, given what was received and agreed to since
 * they were offered. Empty: nothing. The last look before money is promised or leaves.
 *
 * @param question its awards as they were asked for
 * @param granted 分 by `policy|period`: one amount, or one for each share in their order
 */
export function findBreaches(question: Question, granted: ReadonlyMap<string, readonly bigint[]>): readonly Breach[] {
  const awards = question.awards.filter((award) => granted.has(awardKey(award)));
  const parts = awards.flatMap(partsOfAward);
  const paid = awards.flatMap((award) => granted.get(awardKey(award)) ?? []);
  if (paid.length !== parts.length) throw new Error("amounts that do not fit the shares of their awards");
  const limits = limitsOn(parts, question);
  const unknown = limits.filter(({ isOpen }) => isOpen);
  const broken = limits
    .flatMap((limit) => constraintsOf(limit, parts))
    .filter((constraint) => !keepsOne(constraint, paid));
  const nameless = withoutObject(parts, question.rules);
  const breachOf = (limit: Limit, why: Breach["why"]): Breach => {
    const { rule, object, year, received, counted } = limit;
    return {
      why,
      rule,
      ...(object !== undefined && { object }),
      ...(year !== undefined && { year }),
      receivedFen: totalOf(received),
      beside: [...new Set(counted.map((place) => parts[place]?.award ?? ""))],
    };
  };
  return [
    ...broken.map(({ limit }: Constraint) => breachOf(limit, "rule")),
    ...unknown.map((limit) => breachOf(limit, "history")),
    ...[...nameless].map(([award, rule]): Breach => ({ why: "object", rule, receivedFen: 0n, beside: [award] })),
  ];
}
