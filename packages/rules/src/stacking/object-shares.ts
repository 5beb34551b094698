import { z } from "zod";
import { amountOf } from "../amount.ts";
import { operand } from "../benefit/context.ts";
import { bind, type Scope } from "../formula/evaluate.ts";
import type { Names } from "../formula/parse.ts";
import { elementOf } from "../formula/static-type.ts";
import { isExact } from "../formula/value.ts";
import { read } from "../read.ts";
import type { Share } from "./due-award.ts";

const objectsSchema = z.strictObject({
  kind: z.enum(["person", "loan", "project"]),
  /** FEEL; list of records, one for each person, loan or project that counts. */
  of: z.string(),
  /** Name of one of them in `id` and `amount`. */
  as: z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: "must be one word such as hire" }),
  /** FEEL; its pseudonym or number. */
  id: z.string(),
  /** 元 for one of them: a number or FEEL. */
  amount: z.union([z.number(), z.string()]),
});

/** For whom or what a benefit is given, so that rules about a person, loan or project can be kept. */
export type ObjectShares = Readonly<{
  facts: readonly string[];
  /** `undefined` where anything about them is not exactly known. */
  shares: (scope: Scope) => readonly Share[] | undefined;
}>;

/** @throws RulesError policy-invalid | formula-invalid */
export function parseObjects(document: unknown, where: string, names: Names): ObjectShares {
  const { kind, of, as, id, amount } = read(objectsSchema, document, where, "policy-invalid");
  const context = {
    names,
    codesOf: () => undefined,
    term: neverNested,
    clauseAt: (label: string) => label,
    onFormula: () => {},
  };
  const records = operand(of, "list", `${where}.of`, { ...context, locals: [] });
  const locals = [{ name: as, type: elementOf(records.formula.type), fieldsInScope: false }];
  const key = operand(id, "text", `${where}.id`, { ...context, locals });
  const yuan = operand(amount, "number", `${where}.amount`, { ...context, locals });
  return {
    facts: [...records.facts, ...key.facts, ...yuan.facts],
    shares(scope) {
      const found = records.value(scope);
      if (found.kind !== "list" || found.more) return undefined;
      const shares: Share[] = [];
      for (const { value, maybe } of found.items) {
        const one = bind(scope, as, value);
        const [name, paid] = [key.value(one), amountOf(yuan.value(one))];
        if (maybe || !isExact(name) || name.kind !== "text" || paid.kind !== "exact") return undefined;
        shares.push({ objects: [{ kind, id: name.text }], fen: BigInt(paid.fen) });
      }
      return shares;
    },
  };
}

function neverNested(): never {
  throw new Error("an object has no amount of several mechanisms");
}
