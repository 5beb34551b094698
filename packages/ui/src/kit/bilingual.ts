import type { Lang } from "./page-context.ts";

/** Text from data: in both languages, or in the one language it was written in (clauses, names). */
export type Bilingual = string | Readonly<{ zh: string; en: string }>;

export function inLanguage(text: Bilingual, lang: Lang): string {
  return typeof text === "string" ? text : text[lang];
}
