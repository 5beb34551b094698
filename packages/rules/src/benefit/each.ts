import Fraction from "fraction.js";
import { z } from "zod";
import { count, filter, map, overList, sum } from "../formula/collection.ts";
import { bind, type Scope } from "../formula/evaluate.ts";
import { elementOf } from "../formula/static-type.ts";
import {
  becauseOf,
  boundsOf,
  type List,
  mergeBecause,
  NOTHING,
  range,
  TRUE,
  unknown,
  type Value,
} from "../formula/value.ts";
import { read } from "../read.ts";
import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";

const eachSchema = z.strictObject({
  /** FEEL; list of records: people hired, loans, products. */
  of: z.string(),
  /** Name of one of them in `when` and `amount`: `hire.age`. */
  as: z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: "must be one word such as hire" }),
  /** FEEL; whether this one counts. Absent: all do. */
  when: z.string().optional(),
  amount: z.unknown(),
  /** How many count at most; those with the highest amounts are taken. */
  most: z.int().min(1).max(10_000).optional(),
});

/** An amount for each record that meets its own conditions, summed up (按人、按笔). A `cap` inside is per record, outside per firm. */
export function each(document: unknown, where: string, context: BenefitContext): Term {
  const { of, as, when, amount, most } = read(eachSchema, document, where, "policy-invalid");
  const records = operand(of, "list", `${where}.of`, context);
  const local = { name: as, type: elementOf(records.formula.type), fieldsInScope: false };
  const inner = { ...context, locals: [...context.locals, local] };
  const test = when === undefined ? undefined : operand(when, "boolean", `${where}.when`, inner);
  const term = context.term(amount, `${where}.amount`, local);
  const counted = (scope: Scope, all: List) => filter(all, (record) => test?.value(bind(scope, as, record)) ?? TRUE);
  return {
    amount: (scope) =>
      overList(records.value(scope), (all) => {
        const amounts = map(counted(scope, all), (record) => term.amount(bind(scope, as, record)));
        return most === undefined ? sum(amounts) : sumOfHighest(amounts, most);
      }),
    steps: (scope) => [
      {
        label: { zh: "符合条件的数量", en: "How many count" },
        value: overList(records.value(scope), (all) => count(counted(scope, all))),
        quantity: "number",
      },
    ],
    facts: [...records.facts, ...(test?.facts ?? []), ...term.facts],
  };
}

/** The sum of the highest few. It grows with each amount, so its bounds are those of the bounds. */
function sumOfHighest({ items, more }: List, most: number): Value {
  const bounds = items.map(({ value }) => boundsOf(value));
  const because = mergeBecause(
    ...items.map(({ value, maybe = [] }) => [...becauseOf(value), ...maybe]),
    more?.because ?? [],
  );
  if (bounds.some((each) => each === undefined)) return because.length === 0 ? NOTHING : unknown(because);
  const low = highest(
    items.map(({ maybe }, place) => (maybe ? undefined : bounds[place]?.min)),
    most,
  );
  const hasNoEnd = more !== undefined || bounds.some((each) => each?.max === undefined);
  return range(
    low,
    hasNoEnd
      ? undefined
      : highest(
          bounds.map((each) => each?.max),
          most,
        ),
    because,
  );
}

/** What may not count at all, and what has no bound, adds nothing for certain. */
function highest(amounts: readonly (Fraction | undefined)[], most: number): Fraction {
  return amounts
    .map((amount) => amount ?? new Fraction(0))
    .toSorted((a, b) => b.compare(a))
    .slice(0, most)
    .reduce((total, amount) => total.add(amount), new Fraction(0));
}
