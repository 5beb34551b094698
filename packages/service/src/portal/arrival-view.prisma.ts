import type { Policy } from "@apply-free/rules";
import type { Bilingual } from "@apply-free/ui";
import { partsOf } from "../entitlement/award-part.prisma.ts";
import { partsOfAward } from "../entitlement/award-part.ts";
import type { Entitlement } from "../entitlement/entitlement.ts";
import { type Day, dayOf } from "../kernel/day.ts";
import { formatYuan } from "../kernel/money.ts";
import type { Tx } from "../platform/store.prisma.ts";

/** How an offer would arrive if the firm agreed today; nothing where it is one sum to the firm's account. */
export function arrivalOfOffer(entitlement: Entitlement, policy: Policy, now: Date): readonly Bilingual[] {
  const { instalments } = policy.benefit;
  const parts = instalments ? partsOfAward(entitlement, instalments, dayOf(now)) : [];
  return [
    ...channelLines(policy),
    ...parts.map(({ part }) => partLine(part.part, part.parts, part.amountFen, part.dueOn)),
  ];
}

/** How agreed benefits arrive, by entitlement: which part it is, and from which day. */
export async function arrivalOfParts(
  db: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Bilingual[]>> {
  const parts = await partsOf(db, ids);
  return new Map(
    [...parts].map(([id, { part, parts: of, amountFen, dueOn }]) => [id, [partLine(part, of, amountFen, dueOn)]]),
  );
}

export function channelLines({ channel }: Policy): readonly Bilingual[] {
  switch (channel.kind) {
    case "bank-transfer":
      return [];
    case "bill-deduction": {
      const { zh, en } = channel.institution.name;
      return [{ zh: `不打款，由${zh}在下期账单中抵扣。`, en: `No transfer: ${en} deducts it from your next bill.` }];
    }
    case "loan-interest":
      return [
        {
          zh: "付给各笔贷款的经办银行，由银行冲减贵公司的利息。",
          en: "Paid to the bank of each loan, which charges you less interest.",
        },
      ];
    case "tax-receipt":
      return [
        {
          zh: "申报时直接享受，以税务机关的享受回执为准，不打款。",
          en: "Enjoyed when you declare your taxes, as the tax office's receipt shows; no transfer.",
        },
      ];
  }
}

function partLine(part: number, parts: number, amountFen: bigint, dueOn: Day): Bilingual {
  const yuan = formatYuan(amountFen);
  if (part === 1)
    return {
      zh: `第 1 期（共 ${parts} 期）${yuan} 元，确认后拨付。`,
      en: `Part 1 of ${parts}: CNY ${yuan}, paid after you agree.`,
    };
  return {
    zh: `第 ${part} 期（共 ${parts} 期）${yuan} 元，${dueOn} 起拨付，届时再核对条件。`,
    en: `Part ${part} of ${parts}: CNY ${yuan}, from ${dueOn} on, if the conditions still hold then.`,
  };
}
