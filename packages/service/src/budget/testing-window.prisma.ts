import { delegationStore } from "../access/delegation.prisma.ts";
import { type ConfirmStores, confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../confirmation/consent.prisma.ts";
import { entitlementStore } from "../entitlement/entitlement.prisma.ts";
import { stackingStore } from "../entitlement/stacking-terms.prisma.ts";
import { paidInOneSum, toOwnAccounts } from "../entitlement/testing-parts.prisma.ts";
import { nothingSaid } from "../entitlement/testing-stacking.ts";
import { SettableClock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { derivedId } from "../kernel/id.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { smallPolicy } from "../policies/testing-small-policy.ts";
import { budgetStore } from "./budget.prisma.ts";
import { claimPools } from "./claim-pool.prisma.ts";
import { fundLine } from "./fund-line.ts";
import { fundRules } from "./fund-rules.prisma.ts";
import { payerAccountStore } from "./payer-account.prisma.ts";
import { makeOffers, type Offer } from "./testing.prisma.ts";

/** For tests: every store that giving out a fund uses. */
export function windowStores(tx: Tx, compiled: CompiledPolicies) {
  return {
    entitlements: entitlementStore(tx),
    awardParts: paidInOneSum(tx),
    destinations: toOwnAccounts,
    stacking: stackingStore(tx, nothingSaid),
    budget: budgetStore(tx),
    payerAccounts: payerAccountStore(tx),
    funds: fundRules(tx, compiled),
    claimPools: claimPools(tx),
    policyVersions: policyVersionStore(tx),
    consents: consentStore(tx),
    delegations: delegationStore(tx),
    payees: payeeAccounts(tx),
    journal: journalOn(tx),
  };
}

export type WindowStores = ReturnType<typeof windowStores>;

/** For tests: one policy with a fund of its own, firms that are offered it, and their consents. */
export type Window = Readonly<{
  policyId: string;
  line: string;
  offers: readonly Offer[];
  deps: WindowDeps;
  confirm(offer: Offer): Promise<unknown>;
  /** Status, amount and waiting place of each firm's benefit: `confirmed 60`, `waitlisted 100 #2`. */
  standings(): Promise<string[]>;
}>;

export type WindowDeps = Readonly<{
  clock: SettableClock;
  compiled: CompiledPolicies;
  transaction: <Result>(work: (stores: WindowStores) => Promise<Result>) => Promise<Result>;
}>;

export function windowDeps(store: Store, start = "2025-11-03T09:00:00+08:00"): WindowDeps {
  const compiled = new CompiledPolicies();
  return {
    compiled,
    clock: new SettableClock(new Date(start)),
    transaction: (work) => store.prisma.$transaction((tx) => work(windowStores(tx, compiled))),
  };
}

type Wanted = Readonly<{
  series: number;
  line: string;
  fund: Readonly<Record<string, unknown>> | undefined;
  fundFen: bigint;
  amountFen: bigint;
  count: number;
  /** Further parts of the policy. */
  policy?: Readonly<Record<string, unknown>>;
  factsOf?(nth: number): Readonly<Record<string, unknown>>;
}>;

export async function openWindow(store: Store, deps: WindowDeps, wanted: Wanted): Promise<Window> {
  const { series, line, fund, fundFen, amountFen, count, policy = {}, factsOf } = wanted;
  const at = deps.clock.now();
  const policyId = `test-policy-${line}`;
  const payout = { budgetLine: line, period: "once", confirmWithinDays: 30 };
  const text = smallPolicy({ id: policyId, ...(fund && { fund }), payout, ...policy });
  await deps.transaction(async ({ policyVersions }) => {
    await policyVersions.insert({
      ...{
        id: derivedId("policy", policyId, 1),
        policyId,
        version: 1,
        title: "试验政策",
        sha256: digestOf(text),
        ...text,
      },
      ...{ budgetLine: line, validFrom: "2020-01-01" as Day, publishedBy: "author-1", approvedBy: "author-2" },
      publishedAt: at,
    });
  });
  if (fundFen > 0n) await fundWindow(deps, line, fundFen, "豫财〔2025〕1号");
  const offers = await makeOffers(store, { series, count, amountFen, line, at, ...(factsOf && { factsOf }) });
  return {
    policyId,
    line,
    offers,
    deps,
    confirm({ firmCode, entitlementId }) {
      const chosen = [{ entitlementId, amountFenSeen: String(amountFen) }];
      const transaction = <Result>(work: (stores: ConfirmStores) => Promise<Result>) => deps.transaction(work);
      const request = { firmCode, actor: "firm", requestKey: entitlementId, chosen };
      return confirmBenefits({ clock: deps.clock, transaction }, request);
    },
    async standings() {
      const rows = await store.prisma.entitlement.findMany({ where: { budgetLine: line } });
      return offers.map(({ entitlementId }) => {
        const row = rows.find(({ id }) => id === entitlementId);
        const place = row?.waitingPlace ? ` #${row.waitingPlace}` : "";
        return `${row?.status} ${row?.amountFen}${place}`;
      });
    },
  };
}

export function fundWindow(deps: WindowDeps, line: string, amountFen: bigint, document: string): Promise<void> {
  const payer = { name: "试验财政局", accountNo: "41000000000001", bankCode: "011491000016" };
  return fundLine(deps, { line: { id: line, title: line, year: 2025 }, payer, amountFen, document, actor: "finance" });
}
