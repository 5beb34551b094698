import Fraction from "fraction.js";
import { z } from "zod";
import { decimalSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Instalment, Instalments, Payer } from "./benefit.ts";

const yearSchema = z.strictObject({ year: z.int().min(1).max(30), percent: decimalSchema });
const monthSchema = z.strictObject({ afterMonths: z.int().min(0).max(360), percent: decimalSchema });
const termsSchema = {
  stillRequired: z.array(z.string()).min(1).optional(),
  money: z.enum(["kept", "own-year"]).default("kept"),
};

export const instalmentsSchema = z.union([
  z.strictObject({ /** So many equal parts, one a year. */ years: z.int().min(2).max(30), ...termsSchema }),
  z.strictObject({
    parts: z
      .array(z.union([yearSchema, monthSchema]))
      .min(2)
      .max(60),
    ...termsSchema,
  }),
  z.array(yearSchema).min(2),
]);

export const splitSchema = z
  .array(
    z
      .strictObject({ payer: z.string().min(1), percent: decimalSchema.optional(), rest: z.literal(true).optional() })
      .refine(({ percent, rest }) => (percent === undefined) !== (rest === undefined), {
        error: "needs one of percent and rest",
      }),
  )
  .min(2);

const HUNDRED = new Fraction(100);

/** @throws RulesError policy-invalid unless the parts make up the whole, in the order of the calendar */
export function instalmentsOf(document: unknown, where: string): Instalments {
  const given = read(instalmentsSchema, document, where, "policy-invalid");
  const { stillRequired, money = "kept" } = Array.isArray(given) ? {} : given;
  const parts = partsIn(given);
  const isInOrder = parts.every(({ afterMonths }, place) => afterMonths > (parts[place - 1]?.afterMonths ?? -1));
  if (!isInOrder) {
    throw new RulesError("policy-invalid", where, "the years must follow one another, and so must the months.");
  }
  refuseUnlessWhole(parts, where);
  return { parts, ...(stillRequired && { stillRequired }), money };
}

function partsIn(given: z.output<typeof instalmentsSchema>): Instalment[] {
  if (!Array.isArray(given) && "years" in given) {
    return Array.from({ length: given.years }, (_, place) => partAfter(place * 12, new Fraction(1, given.years)));
  }
  const written = Array.isArray(given) ? given : given.parts;
  return written.map((part) => {
    const afterMonths = "year" in part ? (part.year - 1) * 12 : part.afterMonths;
    return partAfter(afterMonths, new Fraction(part.percent).div(HUNDRED));
  });
}

function partAfter(afterMonths: number, share: Fraction): Instalment {
  return { year: Math.floor(afterMonths / 12) + 1, afterMonths, share };
}

/** @throws RulesError policy-invalid unless the shares make up the whole */
export function splitOf(document: unknown, where: string): readonly Payer[] {
  const given = read(splitSchema, document, where, "policy-invalid");
  if (given.filter(({ rest }) => rest).length > 1) {
    throw new RulesError("policy-invalid", where, "only one payer can bear the rest.");
  }
  const fixed = given.reduce((sum, { percent }) => sum.add(percent ?? 0), new Fraction(0));
  const payers = given.map(({ payer, percent }) => ({
    payer,
    share: (percent === undefined ? HUNDRED.sub(fixed) : new Fraction(percent)).div(HUNDRED),
  }));
  refuseUnlessWhole(payers, where);
  return payers;
}

function refuseUnlessWhole(parts: readonly Readonly<{ share: Fraction }>[], where: string): void {
  if (parts.some(({ share }) => share.lt(0))) {
    throw new RulesError("policy-invalid", where, "leaves somebody a share below nothing.");
  }
  const total = parts.reduce((sum, { share }) => sum.add(share), new Fraction(0));
  if (total.equals(1)) return;
  throw new RulesError("policy-invalid", where, `makes up ${total.mul(100).toString()} %, not 100 %.`);
}

/** Cuts an amount of 分 by shares of a whole: each part rounded down, and the last takes what remains. */
export function cut(fen: bigint, shares: readonly Fraction[]): bigint[] {
  const parts = shares.slice(0, -1).map((share) => BigInt(new Fraction(fen).mul(share).floor().toString()));
  return [...parts, parts.reduce((rest, part) => rest - part, fen)];
}
