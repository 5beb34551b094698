import type { Bilingual } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { type Fund, isWindowed } from "./fund.ts";
import type { TimeLimits } from "./time-limits.ts";

/** How the money is given out, what becomes of those it does not reach, and by when it has to be there. */
export function describeFund({ fund, timeLimits, benefit, payout }: Policy): Bilingual[] {
  if (benefit.kind !== "cash" || payout.payer) return [];
  return [ruleOf(fund), ...(isWindowed(fund) ? [closingOf(fund.closes)] : []), shortOf(fund), ...limitsOf(timeLimits)];
}

function ruleOf(fund: Fund | undefined): Bilingual {
  switch (fund?.rule) {
    case undefined:
    case "first-come":
      return { zh: "按确认的先后办理。", en: "Firms are served in the order in which they agree." };
    case "pro-rata":
      return {
        zh: "资金不足时，所有确认的企业按同一比例兑付。",
        en: "When the money is short, every firm that agreed gets the same part.",
      };
    case "ranked":
      return {
        zh: `按公布的算式从高到低排序兑付：${fund.by.source}。`,
        en: `Firms are ranked by the published formula, highest first: ${fund.by.source}.`,
      };
    case "lottery":
      return {
        zh: `公开摇号。种子的摘要（SHA-256）已随政策公布：${fund.seedSha256}。`,
        en: `Lots are drawn in public. The digest (SHA-256) of the seed is published here: ${fund.seedSha256}.`,
      };
  }
}

function closingOf(closes: string): Bilingual {
  const isYearly = closes.length === "MM-DD".length;
  return {
    zh: `${isYearly ? "每年 " : ""}${closes}（含当日）前确认的一并办理，与先后无关。`,
    en: `All who agree by ${closes}${isYearly ? " of the year" : ""}, that day included, are served together.`,
  };
}

function shortOf(fund: Fund | undefined): Bilingual {
  switch (fund?.whenShort) {
    case undefined:
      return {
        zh: "文件未规定资金不足时如何办理；暂按公开次序轮候。",
        en: "The text does not say what happens when the money is short; until it does, firms wait in a public order.",
      };
    case "waiting-list":
      return { zh: "资金不足的，按公开次序轮候。", en: "Whom the money does not reach waits, in a public order." };
    case "turned-away":
      return { zh: "资金用完即止，不轮候。", en: "When the money is used up, nobody waits." };
    case "reduced":
      return { zh: "减少的部分不再补。", en: "What is taken off is not paid later." };
  }
}

/** By when the money has to be there, by law and by the office's own word. */
export function limitsOf({ statutory, promised }: TimeLimits = {}): Bilingual[] {
  return [
    ...(statutory
      ? [
          {
            zh: `法定时限：资金预留后 ${statutory.workingDays} 个工作日内到账。`,
            en: `By law the money arrives within ${statutory.workingDays} working days after it is kept.`,
          },
        ]
      : []),
    ...(promised
      ? [
          {
            zh: `承诺时限：${promised.workingDays} 个工作日内到账，逾期自动公示。`,
            en: `Promised within ${promised.workingDays} working days; what is late is published by itself.`,
          },
        ]
      : []),
  ];
}
