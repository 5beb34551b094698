import { z } from "zod";

const limit = z.strictObject({ workingDays: z.int().min(1).max(250), clause: z.string() });

/** In how many working days money has to be there, counted from the day on which it was kept for the firm. */
export const timeLimitsSchema = z
  .strictObject({
    /** What a law or the policy itself sets. */
    statutory: limit.optional(),
    /** What the office promises; never later than the law. */
    promised: limit.optional(),
  })
  .refine(({ statutory, promised }) => !statutory || !promised || promised.workingDays <= statutory.workingDays, {
    error: "a promise later than the law is none",
    path: ["promised", "workingDays"],
  });

export type TimeLimit = Readonly<{ workingDays: number; clause: string }>;
export type TimeLimits = Readonly<{ statutory?: TimeLimit; promised?: TimeLimit }>;
