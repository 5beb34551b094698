import { z } from "zod";
import { decimalSchema, read } from "../read.ts";
import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";
import { awardsOf, highestAward } from "./title-award.ts";

const highestSchema = z.strictObject({
  /** FEEL; list of the titles that count, as text. */
  held: z.string(),
  /** Title → 元. */
  table: z.record(z.string(), decimalSchema),
});

/** The award of the highest title, once; lower ones of the same list earn nothing more (从高、不重复). */
export function highest(document: unknown, where: string, context: BenefitContext): Term {
  const { held, table } = read(highestSchema, document, where, "policy-invalid");
  const titles = operand(held, "list", `${where}.held`, context);
  const awards = awardsOf(table);
  return { amount: (scope) => highestAward(titles.value(scope), awards), steps: () => [], facts: titles.facts };
}
