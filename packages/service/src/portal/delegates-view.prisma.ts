import type { DelegateBounds, DelegatesProps, DelegateView } from "@apply-free/ui";
import { delegationStore, delegationsOf } from "../access/delegation.prisma.ts";
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
  const policies = await policiesOf({ db, compiled });
  const ids = delegations.map(({ accountId }) => accountId);
  const people = await db.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, login: true, displayName: true },
  });
  const delegates = delegations.flatMap((delegation): DelegateView[] => {
    const person = people.find(({ id }) => id === delegation.accountId);
    if (!person) return [];
    const { login, displayName } = person;
    const state = stateOf(delegation, now);
    return [{ id: delegation.id, login, displayName, ...boundsIn(policies, delegation), state }];
  });
  return { delegates, policies, helpers: await helpersOf(db, firmCode) };
}

/** What a delegate may do; nothing for anybody else, and when the delegation was taken back. */
export async function ownBounds(
  { db, compiled }: Omit<FirmViewDeps, "now">,
  accountId: string,
): Promise<DelegateBounds | undefined> {
  const delegation = await delegationStore(db).boundsOf(accountId);
  if (delegation === undefined || delegation === "none") return undefined;
  return boundsIn(await policiesOf({ db, compiled }), delegation);
}

async function policiesOf({ db, compiled }: Omit<FirmViewDeps, "now">): Promise<DelegatesProps["policies"]> {
  const versions = await policyVersionStore(db).listLatest();
  return versions.map((version) => {
    const { id, title } = compiled.get(version).policy;
    return { id, title };
  });
}

function boundsIn(all: DelegatesProps["policies"], { policies, capFen, expiresOn }: Delegation): DelegateBounds {
  const titleOf = (id: string) => all.find((policy) => policy.id === id)?.title ?? id;
  return { policies: policies === "all" ? undefined : policies.map(titleOf), capFen: String(capFen), expiresOn };
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
