import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";

/** A fixed amount, or a formula that gives 元. */
export function formulaTerm(written: string | number, where: string, context: BenefitContext): Term {
  const { value, facts } = operand(written, "number", where, context);
  return { amount: value, steps: () => [], facts };
}
