import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { agreeToAll, makeOffers, type Offer } from "../budget/testing.prisma.ts";
import { openSimulatedBank, type SimulatedBank, type SimulatedBankOptions } from "../demo/simulated-bank.fs.ts";
import type { Store } from "../platform/store.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import type { Bank } from "./bank-port.ts";
import { draftBatch } from "./draft-batch.ts";
import { fileExchangeBank } from "./file-exchange.bank.ts";
import { type Prepared, preparePayment } from "./prepare-payment.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { type MoneyDeps, moneyDeps } from "./testing.prisma.ts";

/** For tests: a finance bureau, its bank with its own books, and the folders between them. */
export type Town = Readonly<{
  store: Store;
  deps: MoneyDeps;
  bank: Bank;
  simulated: SimulatedBank;
  /** Account number → holder's name as the bank knows it; tests change it to make the bank refuse. */
  holders: Map<string, string>;
  /** Moves the clock: Shanghai time, `2025-11-04T18:30`. */
  at(shanghaiTime: string): void;
  /** Firms that have agreed to what they are owed from this line. */
  agreed(line: string, count: number, amountFen: bigint): Promise<Offer[]>;
  prepare(offers: readonly Offer[]): Promise<Prepared[]>;
  /** Maker, checker, and out. @returns id of the batch */
  draftApproveSend(): Promise<string>;
  /** The bank works up to now, and what it put out is taken in. */
  bankDay(): ReturnType<typeof collectBankReports>;
  close(): Promise<void>;
}>;

// Test databases may be shared by several test files' towns, one after the other.
let series = 0;

export async function openTown(store: Store, options: Partial<SimulatedBankOptions> = {}): Promise<Town> {
  const deps = moneyDeps(store);
  const directory = await mkdtemp(path.join(tmpdir(), "bank-"));
  const holders = new Map<string, string>();
  const exchange = path.join(directory, "exchange");
  const bank = await fileExchangeBank(exchange);
  const simulated = await openSimulatedBank({ exchange, directory: path.join(directory, "bank"), holders, ...options });
  return {
    store,
    deps,
    bank,
    simulated,
    holders,
    at: (shanghaiTime) => deps.clock.moveTo(new Date(`${shanghaiTime}:00+08:00`)),
    async agreed(line, count, amountFen) {
      series += 1;
      const offers = await makeOffers(store, { series, count, amountFen, line, at: deps.clock.now() });
      await agreeToAll(store, offers, deps.clock.now());
      for (const { accountNo, holderName } of offers) holders.set(accountNo, holderName);
      return offers;
    },
    async prepare(offers) {
      const answers: Prepared[] = [];
      for (const { entitlementId } of offers) answers.push(await preparePayment(deps, { entitlementId }));
      return answers;
    },
    async draftApproveSend() {
      const { batchId } = await draftBatch(deps, { maker: "maker" });
      if (batchId === undefined) throw new Error("nothing to pay");
      const { sha256 } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId } });
      await approveBatch(deps, { batchId, checker: "checker", sha256 });
      await sendApprovedBatches({ ...deps, bank });
      return batchId;
    },
    async bankDay() {
      await simulated.run(deps.clock.now());
      return collectBankReports({ ...deps, bank });
    },
    async close() {
      simulated.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
