import Fraction from "fraction.js";
import { z } from "zod";
import { operand } from "../benefit/context.ts";
import { bind, type Scope } from "../formula/evaluate.ts";
import type { Names } from "../formula/parse.ts";
import { elementOf } from "../formula/static-type.ts";
import { isExact, type Value } from "../formula/value.ts";
import type { Bilingual } from "../json.ts";
import { bilingualSchema, read } from "../read.ts";

/** Ways in which a benefit reaches its firm. */
export const channelKinds = ["bank-transfer", "tax-receipt", "bill-deduction", "loan-interest"] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Who carries it out where it is no bank transfer. `code`: 12 digits, as orders to it name it. */
export type Institution = Readonly<{ code: string; name: Bilingual }>;

/** How a benefit reaches its firm (兑付渠道), and for what it is given there. */
export type Channel =
  /** To the firm's own account. */
  | Readonly<{ kind: "bank-transfer" }>
  /** Enjoyed when taxes are declared; the tax office's receipt (享受回执) says that it was. */
  | (Readonly<{ kind: "tax-receipt"; institution: Institution }> & Placed)
  /** Taken off a bill of the company that supplies the firm. */
  | (Readonly<{ kind: "bill-deduction"; institution: Institution }> & Placed)
  /** Paid to the bank that lent, loan by loan, which charges the firm less interest. */
  | (Readonly<{ kind: "loan-interest" }> & Placed);

type Placed = Readonly<{ facts: readonly string[]; places: (scope: Scope) => readonly Place[] | undefined }>;

/** A customer number, loan or taxpayer that a part of the benefit is for. `share`: of the whole, not rounded. */
export type Place = Readonly<{ reference: string; institution: string; share: Fraction }>;

const institution = z.strictObject({
  code: z.string().regex(/^\d{12}$/, { error: "must be 12 digits" }),
  name: bilingualSchema,
});

export const channelSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bank-transfer") }),
  /** `taxpayer`: FEEL; the number under which it is declared. */
  z.strictObject({ kind: z.literal("tax-receipt"), institution, taxpayer: z.string() }),
  /** `customer`: FEEL; the firm's number at the company (户号). */
  z.strictObject({ kind: z.literal("bill-deduction"), institution, customer: z.string() }),
  z.strictObject({
    kind: z.literal("loan-interest"),
    /** FEEL; list of records, each of one loan or a part of it. */
    of: z.string(),
    /** Name of one of them in the others. */
    as: z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: "must be one word such as loan" }),
    /** FEEL; number of the loan, the lending bank's code, and 元 for this record. */
    loan: z.string(),
    bank: z.string(),
    amount: z.union([z.number(), z.string()]),
  }),
]);

/** @throws RulesError policy-invalid | formula-invalid */
export function parseChannel(document: unknown, where: string, names: Names): Channel {
  const given = read(channelSchema, document, where, "policy-invalid");
  const context = {
    names,
    codesOf: () => undefined,
    term: neverNested,
    clauseAt: (label: string) => label,
    onFormula: () => {},
    locals: [],
  };
  switch (given.kind) {
    case "bank-transfer":
      return given;
    case "tax-receipt":
    case "bill-deduction": {
      const [name, written] = "customer" in given ? ["customer", given.customer] : ["taxpayer", given.taxpayer];
      const reference = operand(written, "text", `${where}.${name}`, context);
      const places = (scope: Scope) => {
        const text = textIn(reference.value(scope));
        const { code } = given.institution;
        return text === undefined ? undefined : [{ reference: text, institution: code, share: new Fraction(1) }];
      };
      return { kind: given.kind, institution: given.institution, facts: reference.facts, places };
    }
    case "loan-interest": {
      const records = operand(given.of, "list", `${where}.of`, context);
      const local = { name: given.as, type: elementOf(records.formula.type), fieldsInScope: false };
      const inside = { ...context, locals: [local] };
      const loan = operand(given.loan, "text", `${where}.loan`, inside);
      const bank = operand(given.bank, "text", `${where}.bank`, inside);
      const amount = operand(given.amount, "number", `${where}.amount`, inside);
      return {
        kind: given.kind,
        facts: [...records.facts, ...loan.facts, ...bank.facts, ...amount.facts],
        places(scope) {
          const found = records.value(scope);
          if (found.kind !== "list" || found.more || found.items.some(({ maybe }) => maybe)) return undefined;
          const parts = found.items.map(({ value }) => {
            const one = bind(scope, given.as, value);
            const yuan = amount.value(one);
            const [reference, institution] = [textIn(loan.value(one)), textIn(bank.value(one))];
            if (reference === undefined || institution === undefined || yuan.kind !== "number") return undefined;
            return { reference, institution, share: yuan.n };
          });
          const known = parts.flatMap((part) => part ?? []);
          return known.length === parts.length ? byLoan(known) : undefined;
        },
      };
    }
  }
}

/** Several records of one loan are one sum; what comes to nothing is none. */
function byLoan(parts: readonly Place[]): readonly Place[] {
  const sums = new Map<string, Place>();
  for (const part of parts) {
    const key = JSON.stringify([part.institution, part.reference]);
    sums.set(key, { ...part, share: (sums.get(key)?.share ?? new Fraction(0)).add(part.share) });
  }
  return [...sums.values()].filter(({ share }) => share.gt(0));
}

/** What an order can carry: 1 to 30 letters, digits and hyphens. */
function textIn(value: Value): string | undefined {
  return isExact(value) && value.kind === "text" && /^[A-Za-z0-9-]{1,30}$/.test(value.text) ? value.text : undefined;
}

function neverNested(): never {
  throw new Error("a place has no amount of several mechanisms");
}
