import { z } from "zod";

/**
 * What a bank's HTTP door (银企直联) and its customer say to each other, in JSON around ISO 20022 files:
 *
 * * `PUT orders/{messageId}`: a pain.001 → 201 `taken`, 200 `taken-before`, 409 known with other content
 * * `GET orders/{messageId}` → 200 `taken`, 404 `unknown`
 * * `GET reports` → the files put out and not acknowledged, oldest first
 * * `GET reports/{name}` → the file; `PUT reports/{name}/outcome` → 204
 */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Says of which bytes it speaks: an answer of somebody in between is none of the bank's. */
export const submitAnswer = z.object({ messageId: z.string(), status: z.enum(["taken", "taken-before"]), sha256 });

export const queryAnswer = z.object({ messageId: z.string(), status: z.enum(["taken", "unknown"]) });

/** Stands in an address, so it leads nowhere else. */
export const reportName = z.string().regex(/^\w[\w.-]{0,199}$/);

export const reportList = z.object({ reports: z.array(z.object({ name: reportName, sha256 })) });

export const reportOutcome = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("dealt-with") }),
  z.object({ outcome: z.literal("unreadable"), reason: z.string().min(1) }),
]);

export type SubmitAnswer = z.output<typeof submitAnswer>;
export type QueryAnswer = z.output<typeof queryAnswer>;
export type ReportList = z.output<typeof reportList>;
export type ReportOutcome = z.output<typeof reportOutcome>;
