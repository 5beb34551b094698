import { labelOf } from "@apply-free/rules";
import type { DisputeView, FactRow, MyDataProps } from "@apply-free/ui";
import { toDispute } from "../dispute/dispute.prisma.ts";
import { isOverdue } from "../dispute/dispute.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { dayOf } from "../kernel/day.ts";
import { speaksOf } from "../matching/speaks-of.ts";
import { policyVersionStore, vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { factViewOf } from "./fact-view.ts";
import type { FirmViewDeps } from "./firm-views.prisma.ts";

/** Every fact that is held of a firm, and every one that decisions look at: who said so, when, and for which policy. */
export async function myDataOf(
  { db, compiled, now }: FirmViewDeps,
  firm: Readonly<{ code: string; name: string }>,
): Promise<Omit<MyDataProps, "context">> {
  const { regionCode } = await db.firm.findUniqueOrThrow({ where: { code: firm.code }, select: { regionCode: true } });
  const latest = (await policyVersionStore(db).listLatest()).map((version) => compiled.get(version));
  const versions = latest.filter(({ policy }) => speaksOf(policy, firm.code));
  const rows = new Map<string, FactRow>();
  for (const { policy, vocabulary, needs } of versions) {
    const profile = await profileSource(db, vocabulary.facts).load([firm.code], dayOf(now));
    for (const id of needs) {
      const known = rows.get(id);
      const usedFor = [...(known?.usedFor ?? []), policy.title];
      rows.set(id, { ...factViewOf(id, profile.get(firm.code)?.[id], vocabulary), usedFor });
    }
    for (const [id, state] of Object.entries(profile.get(firm.code) ?? {})) {
      if (!rows.has(id)) rows.set(id, { ...factViewOf(id, state, vocabulary), usedFor: [] });
    }
  }
  const disputes = await disputesOf({ db, compiled, now }, firm.code);
  return { firm: { name: firm.name, creditCode: firm.code, regionCode }, facts: [...rows.values()], disputes };
}

const MOST_DISPUTES = 50;

async function disputesOf({ db, compiled, now }: FirmViewDeps, firmCode: string): Promise<DisputeView[]> {
  const vocabulary = await vocabularyInForce(db, compiled);
  const rows = await db.dispute.findMany({
    where: { firmCode },
    orderBy: [{ openedAt: "desc" }, { id: "asc" }],
    take: MOST_DISPUTES,
  });
  return rows.map(toDispute).map((dispute) => {
    const { id, factId, claim, status, answerBy } = dispute;
    const answer = "answer" in dispute ? dispute.answer : undefined;
    const overdue = isOverdue(dispute, dayOf(now));
    return { id, factId, label: labelOf(vocabulary, factId), claim, status, answerBy, overdue, answer };
  });
}
