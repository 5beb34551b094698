import { z } from "zod";

/** Counts and amounts of a whole demonstration: what `demo --once --json` prints. Money in 分 as text. */
export const demoSummary = z.strictObject({
  firms: z.int(),
  policies: z.int(),
  /** Newest answer of each firm under each policy. */
  decisions: z.strictObject({ eligible: z.int(), ineligible: z.int(), undetermined: z.int() }),
  offered: z.int(),
  confirmed: z.int(),
  declined: z.int(),
  lapsed: z.int(),
  paid: z.int(),
  paidFen: z.string().regex(/^\d+$/),
  /** Payments that the bank sent back. */
  returned: z.int(),
  received: z.int(),
  published: z.int(),
  notices: z.int(),
  journalEvents: z.int(),
  auditVerified: z.boolean(),
  invariantsBroken: z.int(),
  elapsedMs: z.int(),
});
export type DemoSummary = z.infer<typeof demoSummary>;

/** What `replay --json` prints. */
export const replaySummary = z.looseObject({ decisions: z.int(), equal: z.int(), different: z.int() });
