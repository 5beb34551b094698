import { z } from "zod";
import type { ResultFilter } from "../publication/published-result.ts";

const text = z.preprocess((value) => (value === "" ? undefined : value), z.string().trim().max(100).optional());

/** What the page, the files and the feed of the public list are asked with. */
export const listQuery = z.object({ policy: text, q: text, cursor: z.string().max(200).optional() });

export function filterOf(policyId: string | undefined, text: string | undefined): ResultFilter {
  return { ...(policyId !== undefined && { policyId }), ...(text !== undefined && { text }) };
}

export function queryOf(fields: Readonly<Record<string, string | undefined>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
