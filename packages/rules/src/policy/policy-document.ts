import { z } from "zod";
import { timeLimitsSchema } from "../allocation/time-limits.ts";
import { bilingualSchema, daySchema, factIdSchema } from "../read.ts";
import { derivedSchema } from "../vocabulary/parse-vocabulary.ts";

const settingSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: "must be one word such as headcountBasis" }),
    question: bilingualSchema,
    chosen: z.string(),
    options: z.record(z.string(), bilingualSchema),
  })
  .refine(({ chosen, options }) => Object.hasOwn(options, chosen), {
    error: "chosen must be one of the options",
    path: ["chosen"],
  })
  .refine(({ options }) => Object.keys(options).length > 1, {
    error: "needs the alternative named",
    path: ["options"],
  });

/** policy.yaml, before names in it are looked up. */
export const policySchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: "must be lower-case words joined by hyphens" })
    .max(100),
  version: z.int().min(1),
  title: bilingualSchema,
  document: z.strictObject({
    no: z.string().optional(),
    issuer: z.string(),
    date: daySchema.optional(),
    address: z.union([z.url(), z.array(z.url())]).optional(),
    /** Id of the superior policy that it carries out. */
    parent: z.string().optional(),
  }),
  /** `unstated`: the text that could be read does not say. Such a policy can be tried, not published. */
  validity: z.union([
    z.literal("unstated"),
    z.strictObject({
      from: daySchema,
      to: daySchema.optional(),
      clause: z.string(),
      /** What has to lie in it: the day of the decision, or a fact that holds a day or a year. */
      governs: z.union([z.literal("decision-day"), z.strictObject({ fact: factIdSchema })]),
    }),
  ]),
  subject: z.strictObject({ types: z.array(z.string()).min(1), clause: z.string() }),
  /** For the public: what has to be handed in, and who answers questions. */
  guide: z
    .strictObject({
      materials: z.array(
        z.strictObject({
          name: bilingualSchema,
          /** `waived`: taken from data (免); `upload`: the firm hands it in. */
          how: z.enum(["waived", "upload"]),
        }),
      ),
      contact: bilingualSchema,
    })
    .optional(),
  settings: z.array(settingSchema).default([]),
  derived: z.record(factIdSchema, derivedSchema).default({}),
  conditions: z.unknown(),
  benefit: z.unknown(),
  /** How the money is given out when it does not reach for all. Absent: the text does not say. */
  fund: z.unknown().optional(),
  timeLimits: timeLimitsSchema.optional(),
  /** What holds between this benefit and others. */
  stacking: z.unknown().optional(),
  /** For which persons, loans or projects it is given, where a rule of stacking asks. */
  objects: z.unknown().optional(),
  payout: z.strictObject({
    budgetLine: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    period: z.enum(["once", "year"]),
    confirmWithinDays: z.int().min(1).max(365),
    family: z.string().optional(),
    /** Who gets the money, where it is not the beneficiary: the lending bank, the landlord. */
    payee: z.union([z.literal("beneficiary"), z.strictObject({ who: bilingualSchema })]).default("beneficiary"),
    /** How it reaches the firm; a bank transfer to its own account unless said. */
    channel: z.unknown().optional(),
    /** Who bears it, where it is not the treasury. */
    payer: z.union([z.literal("treasury"), z.strictObject({ who: bilingualSchema })]).default("treasury"),
  }),
});

export type PolicyDocument = z.output<typeof policySchema>;
