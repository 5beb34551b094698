import { z } from "zod";
import { read } from "../read.ts";
import type { Term } from "./benefit.ts";
import { type BenefitContext, operand } from "./context.ts";

/** A fixed amount, or a formula that gives 元. */
export function formulaTerm(written: string | number, where: string, context: BenefitContext): Term {
  const { value, facts } = operand(written, "number", where, context);
  return { amount: value, steps: () => [], facts };
}

/** A formula as a mechanism of its own, so that it can have a floor and a cap. */
export function formula(document: unknown, where: string, context: BenefitContext): Term {
  return formulaTerm(read(z.union([z.string(), z.number()]), document, where, "policy-invalid"), where, context);
}
