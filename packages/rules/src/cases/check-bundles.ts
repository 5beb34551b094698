import Fraction from "fraction.js";
import { z } from "zod";
import type { Amount } from "../decision.ts";
import type { Policy } from "../policy/policy.ts";
import { daySchema, decimalSchema } from "../read.ts";
import type { Bundle } from "../stacking/bundle.ts";
import { awardKey, type DueAward, type Share } from "../stacking/due-award.ts";
import type { ObjectRef, PaidLedger, PaidLine } from "../stacking/paid-ledger.ts";
import { proposeBundle } from "../stacking/propose-bundle.ts";
import { rulesInForce } from "../stacking/rules-in-force.ts";

const objectsSchema = {
  person: z.string().optional(),
  loan: z.string().optional(),
  project: z.string().optional(),
};

const dueSchema = z.strictObject({
  /** Policy id or ledger family; the policy itself unless written. */
  policy: z.string().optional(),
  period: z.string().default("once"),
  /** 元, or not known. */
  amount: z.union([z.literal("unknown"), decimalSchema]),
  /** 元 for each person, loan or project. */
  each: z.array(z.strictObject({ ...objectsSchema, amount: decimalSchema })).optional(),
});

const receivedSchema = z.strictObject({
  family: z.string(),
  amount: decimalSchema,
  paidOn: daySchema.optional(),
  /** By another firm: counts only for a person, loan or project. */
  byAnother: z.boolean().default(false),
  ...objectsSchema,
});

/** A worked example of a policy beside others: what each would give alone, and what all give together. */
export const bundleCaseSchema = z.strictObject({
  name: z.string().min(1),
  asOf: daySchema.optional(),
  due: z.array(dueSchema).min(1),
  received: z.union([z.literal("unknown"), z.array(receivedSchema)]).default([]),
  /** 元 by policy or family, or undetermined. */
  expect: z.record(z.string(), z.union([z.literal("undetermined"), decimalSchema])),
});

export type BundleCase = z.output<typeof bundleCaseSchema>;

/** Runs an example. @returns both answers as text, the same when it holds */
export function runBundleCase(policy: Policy, each: BundleCase, asOf: string): { expected: string; actual: string } {
  const bundle = proposeBundle({
    rules: rulesInForce([policy]),
    awards: each.due.map((due) => awardOf(due, policy)),
    ledger: ledgerOf(each.received),
    asOf: each.asOf ?? asOf,
  });
  const wanted = Object.entries(each.expect).map(([id, amount]) => {
    return `${id} ${amount === "undetermined" ? amount : `${fenOf(amount)} fen`}`;
  });
  const found = Object.keys(each.expect).map((id) => `${id} ${answerOf(bundle, id)}`);
  return { expected: wanted.join(", "), actual: found.join(", ") };
}

function answerOf({ awards }: Bundle, policy: string): string {
  const own = awards.filter((award) => award.policy === policy);
  if (own.length === 0) return "not due";
  if (own.some(({ state }) => state === "undetermined")) return "undetermined";
  return `${own.reduce((sum, { grantedFen }) => sum + grantedFen, 0n)} fen`;
}

function awardOf({ policy: id, period, amount, each }: BundleCase["due"][number], policy: Policy): DueAward {
  const isOwn = id === undefined || id === policy.id;
  const { family } = policy.payout;
  const shares = each?.map((share): Share => ({ objects: objectsIn(share), fen: fenOf(share.amount) }));
  const exact: Amount = amount === "unknown" ? { kind: "unknown" } : { kind: "exact", fen: String(fenOf(amount)) };
  const award = { policy: id ?? policy.id, period, amount: exact, ...(shares && { shares }) };
  return { ...award, families: isOwn && family !== undefined ? [family] : [] };
}

function ledgerOf(received: BundleCase["received"]): PaidLedger {
  const isKnown = received !== "unknown";
  const lines = isKnown ? received.map(lineOf) : [];
  return { lines, isWhole: { firm: isKnown, group: isKnown, objects: isKnown } };
}

function lineOf({ family, amount, paidOn, byAnother, ...objects }: z.output<typeof receivedSchema>): PaidLine {
  return {
    names: [family],
    fen: fenOf(amount),
    of: byAnother ? "other" : "firm",
    objects: objectsIn(objects),
    ...(paidOn !== undefined && { paidOn }),
  };
}

type Objects = Readonly<{ person?: string | undefined; loan?: string | undefined; project?: string | undefined }>;

function objectsIn(written: Objects): ObjectRef[] {
  return (["person", "loan", "project"] as const).flatMap((kind) => {
    const id = written[kind];
    return id === undefined ? [] : [{ kind, id }];
  });
}

/** Half a 分 is no example. */
function fenOf(yuan: string): bigint {
  const fen = new Fraction(yuan).mul(100);
  if (fen.d !== 1n) throw new Error(`${yuan} is no whole number of 分`);
  return fen.s * fen.n;
}

/** The awards of an example have one key each; a slip would otherwise crash the check. */
export function repeatedDue({ due }: BundleCase, policy: Policy): string | undefined {
  const keys = due.map(({ policy: id, period }) => awardKey({ policy: id ?? policy.id, period }));
  return keys.find((key, place) => keys.indexOf(key) !== place);
}
