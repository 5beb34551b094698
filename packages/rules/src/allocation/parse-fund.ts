import { z } from "zod";
import { type Names, parseFormula } from "../formula/parse.ts";
import { describe } from "../formula/static-type.ts";
import { daySchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Fund } from "./fund.ts";

const clause = z.string();
const whenShort = z.enum(["waiting-list", "turned-away"]);
const closes = z.union([
  daySchema,
  z.string().refine((text) => /^\d\d-\d\d$/.test(text) && daySchema.safeParse(`2025-${text}`).success, {
    error: "must be a day that exists every year, written MM-DD",
  }),
]);

/** How the money is given out, before names in it are looked up. */
export const fundSchema = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("first-come"), whenShort, clause }),
  z.strictObject({ rule: z.literal("pro-rata"), whenShort: z.literal("reduced"), closes, clause }),
  z.strictObject({ rule: z.literal("ranked"), by: z.string().min(1), whenShort, closes, clause }),
  z.strictObject({
    rule: z.literal("lottery"),
    seedSha256: z.string().regex(/^[0-9a-f]{64}$/, { error: "must be a SHA-256 in 64 hexadecimal digits" }),
    whenShort,
    closes,
    clause,
  }),
]);

type Context = Readonly<{ names: Names; clauseAt: (label: string, where: string) => string }>;

/**
 * Compiles what a policy declares about its fund.
 *
 * @param period how often the policy is awarded: what is awarded each year closes on a day of each year
 * @throws RulesError policy-invalid | formula-invalid
 */
export function parseFund(document: unknown, period: "once" | "year", { names, clauseAt }: Context): Fund {
  const given = read(fundSchema, document, "fund", "policy-invalid");
  clauseAt(given.clause, "fund.clause");
  if (given.rule === "first-come") return given;
  const isYearly = given.closes.length === "MM-DD".length;
  if (isYearly !== (period === "year")) {
    const wanted = period === "year" ? "each year: write MM-DD" : "once: write YYYY-MM-DD";
    throw new RulesError("policy-invalid", "fund.closes", `the award is made ${wanted}.`);
  }
  if (given.rule !== "ranked") return given;
  const by = parseFormula(given.by, "fund.by", names);
  if (by.type.kind !== "number") {
    throw new RulesError("formula-invalid", "fund.by", `must give a number; it gives ${describe(by.type)}.`);
  }
  return { ...given, by };
}
