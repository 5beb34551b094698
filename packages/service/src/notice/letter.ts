import type { LetterChannel } from "./channel.ts";
import type { NoticeKind, NoticeText } from "./notice.ts";
import { type Language, noticeWords } from "./notice-words.ts";

export type LetterPart = NoticeText & Readonly<{ id: string; kind: NoticeKind }>;

/** What comes first when a day has several messages: what a right or a deadline hangs on. */
const ORDER: readonly NoticeKind[] = [
  "offer",
  "reminder",
  "extended",
  "returned",
  "withdrawn",
  "dispute-answered",
  "grievance-answered",
  "lapsed",
  "paid",
  "confirmed",
  "published",
  "repair",
];

/**
 * Everything that a firm is told on one day, as one channel carries it.
 * @param parts at least one
 */
export function writeLetter(parts: readonly LetterPart[], language: Language, channel: LetterChannel) {
  const ordered = parts.toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  return channel === "email" ? mailOf(ordered, language) : { subject: "", body: textMessageOf(ordered, language) };
}

function mailOf(parts: readonly LetterPart[], language: Language) {
  const other: Language = language === "zh" ? "en" : "zh";
  // The firm's language first and whole; the other follows for the colleague who reads only that.
  const body = `${partsIn(parts, language)}\n\n──────────\n\n${partsIn(parts, other)}`;
  return { subject: subjectOf(parts, language), body };
}

function partsIn(parts: readonly LetterPart[], language: Language): string {
  const { trust } = noticeWords[language];
  const [only] = parts;
  if (only && parts.length === 1) return `${only.body[language]}\n\n${trust}`;
  const sections = parts.map(({ subject, body }, index) => `${index + 1}. ${subject[language]}\n${body[language]}`);
  return [...sections, trust].join("\n\n");
}

function subjectOf(parts: readonly LetterPart[], language: Language): string {
  return noticeWords[language].letterSubject(parts[0]?.subject[language] ?? "", parts.length);
}

function textMessageOf(parts: readonly LetterPart[], language: Language): string {
  const { sms, smsPlain } = noticeWords[language];
  const text = sms(subjectOf(parts, language));
  // A title may hold what a text message must not.
  return textMessageFlaw(text) === undefined ? text : smsPlain(parts.length);
}

const MOST_CHARACTERS = 200;
const link = /:\/\/|www\.|\b[a-z0-9-]+\.(?:[a-z]{2,})(?:\/|\b)/i;
/** Four to eight digits in a row are what codes look like, not parts of amounts; the hotline and years are not codes. */
const code = /(?<!\d|\d[.,])(?!12345(?!\d))(?!(?:19|20)\d\d(?!\d))\d{4,8}(?!\d|[.,]\d)/;

/** Why a text may not be sent to a telephone: people must never learn to follow links or to type codes. */
export function textMessageFlaw(text: string): "link" | "code" | "long" | undefined {
  if (link.test(text)) return "link";
  if (code.test(text)) return "code";
  return text.length > MOST_CHARACTERS ? "long" : undefined;
}
