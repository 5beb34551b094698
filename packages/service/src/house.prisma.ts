import { sealJournal } from "./audit/seal-journal.ts";
import { flow } from "./flow.ts";
import { type JobsDeps, jobsOf } from "./jobs.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Random } from "./kernel/random.ts";
import type { Transaction } from "./kernel/transaction.ts";
import type { Channel } from "./notice/channel.ts";
import { deliverDispatches } from "./notice/deliver-dispatches.ts";
import { writeLetters } from "./notice/write-letters.ts";
import type { Bank } from "./payment/bank-port.ts";
import { refuseUnsafeBank } from "./payment/bank-safety.ts";
import type { OtherChannel } from "./payment/channel-tables.ts";
import { jobRuns } from "./platform/job-run.prisma.ts";
import type { Store, Tx } from "./platform/store.prisma.ts";
import { CompiledPolicies } from "./policies/compiled-policies.ts";
import { LiveReach } from "./reach/live-reach.ts";
import type { Shelf } from "./reach/shelf.ts";
import { runFlow } from "./run-flow.ts";
import { type Job, runDueJobs } from "./run-jobs.ts";
import { LARGEST_DELIVERY_MS, type Stores, transactionsOn } from "./stores.prisma.ts";

/** What the house stands on; everything from outside comes in here. */
export type HouseDeps = Readonly<{
  store: Store;
  /** Business time; a demonstration moves it by hand. */
  clock: Clock;
  /** Real time, for sessions and leases. */
  wallClock: Clock;
  random: Random;
  bank: Bank;
  /** Utility companies, lending banks, tax offices, by the channel that they carry out. */
  institutions?: ReadonlyMap<OtherChannel, Bank>;
  /** The ways to firms beside their inbox. None: letters wait until one is configured. */
  channels: readonly Channel[];
  /** Account under which payment batches are drafted. */
  maker: string;
  /** No other process works on this store, so an unfinished job belongs to a dead one. */
  soleInstance: boolean;
  /** Where the columns of all firms are kept while no process runs; nowhere, unless said. */
  reachShelf?: Shelf;
  log(message: string, cause?: unknown): void;
  onProgress?(done: number): void;
  /** The nightly match decides every firm, also where nothing can be another. */
  everybody?: boolean;
}>;

/** A running service: its rooms joined, its work ready to be started by clock, event or person. */
export type House = Readonly<{
  store: Store;
  /** For reading outside transactions. */
  db: Tx;
  transaction: Transaction<Stores>;
  /** The same for a delivery of any size, which is one transaction all the same. */
  deliveryTransaction: Transaction<Stores>;
  clock: Clock;
  wallClock: Clock;
  random: Random;
  /** The ways to firms beside their inbox. */
  channels: readonly Channel[];
  compiled: CompiledPolicies;
  /** All firms under the policies in force, for whoever asks how many. */
  reach: LiveReach;
  jobs: readonly Job[];
  /** Runs what is due by the clock. */
  runDue(): Promise<void>;
  /** Takes the journal forward: follow-up steps, letters, seals. Calls while it runs join the next round. */
  pump(): Promise<void>;
}>;

/** @throws DomainError bank-unsafe */
export function openHouse(deps: HouseDeps): House {
  const { institutions = new Map() } = deps;
  const { store, clock, wallClock, random, bank, channels, maker, soleInstance, log, onProgress } = deps;
  for (const each of [bank, ...institutions.values()]) refuseUnsafeBank(each);
  const compiled = new CompiledPolicies();
  const transaction = transactionsOn(store, compiled);
  const deliveryTransaction = transactionsOn(store, compiled, { timeout: LARGEST_DELIVERY_MS });
  const pump = oneAtATime(async () => {
    const onFailure = (event: { seq: bigint }, step: string, cause: unknown) =>
      log(`step ${step} failed for event ${event.seq}; it will be tried again`, cause);
    await runFlow({ transaction, clock, flow, onFailure });
    await writeLetters({ transaction, clock, channels: new Set(channels.map(({ name }) => name)) });
    await deliverDispatches({ transaction, clock, channels });
    await sealJournal({ transaction, clock });
  });
  const jobDeps: JobsDeps = {
    transaction,
    clock,
    wallClock,
    compiled,
    bank,
    institutions,
    maker,
    pump,
    onDoubt: (messageId, cause) => log(`the bank's answer to ${messageId} is in doubt; it will be asked`, cause),
    onRefused: (name, reason) => log(`bank file ${name} set aside: ${reason}`),
    onUnheard: (name, cause) => log(`bank file ${name} was dealt with, and the bank has not heard of it`, cause),
    ...(onProgress && { onProgress }),
    ...(deps.everybody !== undefined && { everybody: deps.everybody }),
  };
  const jobs = jobsOf(jobDeps);
  const runner = {
    jobRuns: jobRuns(store.prisma),
    clock,
    wallClock,
    soleInstance,
    onFailure: (job: Job, slot: string, cause: unknown) => log(`job ${job.name} failed in slot ${slot}`, cause),
  };
  const runDue = oneAtATime(() => runDueJobs(runner, jobs));
  return {
    store,
    db: store.prisma,
    transaction,
    deliveryTransaction,
    clock,
    wallClock,
    random,
    channels,
    compiled,
    reach: new LiveReach({ transaction, clock, compiled, shelf: deps.reachShelf }),
    jobs,
    runDue,
    pump,
  };
}

/** Never two runs at once; who asks during a run gets one that begins after it. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = () => {
    next = undefined;
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (!running) return start();
    next ??= running.then(start, start);
    return next;
  };
}
