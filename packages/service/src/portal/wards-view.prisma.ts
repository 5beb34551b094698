import type { WardBrief } from "@apply-free/ui";
import { liveGuardianships } from "../access/guardianship.prisma.ts";
import { isInOffice } from "../access/guardianship.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";

/** Whose guardian somebody is today, by name, with how many offers wait: no more before the ward is opened. */
export async function wardsOf(
  { db, clock }: Readonly<{ db: Tx; clock: Clock }>,
  guardian: string,
): Promise<readonly WardBrief[]> {
  const now = clock.now();
  const live = (await liveGuardianships(db, { guardian })).filter((each) => isInOffice(each, dayOf(now)));
  if (live.length === 0) return [];
  const codes = live.map(({ ward }) => ward);
  const names = await firmNames(db, codes);
  const waiting = await db.entitlement.groupBy({
    ...{ by: ["firmCode"], _count: true },
    where: { firmCode: { in: codes }, status: "offered", confirmBefore: { gt: now } },
  });
  return live.map(({ id, ward }) => ({
    ...{ id, name: names.get(ward) ?? "" },
    offers: waiting.find(({ firmCode }) => firmCode === ward)?._count ?? 0,
  }));
}
