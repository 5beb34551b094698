import { amountText } from "./amount.ts";
import { type Bilingual, inLanguage } from "./bilingual.ts";
import { dayText, fullDayText, instantText } from "./calendar.ts";
import { useReader } from "./reader.ts";

const han = /\p{Script=Han}/u;

/** Text from data. Chinese on an English page is marked, so that a screen reader changes its voice. */
export function Said({ children }: Readonly<{ children: Bilingual }>) {
  const { lang } = useReader();
  const text = inLanguage(children, lang);
  return lang === "en" && han.test(text) ? <span lang="zh-CN">{text}</span> : text;
}

export function Yuan({ fen }: Readonly<{ fen: string }>) {
  return <span className="yuan">{amountText(fen, useReader().lang)}</span>;
}

/** `12 月 31 日`; with the year when `full`. Accepts an instant and shows its day in China. */
export function Day({ of, full = false }: Readonly<{ of: string; full?: boolean }>) {
  const { lang } = useReader();
  return <time dateTime={of}>{full ? fullDayText(of, lang) : dayText(of, lang)}</time>;
}

export function Instant({ of }: Readonly<{ of: string }>) {
  return <time dateTime={of}>{instantText(of, useReader().lang)}</time>;
}

/** A digest or an id: long, for comparing, and never wider than its box. */
export function Code({ children }: Readonly<{ children: string }>) {
  return <code className="code">{children}</code>;
}
