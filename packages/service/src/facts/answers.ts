import type { Json, YesNoAnswer } from "@apply-free/rules";
import { z } from "zod";

/** What a department confirmed or denied of one fact, as the store keeps it where a value would stand. */
export type Answers = Readonly<{ answers: readonly YesNoAnswer[] }>;

const schema = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        operator: z.enum(["equal", "in", "lessThan", "atMost", "greaterThan", "atLeast"]),
        value: z.custom<Json>((json) => json !== undefined),
        answer: z.boolean(),
      }),
    )
    .min(1),
});

/** No value of a fact looks like this: periods of a series are not called `answers`. */
export function answersIn(value: Json): Answers | undefined {
  // Asked of every statement about every firm: a refusal by the schema costs more than all the rest.
  const mayBe = typeof value === "object" && value !== null && Object.hasOwn(value, "answers");
  return mayBe ? schema.safeParse(value).data : undefined;
}

/** One more answer about a fact. */
export function withAnswer(before: Json | undefined, answer: YesNoAnswer): Json {
  const known = before === undefined ? [] : (answersIn(before)?.answers ?? []);
  return { answers: [...known, answer].map((each) => ({ ...each })) };
}
