import { createContext, useContext } from "react";
import type { Lang, PageContext } from "./page-context.ts";

const ReaderContext = createContext<PageContext>({ lang: "zh", largeText: false, path: "/" });

/** Wraps a page so that every part of it knows who reads it, and in which language. */
export const ReaderProvider = ReaderContext.Provider;

export function useReader(): PageContext {
  return useContext(ReaderContext);
}

/** The words of one page in both languages. */
export type Catalogue<Words> = Readonly<Record<Lang, Words>>;

/** Chinese is the source and decides the keys; English that lacks one of them does not compile. */
export function catalogue<Words>(zh: Words, en: NoInfer<Words>): Catalogue<Words> {
  return { zh, en };
}

export function useWords<Words>(words: Catalogue<Words>): Words {
  return words[useReader().lang];
}
