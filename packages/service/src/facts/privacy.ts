import { type Bilingual, factText, type Json, type PrivacyClass, type Vocabulary } from "@apply-free/rules";

/** Who looks at a fact of a firm. */
export type Reader =
  /** The firm's own people. */
  | Readonly<{ kind: "owner" }>
  /** An officer of the department that this source belongs to. */
  | Readonly<{ kind: "department"; sourceId: string }>
  /** Policy, operation and finance. */
  | Readonly<{ kind: "office" }>
  /** An auditor, who sees people's data only when a reason is on record. */
  | Readonly<{ kind: "auditor"; hasReason: boolean }>;

type Treatment = Readonly<{
  /** Years that a fact is kept after the day it speaks of, where no decision rests on it. */
  keptYears: number;
  /** Whether it may stand in what is given away for reuse. */
  isOpen: boolean;
}>;

/**
 * What a fact's class means. Kept: what a dispute of law can still turn on.
 *
 * Source: PIPL art. 19 (the shortest time necessary), art. 6 (minimum necessary); Civil Code art. 188
 * (three years); Archives of accounting, Ministry of Finance decree 79, annex 1 (ten years for reports)
 */
export const treatments: Readonly<Record<PrivacyClass, Treatment>> = {
  public: { keptYears: 10, isOpen: true },
  business: { keptYears: 10, isOpen: false },
  personal: { keptYears: 3, isOpen: false },
};

/**
 * Years that a department's file is kept after people released or refused it. It may hold anything, so it goes by the
 * strictest class; what was taken over from it has become facts, which go by their own.
 */
export const KEPT_FILE_YEARS = treatments.personal.keptYears;

/** A fact that the vocabulary does not know any more is treated as the strictest class. */
export function privacyOf(vocabulary: Vocabulary, factId: string): PrivacyClass {
  return vocabulary.facts.get(factId)?.privacy ?? "personal";
}

/** Whether this reader sees the value itself. @param sourceId who said it */
export function seesValue(reader: Reader, privacy: PrivacyClass, sourceId: string | undefined): boolean {
  if (privacy === "public" || reader.kind === "owner") return true;
  if (reader.kind === "department") return reader.sourceId === sourceId;
  if (privacy === "business") return true;
  return reader.kind === "auditor" && reader.hasReason;
}

/** A value in words, for this reader: of people's data only how much there is. */
export function valueFor(
  reader: Reader,
  vocabulary: Vocabulary,
  factId: string,
  value: Json,
  sourceId: string | undefined,
): Bilingual {
  if (seesValue(reader, privacyOf(vocabulary, factId), sourceId)) return factText(vocabulary, factId, value);
  return maskedValue(value);
}

/** Shape and size, and nothing of what it says. */
export function maskedValue(value: Json): Bilingual {
  if (!Array.isArray(value)) return { zh: "已隐去（个人信息）", en: "hidden (personal data)" };
  return {
    zh: `${value.length} 条记录，内容已隐去（个人信息）`,
    en: `${value.length} records, hidden (personal data)`,
  };
}
