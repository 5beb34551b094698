import { createContext, useContext } from "react";
import type { Lang, PageContext } from "./page-context.ts";

const ReaderContext = createContext<PageContext>({ lang: "zh", largeText: false, path: "/" });

/** Wraps a page so that every part of it knows who reads it, and in which language. */
export const ReaderProvider = ReaderContext.Provider;

export function useReader(): PageContext {
  return useContext(ReaderContext);
}

/** The words of one page in both languages. */
export type Catalogue<Words> = Readonly<Record<Lang, Words>> &
  Readonly<{
    /** What a natural person reads instead. */
    forPerson?: Readonly<Record<Lang, Partial<Words>>>;
  }>;

/** Chinese is the source and decides the keys; English that lacks one of them does not compile. */
export function catalogue<Words>(
  zh: Words,
  en: NoInfer<Words>,
  forPerson?: Readonly<Record<Lang, Partial<NoInfer<Words>>>>,
): Catalogue<Words> {
  return { zh, en, ...(forPerson && { forPerson }) };
}

export function useWords<Words>(words: Catalogue<Words>): Words {
  return wordsFor(words, useReader());
}

/** The words of a page for this reader. */
export function wordsFor<Words>(words: Catalogue<Words>, { lang, user }: Pick<PageContext, "lang" | "user">): Words {
  return user?.isPerson && words.forPerson ? { ...words[lang], ...words.forPerson[lang] } : words[lang];
}
