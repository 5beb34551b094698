import { z } from "zod";
import type { Json } from "../json.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import { type Profile, profileOf } from "../profile.ts";
import { read } from "../read.ts";
import { parseVocabulary } from "../vocabulary/parse-vocabulary.ts";

/**
 * What every database has to answer before it may be asked about firms: requirements, firms, and the
 * answer of each requirement to each firm. `conformance/sql.json` holds one.
 */
export type Conformance = Readonly<{
  asOf: string;
  /** A vocabulary, as `rules/vocabulary` writes it. */
  vocabulary: unknown;
  /** In the JSON of policies; each stands for itself. */
  conditions: readonly unknown[];
  /** Fact id → value; an absent one is missing, `null` was looked up and is nothing. */
  rows: readonly Readonly<Record<string, Json>>[];
  /** Per condition one letter per row: `T` true, `F` false, `U` unknown. */
  expected: readonly string[];
}>;

/** The same, compiled: a policy per condition, a profile per row. */
export type ConformanceCases = Readonly<{
  asOf: string;
  policies: readonly Policy[];
  profiles: readonly Profile[];
  expected: readonly string[];
}>;

const schema = z.strictObject({
  asOf: z.string(),
  vocabulary: z.unknown(),
  conditions: z.array(z.unknown()),
  rows: z.array(z.record(z.string(), z.json())),
  expected: z.array(z.string().regex(/^[TFU]*$/)),
});

/** @throws RulesError cases-invalid | policy-invalid | vocabulary-invalid | facts-invalid */
export function conformanceCases(document: unknown): ConformanceCases {
  const { asOf, vocabulary: words, conditions, rows, expected } = read(schema, document, "", "cases-invalid");
  const vocabulary = parseVocabulary([words]);
  const policies = conditions.map((condition, index) => {
    return parsePolicy(policyAround(condition, `case-${index + 1}`), vocabulary, "## 一 [资格]\n\n## 二 [金额]\n");
  });
  return { asOf, policies, profiles: rows.map((row) => profileOf(row, vocabulary)), expected };
}

/** A policy that has no other requirement than the kind of subject. */
function policyAround(condition: unknown, id: string): unknown {
  return {
    id,
    version: 1,
    title: { zh: id, en: id },
    document: { issuer: "某局" },
    validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
    subject: { types: ["企业"], clause: "一" },
    conditions: { clause: "一", all: [condition] },
    benefit: { clause: "二", amount: 1 },
    payout: { budgetLine: "case", period: "once", confirmWithinDays: 30 },
  };
}
