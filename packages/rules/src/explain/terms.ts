import type { BenefitKind } from "../benefit/benefit.ts";
import type { Decision } from "../decision.ts";
import type { Bilingual } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { grouped } from "./value-text.ts";

const kinds: Readonly<Record<Exclude<BenefitKind, "cash">, Bilingual>> = {
  taxRelief: { zh: "以减免税的方式享受", en: "Granted as a relief from tax" },
  billDeduction: { zh: "从账单中直接抵扣", en: "Deducted from a bill" },
  rentReduction: { zh: "以减免租金的方式享受", en: "Granted as a reduction of rent" },
  qualification: { zh: "给予资格，不涉及资金", en: "A status, without money" },
};

/** How the benefit reaches the firm, where that is more than one sum from the treasury to its account. */
export function termsOf({ benefit, payout }: Policy, { amount, schedule = [], split = [] }: Decision): Bilingual[] {
  const isOpen = benefit.discretion && !benefit.discretion.term && amount.kind === "range";
  return [
    ...(benefit.kind === "cash" ? [] : [kinds[benefit.kind]]),
    ...(isOpen ? [{ zh: "由主管部门在上限内确定", en: "An office decides on the amount, up to the most" }] : []),
    ...(payout.payee ? [{ zh: `付给：${payout.payee.zh}`, en: `Paid to: ${payout.payee.en}` }] : []),
    ...(payout.payer ? [{ zh: `由此方承担：${payout.payer.zh}`, en: `Borne by: ${payout.payer.en}` }] : []),
    ...schedule.map(partText),
    ...split.map(({ payer, fen }) => ({ zh: `${payer}承担 ${yuan(fen)} 元`, en: `${payer} bears CNY ${yuan(fen)}` })),
  ];
}

function partText({ year, afterMonths, fen }: NonNullable<Decision["schedule"]>[number]): Bilingual {
  if (afterMonths === undefined) return { zh: `第 ${year} 年 ${yuan(fen)} 元`, en: `Year ${year}: CNY ${yuan(fen)}` };
  return { zh: `满 ${afterMonths} 个月 ${yuan(fen)} 元`, en: `After ${afterMonths} months: CNY ${yuan(fen)}` };
}

/** 分 as 元 with thousands marks: `1,234.50`. */
export function yuan(fen: string): string {
  const digits = fen.padStart(3, "0");
  return `${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}
