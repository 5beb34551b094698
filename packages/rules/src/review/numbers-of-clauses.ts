import Fraction from "fraction.js";
import { type Leaf, leavesOf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import { decimalText } from "../value-json.ts";
import type { Finding } from "./finding.ts";

const scales: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000, 千: 1000 };

/** A number that a requirement tests must stand in the clause it names: 抄错数字 is the commonest slip. */
export function findForeignNumbers(policy: Policy): Finding[] {
  return leavesOf(policy.requirements).flatMap((leaf): Finding[] => {
    const { clause, name } = leaf;
    const text = clause === undefined ? undefined : policy.clauses.get(clause)?.text;
    const wanted = numberOf(leaf);
    // Zero and one are said in words (无欠费, 至少一项); days and years are the frame's.
    if (text === undefined || !wanted || wanted.abs().lte(1) || name.startsWith("validity.")) return [];
    if (numbersIn(text).some((n) => n.equals(wanted))) return [];
    const message = `tests ${decimalText(wanted)}, which clause ${clause} does not mention.`;
    return [{ level: "warning", code: "number-not-in-clause", where: name, message }];
  });
}

function numberOf({ expected }: Leaf): Fraction | undefined {
  return expected.kind === "literal" && expected.value.kind === "number" ? expected.value.n : undefined;
}

/** `1000 万元` is 10,000,000; 满一年 is 12 months as well as 1. */
export function numbersIn(text: string): Fraction[] {
  const written = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([万亿千])?/g)].map(([, digits = "0", scale]) => {
    return new Fraction(digits).mul(scale === undefined ? 1 : (scales[scale] ?? 1));
  });
  const years = [...text.matchAll(/([一二两三四五])年/g)].map(
    ([, word = ""]) => new Fraction("一二三四五".indexOf(word === "两" ? "二" : word) + 1),
  );
  return [...written, ...years, ...years.map((n) => n.mul(12))];
}
