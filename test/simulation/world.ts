import { delegationStore } from "../../packages/service/src/access/delegation.prisma.ts";
import type { Offer } from "../../packages/service/src/budget/testing.prisma.ts";
import { consentStore, payeeAccounts } from "../../packages/service/src/confirmation/consent.prisma.ts";
import type { SettableClock } from "../../packages/service/src/kernel/clock.ts";
import type { Day } from "../../packages/service/src/kernel/day.ts";
import type { Transaction } from "../../packages/service/src/kernel/transaction.ts";
import type { Bank } from "../../packages/service/src/payment/bank-port.ts";
import { moneyStores } from "../../packages/service/src/payment/testing.prisma.ts";
import { flowSteps } from "../../packages/service/src/platform/flow-step.prisma.ts";
import { inTransaction, type Store, type Tx } from "../../packages/service/src/platform/store.prisma.ts";
import { offsetStore } from "../../packages/service/src/recovery/offset.prisma.ts";
import { recoveryStore } from "../../packages/service/src/recovery/recovery.prisma.ts";
import type { CarelessBank } from "./careless-bank.ts";
import type { Power } from "./power.ts";

export type Life = Readonly<{ seed: number; days: number }>;

/** What came of it. A life that breaks a law ends at once with a `Broken`. */
export type Lived = Readonly<{
  seed: number;
  days: number;
  firms: number;
  paid: number;
  attempts: number;
  cuts: number;
  /** Places that were passed; and those of them at which the power never failed. */
  places: readonly string[];
  neverCut: readonly string[];
  happened: readonly string[];
}>;

/** A law of paying that did not hold. */
export class Broken extends Error {
  override readonly name = "Broken";
}

const storesOf = (tx: Tx) => ({
  ...moneyStores(tx),
  consents: consentStore(tx),
  delegations: delegationStore(tx),
  payees: payeeAccounts(tx),
  offsets: offsetStore(tx),
  recoveries: recoveryStore(tx),
  flowSteps: flowSteps(tx),
});
export type Stores = ReturnType<typeof storesOf>;
export type Deps = Readonly<{ clock: SettableClock; transaction: Transaction<Stores>; bank: Bank }>;

export type Member = Offer & { agreesOn: number; answered: boolean; correctedTo?: string };

export type World = {
  readonly life: Life;
  readonly store: Store;
  readonly clock: SettableClock;
  readonly bank: CarelessBank;
  readonly power: Power;
  readonly members: Member[];
  cuts: number;
  line: string;
  appropriatedFen: bigint;
};

export function transactionOn({ prisma }: Store): Transaction<Stores> {
  return (work) => inTransaction(prisma, (tx) => work(storesOf(tx)));
}

/** The firm's account, and the one that it names when the bank refuses that. */
export function accountsOf({ accountNo }: Offer): readonly [string, string] {
  return [accountNo, `9${accountNo.slice(1)}`];
}

export function lineOf(day: Day): string {
  return `life-${day.slice(0, 4)}`;
}

const HOUR = 3_600_000;

export function at(day: Day, hour: number): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + hour * HOUR);
}
