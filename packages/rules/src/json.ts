/** A value as JSON carries it, read-only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A text in both languages of the product; Chinese is the original. */
export type Bilingual = Readonly<{ zh: string; en: string }>;
