import { z } from "zod";
import { amountOf } from "../amount.ts";
import { decide } from "../decide.ts";
import type { Amount, Decision } from "../decision.ts";
import { num } from "../formula/value.ts";
import type { Json } from "../json.ts";
import { refuseHostile } from "../limits.ts";
import type { Policy } from "../policy/policy.ts";
import { profileOf } from "../profile.ts";
import { daySchema, decimalSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import { exactNumber } from "../vocabulary/fact-value.ts";
import { bundleCaseSchema, repeatedDue, runBundleCase } from "./check-bundles.ts";

const factsSchema = z.record(z.string(), z.json());
const amountSchema = z.union([
  z.literal(["unknown", "none"]),
  z.strictObject({ from: decimalSchema, to: decimalSchema }),
  decimalSchema,
]);

const caseSchema = z.strictObject({
  name: z.string().min(1),
  asOf: daySchema.optional(),
  /** Differences from the common facts. */
  facts: factsSchema.default({}),
  /** Common facts that are unknown in this case. */
  without: z.array(z.string()).default([]),
  expect: z.strictObject({
    outcome: z.enum(["eligible", "ineligible", "undetermined"]),
    /** 元: a number, `{from, to}`, `unknown` or `none`. */
    amount: amountSchema.optional(),
    missing: z.array(z.string()).optional(),
    /** 元 by year of the grant. */
    schedule: z.record(z.string(), decimalSchema).optional(),
    /** 元 by payer. */
    split: z.record(z.string(), decimalSchema).optional(),
  }),
});

/** cases.yaml: facts common to all cases, then the cases; those about benefits beside others apart. */
const casesSchema = z.strictObject({
  asOf: daySchema,
  facts: factsSchema.default({}),
  cases: z.array(caseSchema),
  bundles: z.array(bundleCaseSchema).default([]),
});

export type Cases = z.output<typeof casesSchema>;

/** @throws RulesError cases-invalid */
export function parseCases(document: unknown): Cases {
  // A policy without cases.yaml has none; the review says so.
  if (document === undefined || document === null || (Array.isArray(document) && document.length === 0)) {
    return { asOf: "1970-01-01", facts: {}, cases: [], bundles: [] };
  }
  refuseHostile(document);
  return read(casesSchema, document, "", "cases-invalid");
}

type Case = z.output<typeof caseSchema>;

export type CaseReport = Readonly<{
  passed: number;
  failed: number;
  failures: readonly Readonly<{ name: string; expected: string; actual: string }>[];
}>;

/**
 * Runs the worked examples of a policy.
 * @param document cases.yaml, parsed to JSON
 * @throws RulesError cases-invalid | facts-invalid, naming the case
 */
export async function checkCases(policy: Policy, document: unknown): Promise<CaseReport> {
  const { asOf, facts, cases, bundles } = parseCases(document);
  const failures: { name: string; expected: string; actual: string }[] = [];
  for (const [index, each] of cases.entries()) {
    const profile = profileFor(each, facts, policy, `cases[${index}]`);
    const decision = await decide(policy, profile, { asOf: each.asOf ?? asOf });
    const expected = expectedOf(each);
    const actual = actualOf(decision, each);
    if (expected !== actual) failures.push({ name: each.name, expected, actual });
  }
  for (const [index, each] of bundles.entries()) {
    const repeated = repeatedDue(each, policy);
    if (repeated !== undefined) {
      throw new RulesError(
        "cases-invalid",
        `bundles[${index}].due`,
        `has ${repeated} twice; give one a period of its own.`,
      );
    }
    const { expected, actual } = runBundleCase(policy, each, asOf);
    if (expected !== actual) failures.push({ name: each.name, expected, actual });
  }
  return { passed: cases.length + bundles.length - failures.length, failed: failures.length, failures };
}

function profileFor(
  { facts, without, name }: Case,
  common: Readonly<Record<string, Json>>,
  policy: Policy,
  where: string,
) {
  const stranger = without.find((id) => !Object.hasOwn(common, id));
  if (stranger !== undefined) {
    throw new RulesError("cases-invalid", `${where}.without`, `"${stranger}" is not among the common facts.`);
  }
  const kept = Object.entries(common).filter(([id]) => !without.includes(id));
  try {
    return profileOf({ ...Object.fromEntries(kept), ...facts }, policy.vocabulary);
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    throw new RulesError("cases-invalid", `${where}.facts`, `(${name}) ${cause.message}`);
  }
}

/** Only what the case speaks of is compared. */
function expectedOf({ expect }: Case): string {
  const { outcome, amount, missing, schedule, split } = expect;
  const parts: string[] = [outcome];
  if (amount !== undefined) parts.push(amountText(amountFrom(amount)));
  if (missing !== undefined) parts.push(missingText(missing));
  if (schedule !== undefined) parts.push(partsText("schedule", inFen(schedule)));
  if (split !== undefined) parts.push(partsText("split", inFen(split)));
  return parts.join(", ");
}

function actualOf({ outcome, amount, missing, schedule = [], split = [] }: Decision, { expect }: Case): string {
  const parts: string[] = [outcome];
  if (expect.amount !== undefined) parts.push(amountText(amount));
  if (expect.missing !== undefined) parts.push(missingText(missing));
  if (expect.schedule !== undefined) parts.push(partsText("schedule", byYear(schedule)));
  if (expect.split !== undefined)
    parts.push(
      partsText(
        "split",
        split.map(({ payer, fen }) => [payer, fen]),
      ),
    );
  return parts.join(", ");
}

type Part = readonly [name: string, fen: string];

/** Several parts of one year are one sum. */
function byYear(schedule: NonNullable<Decision["schedule"]>): Part[] {
  const sums = new Map<string, bigint>();
  for (const { year, fen } of schedule) sums.set(String(year), (sums.get(String(year)) ?? 0n) + BigInt(fen));
  return [...sums].map(([year, fen]) => [year, String(fen)]);
}

function inFen(written: Readonly<Record<string, string>>): Part[] {
  return Object.entries(written).map(([name, amount]) => {
    const exact = yuan(amount);
    return [name, exact.kind === "exact" ? exact.fen : amount];
  });
}

function partsText(what: string, parts: readonly Part[]): string {
  return `${what} [${parts.map(([name, fen]) => `${name}: ${fen}`).join(", ")}]`;
}

function amountFrom(written: z.output<typeof amountSchema>): Amount {
  if (written === "unknown" || written === "none") return { kind: written };
  if (typeof written === "string") return yuan(written);
  const from = yuan(written.from);
  const to = yuan(written.to);
  return from.kind === "exact" && to.kind === "exact" ? { kind: "range", minFen: from.fen, maxFen: to.fen } : from;
}

function yuan(written: string): Amount {
  const n = exactNumber(written);
  return n ? amountOf(num(n)) : { kind: "unknown" };
}

function amountText(amount: Amount): string {
  switch (amount.kind) {
    case "exact":
      return `${amount.fen} fen`;
    case "range":
      return `${amount.minFen} to ${amount.maxFen} fen`;
    default:
      return `amount ${amount.kind}`;
  }
}

function missingText(missing: readonly string[]): string {
  return `missing [${[...missing].sort().join(" ")}]`;
}
