import { isPersonCode } from "../kernel/subject-code.ts";
import type { NoticeText } from "./notice.ts";

/** How a firm is addressed, and how a natural person is; the longer phrase first. */
const zh = [["贵公司", "您"]] as const;
const en = [
  ["Your firm qualifies", "You qualify"],
  ["Your firm", "You"],
  ["your firm", "you"],
] as const;

/** The same message, addressed to whom it goes to. */
export function addressedTo<Told extends NoticeText>(firmCode: string, told: Told): Told {
  if (!isPersonCode(firmCode)) return told;
  const said = ({ zh: chinese, en: english }: NoticeText["subject"]) => ({
    zh: replaced(chinese, zh),
    en: replaced(english, en),
  });
  return { ...told, subject: said(told.subject), body: said(told.body) };
}

function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((so, [firm, person]) => so.replaceAll(firm, person), text);
}
