import type { Json, Vocabulary } from "@apply-free/rules";
import { maskedValue, privacyOf, type Reader, seesValue } from "../facts/privacy.ts";
import { maskAccountNo } from "../kernel/mask.ts";

/**
 * One statement of a delivery as a reader of the desk sees it. Numbers of accounts and telephones are never
 * shown whole: whether they have changed is what a steward needs to see.
 *
 * @param id fact, `fact.field` of a record, or `account.accountNo`, `firm.phone` of the register
 */
export function shownStatement(
  { reader, vocabulary, sourceId }: Readonly<{ reader: Reader; vocabulary: Vocabulary; sourceId: string }>,
  id: string,
  value: Json,
): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (id === "account.accountNo" || id === "firm.phone") return maskAccountNo(text);
  if (id.startsWith("account.") || id.startsWith("firm.")) return text;
  const factId = vocabulary.facts.has(id) ? id : id.slice(0, id.lastIndexOf("."));
  return seesValue(reader, privacyOf(vocabulary, factId), sourceId) ? text : maskedValue(value).zh;
}
