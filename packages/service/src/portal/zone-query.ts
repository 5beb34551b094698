import { benefitKinds } from "@apply-free/rules";
import { z } from "zod";

const unlessEmpty = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** What the policy zone and its file are asked with; a field left empty asks for all. */
export const zoneQuery = z.object({
  region: unlessEmpty(z.string().regex(/^\d{6}$/)),
  kind: unlessEmpty(z.enum(benefitKinds)),
});
