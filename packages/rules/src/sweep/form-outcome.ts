import type { Outcome } from "../decision.ts";
import type { Coding } from "./coding.ts";
import type { Form } from "./plan.ts";

/** What a policy's form answers for one firm. @param codeOf the firm's code in a column */
export function outcomeOf(form: Form, codings: readonly Coding[], codeOf: (column: number) => number): Outcome {
  if (!holds(form, codings, codeOf, true)) return "ineligible";
  return holds(form, codings, codeOf, false) ? "eligible" : "undetermined";
}

function holds(
  form: Form,
  codings: readonly Coding[],
  codeOf: (column: number) => number,
  doesUnknownHold: boolean,
): boolean {
  switch (form.kind) {
    case "literal": {
      const { column, question, isNegated } = form;
      const answer = (codings[column] as Coding).answerOf(codeOf(column), question);
      return answer === "unknown" ? doesUnknownHold : answer === (isNegated ? "false" : "true");
    }
    case "all":
      return form.parts.every((part) => holds(part, codings, codeOf, doesUnknownHold));
    case "any":
      return form.parts.some((part) => holds(part, codings, codeOf, doesUnknownHold));
  }
}
