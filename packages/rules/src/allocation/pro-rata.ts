import type { Allocation, Claim } from "./claim.ts";
import { inOrderOfConsent } from "./order.ts";
import { yuan } from "./yuan.ts";

/**
 * Everyone gets the same part of what they asked for. 分 are whole, so each part is rounded down and
 * the 分 left over go to those who lost most by the rounding (largest remainder, Hamilton's method);
 * of equal losers, to who agreed first. Nothing of a fund that is short is left.
 */
export function shareProRata(claims: readonly Claim[], fundFen: bigint): Allocation {
  const ordered = inOrderOfConsent(claims);
  const claimedFen = ordered.reduce((sum, { amountFen }) => sum + amountFen, 0n);
  if (claimedFen <= fundFen) {
    const because = { zh: "资金充足，足额兑付", en: "The fund reaches for all" };
    const shares = ordered.map(({ id, amountFen }, nth) => ({ id, allottedFen: amountFen, place: nth + 1, because }));
    return { shares, leftFen: fundFen - claimedFen };
  }
  const cut = ordered.map(({ id, amountFen }, nth) => {
    const exact = amountFen * fundFen;
    return { id, place: nth + 1, allottedFen: exact / claimedFen, remainder: exact % claimedFen };
  });
  const leftOver = fundFen - cut.reduce((sum, { allottedFen }) => sum + allottedFen, 0n);
  const losers = cut.toSorted((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder));
  const gainers = new Set(losers.slice(0, Number(leftOver)).map(({ id }) => id));
  const shares = cut.map(({ id, place, allottedFen }) => {
    const gain = gainers.has(id) ? 1n : 0n;
    return { id, place, allottedFen: allottedFen + gain, because: whyReduced(claimedFen, fundFen, gain) };
  });
  return { shares, leftFen: 0n };
}

function whyReduced(claimedFen: bigint, fundFen: bigint, gain: bigint) {
  const [zh, en] = gain === 0n ? ["", ""] : ["，最大余数补 1 分", ", and 1 分 by largest remainder"];
  return {
    zh: `应兑合计 ${yuan(claimedFen)} 元，资金 ${yuan(fundFen)} 元，同比例兑付${zh}`,
    en: `CNY ${yuan(claimedFen)} are due and the fund has CNY ${yuan(fundFen)}: the same part for all${en}`,
  };
}
