import type { Allocation, Claim } from "./claim.ts";
import type { Fund } from "./fund.ts";
import { inOrderOfConsent, inOrderOfLots, inOrderOfScore, type Sha256 } from "./order.ts";
import { shareProRata } from "./pro-rata.ts";
import { serveInOrder } from "./serve-in-order.ts";

/** What a draw needs beside the claims: the seed whose digest the policy published. */
export type Draw = Readonly<{ seed?: string; sha256: Sha256 }>;

/**
 * Gives a fund out to claims by the rule that its policy declares. Pure, and the same whatever order
 * the claims come in: who has fund, claims and seed can do it again.
 *
 * @throws Error the claims repeat an id, or a lottery has no seed, or another than was published
 */
export function allocate(fund: Fund, claims: readonly Claim[], fundFen: bigint, { seed, sha256 }: Draw): Allocation {
  if (new Set(claims.map(({ id }) => id)).size !== claims.length) throw new Error("a claim is there twice");
  switch (fund.rule) {
    case "pro-rata":
      return shareProRata(claims, fundFen);
    case "first-come":
      return serveInOrder(inOrderOfConsent(claims), fundFen, ({ agreedAt }) => ({
        zh: `${agreedAt} 确认`,
        en: `agreed ${agreedAt}`,
      }));
    case "ranked":
      return serveInOrder(inOrderOfScore(claims), fundFen, ({ score }) =>
        score === undefined
          ? { zh: "得分所需数据不全，排在最后", en: "facts for the score are missing, so it comes last" }
          : { zh: `得分 ${score}`, en: `score ${score}` },
      );
    case "lottery": {
      if (seed === undefined || sha256(seed) !== fund.seedSha256) throw new Error("not the seed that was published");
      return serveInOrder(inOrderOfLots(claims, seed, sha256), fundFen, () => ({ zh: "摇号", en: "by lot" }));
    }
  }
}
