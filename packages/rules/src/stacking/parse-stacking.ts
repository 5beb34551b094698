import Fraction from "fraction.js";
import { z } from "zod";
import type { Bilingual } from "../json.ts";
import { bilingualSchema, decimalSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { refuseContradictions } from "./contradictions.ts";
import { membershipIn, recordsOf } from "./ledger-of-profile.ts";
import { type RuleKind, type Seat, type StackingRule, scopes, type Terms, type Window } from "./stacking-rule.ts";

const nameSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: "must be a policy id or a ledger family" });
const namesSchema = z.array(nameSchema).max(50);
const scopeSchema = z.enum(scopes).default("firm");
const windowSchema = z
  .union([z.enum(["ever", "calendarYear"]), z.strictObject({ rollingYears: z.int().min(1).max(30) })])
  .transform((written): Window => {
    return typeof written === "string" ? { kind: written } : { kind: "rollingYears", years: written.rollingYears };
  });

const common = { per: scopeSchema, during: windowSchema };
const positive = (text: string) => new Fraction(text).gt(0);

const ruleSchema = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: "must be one word such as onceAPerson" }),
  clause: z.string(),
  label: bilingualSchema.optional(),
  /** Policies that name the same group state one rule together. */
  group: nameSchema.optional(),
  exclusive: z.strictObject({ ...common, with: namesSchema.default([]), once: z.boolean().default(false) }).optional(),
  highest: z.strictObject({ ...common, with: namesSchema.default([]) }).optional(),
  levelDifference: z.strictObject({ ...common, from: namesSchema.min(1) }).optional(),
  deduct: z
    .strictObject({ ...common, from: namesSchema.min(1), percent: z.int().min(1).max(100).default(100) })
    .optional(),
  ceiling: z
    .strictObject({
      ...common,
      /** 元 */
      most: decimalSchema.refine(positive, { error: "must be above zero" }),
      with: namesSchema.default([]),
    })
    .optional(),
});

type Written = z.output<typeof ruleSchema>;
const kinds = ["exclusive", "highest", "levelDifference", "deduct", "ceiling"] as const satisfies readonly RuleKind[];

type Context = Readonly<{
  policy: string;
  family?: string | undefined;
  clauseAt: (label: string, where: string) => string;
  vocabulary: Vocabulary;
}>;

/**
 * What a policy declares about benefits beside it: exclusive groups, the highest alone, level
 * difference, deduction, ceilings; each with its clause.
 *
 * @throws RulesError policy-invalid, naming the rule, also where two rules contradict each other
 */
export function parseStacking(document: unknown, where: string, context: Context): readonly StackingRule[] {
  const written = read(z.array(ruleSchema).max(50).default([]), document, where, "policy-invalid");
  const rules = written.map((each, place) => ruleOf(each, `${where}[${place}]`, context));
  for (const fact of recordsOf(rules)) {
    if (context.vocabulary.facts.get(fact)?.type === "list") continue;
    const sentence = `needs the list ${fact} in the vocabulary: what was received before.`;
    throw new RulesError("policy-invalid", where, sentence);
  }
  for (const fact of membershipIn(rules)) {
    if (context.vocabulary.facts.get(fact)?.type === "text") continue;
    const sentence = `needs the text ${fact} in the vocabulary: who belongs to a group.`;
    throw new RulesError("policy-invalid", where, sentence);
  }
  refuseContradictions(rules, where);
  return rules;
}

function ruleOf(written: Written, where: string, { policy, family, clauseAt }: Context): StackingRule {
  const { name, group } = written;
  const given = kinds.filter((kind) => written[kind] !== undefined);
  const [kind, other] = given;
  if (kind === undefined || other !== undefined) {
    const found = kind === undefined ? "says none" : `says both "${kind}" and "${other}"`;
    throw new RulesError("policy-invalid", where, `"${name}" ${found} of ${kinds.join(", ")}; write exactly one.`);
  }
  const own: Seat = family === undefined || family === policy ? [policy] : [policy, family];
  return {
    name,
    policies: [policy],
    clause: clauseAt(written.clause, `${where}.clause`),
    label: written.label ?? labels[kind],
    ...(group !== undefined && { group }),
    ...frameOf(written, kind),
    ...termsOf(written, kind, own, where),
  };
}

function frameOf(written: Written, kind: RuleKind): Pick<StackingRule, "per" | "during"> {
  const { per, during } = written[kind] ?? {};
  if (!per || !during) throw new Error(`a stacking rule without its ${kind}`);
  return { per, during };
}

function termsOf(written: Written, kind: RuleKind, own: Seat, where: string): Terms {
  const { exclusive, highest, levelDifference, deduct, ceiling } = written;
  const beside = (names: readonly string[]): Seat[] => [own, ...seatsOf(names, own)];
  const sources = (names: readonly string[]) => {
    const self = names.find((name) => own.includes(name));
    if (self === undefined) return seatsOf(names, own);
    throw new RulesError(
      "policy-invalid",
      `${where}.${kind}.from`,
      `"${written.name}" deducts "${self}", which is the policy's own; say it in the amount (levelDifference), or it is deducted twice.`,
    );
  };
  if (exclusive) return { kind: "exclusive", seats: beside(exclusive.with), once: exclusive.once };
  if (highest) return { kind: "highest", seats: beside(highest.with) };
  if (levelDifference) return { kind: "levelDifference", own, seats: sources(levelDifference.from) };
  if (deduct) return { kind: "deduct", own, seats: sources(deduct.from), percent: BigInt(deduct.percent) };
  if (ceiling) return { kind: "ceiling", seats: beside(ceiling.with), mostFen: fenOf(ceiling.most, where) };
  throw new Error(`a stacking rule without its ${kind}`);
}

function seatsOf(names: readonly string[], own: Seat): Seat[] {
  return [...new Set(names)].filter((name) => !own.includes(name)).map((name): Seat => [name]);
}

function fenOf(yuan: string, where: string): bigint {
  const fen = new Fraction(yuan).mul(100);
  if (fen.d === 1n) return fen.s * fen.n;
  throw new RulesError("policy-invalid", `${where}.ceiling.most`, "is no whole number of 分.");
}

const labels: Readonly<Record<RuleKind, Bilingual>> = {
  exclusive: { zh: "不重复享受", en: "Not granted beside another" },
  highest: { zh: "就高不重复", en: "The highest alone" },
  levelDifference: { zh: "上级已奖励的补差", en: "Made up to the difference" },
  deduct: { zh: "已获补贴扣减", en: "Less what was received" },
  ceiling: { zh: "最高限额", en: "Ceiling" },
};
