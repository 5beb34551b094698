import type { Bilingual } from "../json.ts";
import type { Allocation, Claim, Share } from "./claim.ts";
import { yuan } from "./yuan.ts";

/**
 * Whole awards, one after the other, until one does not fit. From there on nobody is served, not
 * even who would fit: a place in the order is worth the same whatever the award.
 *
 * @param why what a claim's place rests on
 */
export function serveInOrder(ordered: readonly Claim[], fundFen: bigint, why: (claim: Claim) => Bilingual): Allocation {
  let leftFen = fundFen;
  let isOpen = true;
  const shares = ordered.map((claim, nth): Share => {
    const place = nth + 1;
    const { id, amountFen } = claim;
    isOpen &&= amountFen <= leftFen;
    const { zh, en } = why(claim);
    if (!isOpen) {
      const because = {
        zh: `第 ${place} 位（${zh}）；资金余 ${yuan(leftFen)} 元，不够按序兑付`,
        en: `Place ${place} (${en}); CNY ${yuan(leftFen)} are left, not enough for the next in order`,
      };
      return { id, allottedFen: 0n, place, because };
    }
    leftFen -= amountFen;
    return {
      id,
      allottedFen: amountFen,
      place,
      because: { zh: `第 ${place} 位（${zh}），足额兑付`, en: `Place ${place} (${en}), in full` },
    };
  });
  return { shares, leftFen };
}
