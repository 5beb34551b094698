import type { CounterOffer, OpenedFirm } from "@apply-free/ui";
import { type FirmViewDeps, openOffersOf } from "../portal/firm-views.prisma.ts";

/**
 * What somebody who acts for a firm may see of it: what waits, and until when. Of the account only the bank's
 * name, and of the reasons nothing, for facts about people can be among them.
 */
export async function counterView(
  deps: FirmViewDeps,
  firmCode: string,
): Promise<Pick<OpenedFirm, "firmCode" | "firmName" | "bankName" | "offers"> | undefined> {
  const firm = await deps.db.firm.findUnique({ where: { code: firmCode }, select: { name: true } });
  if (!firm) return undefined;
  const account = await deps.db.bankAccount.findFirst({
    where: { firmCode, status: "active" },
    select: { bankName: true },
  });
  const offers = await offersBriefly(deps, firmCode);
  return { firmCode, firmName: firm.name, bankName: account?.bankName, offers };
}

export async function offersBriefly(deps: FirmViewDeps, firmCode: string): Promise<CounterOffer[]> {
  const offers = await openOffersOf(deps, firmCode);
  return offers.map(({ id, title, amountFen, confirmBefore, document }) => ({
    ...{ id, title, amountFen, confirmBefore, document },
  }));
}
