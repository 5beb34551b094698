import type { Bilingual } from "@apply-free/rules";

/** Ways in which a delivery can be unlike what may be believed. */
export type FindingCode =
  | "fewer-firms"
  | "more-firms"
  | "many-refused"
  | "old-copy"
  | "column-emptied"
  | "column-constant"
  | "column-garbled"
  | "unit-slip"
  | "values-shifted"
  | "values-clipped"
  | "values-coarser"
  | "signs-turned"
  | "values-of-other-firms"
  | "answers-turned"
  | "categories-changed"
  | "identities-rewritten"
  | "days-in-future"
  | "days-too-old"
  | "days-all-one"
  | "days-and-months-swapped"
  | "days-rewritten";

/** One reason to look at a delivery before it is believed. */
export type Finding = Readonly<{
  code: FindingCode;
  /** Column it is about; absent for the delivery as a whole. */
  column?: string;
  /** What is seen, what was expected, and what the likely cause is. */
  message: Bilingual;
}>;

/** Fewer values than this say nothing about a whole. */
export const FEWEST = 20;

export const percent = (share: number) => `${Math.round(share * 100)}%`;
