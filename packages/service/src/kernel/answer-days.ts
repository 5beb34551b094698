import { z } from "zod";

const days = z.coerce.number().int().min(1).max(60);

/** Working days within which somebody is answered, by what it is. A town with shorter promises configures them. */
export const answerDays = z.strictObject({
  /** Putting right what a bad rating says (差评整改). */
  rectification: days.default(5),
  complaint: days.default(10),
  /** An objection to the public list (公示异议). */
  objection: days.default(5),
  /** A comment on a policy (建言). */
  comment: days.default(10),
});

export type AnswerDays = Readonly<z.infer<typeof answerDays>>;

/** The house's own promise: shorter than any law asks for. */
export const usualAnswerDays: AnswerDays = answerDays.parse({});
