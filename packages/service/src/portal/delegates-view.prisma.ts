import type { DelegatesProps, DelegateView } from "@apply-free/ui";
import { delegationsOf } from "../access/delegation.prisma.ts";
import type { Delegation } from "../access/delegation.ts";
import { liveInvitations } from "../access/helper-invitation.prisma.ts";
import { dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type { FirmViewDeps } from "./firm-views.prisma.ts";

/** Everybody who was ever let in, newest first, and what a new one can be let in for. */
export async function delegatesView(
  { db, compiled, now }: FirmViewDeps,
  firmCode: string,
): Promise<Pick<DelegatesProps, "delegates" | "policies" | "helpers">> {
  const delegations = await delegationsOf(db, firmCode);
  const versions = await policyVersionStore(db).listLatest();
  const policies = versions.map((version) => {
    const { id, title } = compiled.get(version).policy;
    return { id, title };
  });
  const titleOf = (id: string) => policies.find((policy) => policy.id === id)?.title ?? id;
  const ids = delegations.map(({ accountId }) => accountId);
  const people = await db.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, login: true, displayName: true },
  });
  const delegates = delegations.flatMap((delegation): DelegateView[] => {
    const person = people.find(({ id }) => id === delegation.accountId);
    if (!person) return [];
    const { id, policies: scope, capFen, expiresOn } = delegation;
    return [
      {
        ...{ id, expiresOn, login: person.login, displayName: person.displayName, capFen: String(capFen) },
        policies: scope === "all" ? undefined : scope.map(titleOf),
        state: stateOf(delegation, now),
      },
    ];
  });
  return { delegates, policies, helpers: await helpersOf(db, firmCode) };
}

async function helpersOf(db: Tx, firmCode: string): Promise<DelegatesProps["helpers"]> {
  const ids = (await liveInvitations(db, { firmCode })).map(({ helper }) => helper);
  return db.account.findMany({
    where: { id: { in: ids } },
    orderBy: { login: "asc" },
    select: { id: true, displayName: true },
  });
}

function stateOf({ revoked, expiresOn }: Delegation, now: Date): DelegateView["state"] {
  if (revoked) return "revoked";
  return dayOf(now) <= expiresOn ? "live" : "expired";
}
