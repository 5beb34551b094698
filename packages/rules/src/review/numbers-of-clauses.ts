import Fraction from "fraction.js";
import { type Leaf, leavesOf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import { decimalText } from "../value-json.ts";
import type { Finding } from "./finding.ts";

const scales: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000, 千: 1000 };

/** A number that a requirement tests, or an amount rests on, must stand in a clause it names: 抄错数字 is the commonest slip. */
export function findForeignNumbers(policy: Policy): Finding[] {
  return [...inRequirements(policy), ...inBenefit(policy), ...inCeilings(policy)];
}

function inCeilings({ stacking, clauses }: Policy): Finding[] {
  return stacking.flatMap((rule): Finding[] => {
    if (rule.kind !== "ceiling") return [];
    const most = new Fraction(rule.mostFen).div(100);
    if (numbersIn(clauses.get(rule.clause)?.text ?? "").some((n) => n.equals(most))) return [];
    const message = `sets a ceiling of ${decimalText(most)}, which clause ${rule.clause} does not mention.`;
    return [{ level: "warning", code: "number-not-in-clause", where: `stacking.${rule.name}`, message }];
  });
}

function inRequirements(policy: Policy): Finding[] {
  return leavesOf(policy.requirements).flatMap((leaf): Finding[] => {
    const { clause, name } = leaf;
    const text = clause === undefined ? undefined : policy.clauses.get(clause)?.text;
    const wanted = wantedNumber(leaf);
    // Zero and one are said in words (无欠费, 至少一项); days and years are the frame's.
    if (text === undefined || !wanted || isSaidInWords(wanted) || name.startsWith("validity.")) return [];
    if (numbersIn(text).some((n) => n.equals(wanted))) return [];
    const message = `tests ${decimalText(wanted)}, which clause ${clause} does not mention.`;
    return [{ level: "warning", code: "number-not-in-clause", where: name, message }];
  });
}

function inBenefit({ benefit, clauses }: Policy): Finding[] {
  const said = benefit.clauses.flatMap((label) => numbersIn(clauses.get(label)?.text ?? ""));
  const missing = benefit.numbers
    .map((written) => new Fraction(written))
    .filter((n) => !isSaidInWords(n) && !said.some((each) => each.equals(n)));
  return missing.map((n) => ({
    level: "warning",
    code: "number-not-in-clause",
    where: "benefit",
    message: `uses ${decimalText(n)}, which no clause of the benefit (${benefit.clauses.join("、")}) mentions.`,
  }));
}

const isSaidInWords = (n: Fraction) => n.abs().lte(1) && n.d === 1n;

/** The number that a requirement compares with, if it is written into it. */
export function wantedNumber({ expected }: Leaf): Fraction | undefined {
  return expected.kind === "literal" && expected.value.kind === "number" ? expected.value.n : undefined;
}

type Placed = Readonly<{ n: Fraction; from: number; to: number }>;

/** Numbers of a text with their places: `1000 万元` is 10,000,000, `2‰` is 0.2 %. */
export function numbersWithPlaces(text: string): Placed[] {
  return [...text.matchAll(/(\d+(?:\.\d+)?)\s*([万亿千‰])?/g)].map((match) => {
    const [whole, digits = "0", scale] = match;
    const n = new Fraction(digits);
    const scaled = scale === "‰" ? n.div(10) : n.mul(scale === undefined ? 1 : (scales[scale] ?? 1));
    return { n: scaled, from: match.index, to: match.index + whole.length };
  });
}

/** All numbers that a text says, in figures or in words; 满一年 is 12 months as well as 1. */
export function numbersIn(text: string): Fraction[] {
  const years = [...text.matchAll(/([一二两三四五])年/g)].map(
    ([, word = ""]) => new Fraction("一二三四五".indexOf(word === "两" ? "二" : word) + 1),
  );
  const halves = /减半|一半/.test(text) ? [new Fraction(50), new Fraction("0.5")] : [];
  const written = numbersWithPlaces(text).map(({ n }) => n);
  const figureYears = [...text.matchAll(/(\d+)\s*年/g)].map(([, digits = "0"]) => new Fraction(digits).mul(12));
  return [...written, ...years, ...years.map((n) => n.mul(12)), ...figureYears, ...halves];
}
