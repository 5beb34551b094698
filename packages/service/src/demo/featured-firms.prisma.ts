import type { Tx } from "../platform/store.prisma.ts";

export type FeaturedFirm = Readonly<{ code: string; name: string; why: string }>;

/** Firms worth signing in as: with several offers, with one, with money that will come back, with data missing. */
export async function featuredFirms(db: Tx): Promise<FeaturedFirm[]> {
  const several = await firmWithOffers(db, 2);
  const single = await firmWithOffers(db, 1);
  const renamed = await firmWhoseAccountIsAnotherName(db);
  const [undetermined] = await db.$queryRaw<{ code: string; name: string }[]>`
    SELECT firm.code, firm.name FROM firm
    WHERE EXISTS (SELECT FROM decision WHERE decision.firm_code = firm.code AND outcome = 'undetermined')
      AND NOT EXISTS (SELECT FROM entitlement WHERE entitlement.firm_code = firm.code)
    ORDER BY firm.code LIMIT 1`;
  return [
    ...(several ? [{ ...several, why: "有多项补贴待确认" }] : []),
    ...(single ? [{ ...single, why: "有一项补贴待确认" }] : []),
    ...(renamed ? [{ ...renamed, why: "户名不一致，款项会被银行退回" }] : []),
    ...(undetermined ? [{ ...undetermined, why: "数据不全，尚未判定" }] : []),
  ];
}

async function firmWithOffers(db: Tx, least: 1 | 2) {
  const [firm] = await db.$queryRaw<{ code: string; name: string }[]>`
    SELECT firm.code, firm.name FROM firm JOIN entitlement ON entitlement.firm_code = firm.code
    JOIN bank_account ON bank_account.firm_code = firm.code AND bank_account.status = 'active'
      AND bank_account.holder_name = firm.name
    GROUP BY firm.code, firm.name
    HAVING count(*) >= ${least} AND (${least} > 1 OR count(*) = 1)
    ORDER BY count(*) DESC, firm.code LIMIT 1`;
  return firm;
}

async function firmWhoseAccountIsAnotherName(db: Tx) {
  const [firm] = await db.$queryRaw<{ code: string; name: string }[]>`
    SELECT firm.code, firm.name FROM firm
    JOIN bank_account ON bank_account.firm_code = firm.code AND bank_account.status = 'active'
      AND bank_account.holder_name <> firm.name
    WHERE EXISTS (SELECT FROM entitlement WHERE entitlement.firm_code = firm.code)
    ORDER BY firm.code LIMIT 1`;
  return firm;
}
