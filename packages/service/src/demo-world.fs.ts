import path from "node:path";
import { crowdView } from "./demo/crowd.prisma.ts";
import { MAKER } from "./demo/demo-people.ts";
import { demoSetting, keepDemoTime } from "./demo/demo-setting.prisma.ts";
import { type LocalMailServer, startLocalMail } from "./demo/local-mail.smtp.ts";
import { live, momentAt, type PlayDeps } from "./demo/play.ts";
import { writeSampleDeliveries } from "./demo/sample-deliveries.fs.ts";
import type { SamplePerson } from "./demo/sample-persons.ts";
import { importDeliveries, setStage } from "./demo/set-stage.fs.ts";
import { openSimulatedBank } from "./demo/simulated-bank.fs.ts";
import type { DeliverySource } from "./facts/delivery-source.ts";
import { type House, openHouse } from "./house.prisma.ts";
import { type Clock, SettableClock } from "./kernel/clock.ts";
import { type Day, daysBetween, startOfDay } from "./kernel/day.ts";
import type { Random } from "./kernel/random.ts";
import { smtpMailer } from "./notice/mailer.smtp.ts";
import { fileExchangeBank } from "./payment/file-exchange.bank.ts";
import type { Store } from "./platform/store.prisma.ts";
import { loadPolicies } from "./policies/policy-source.fs.ts";
import { loadSourcesIn } from "./policies/rules-directory.fs.ts";

export type DemoOptions = Readonly<{
  store: Store;
  /** Where deliveries, the bank's books and the exchanged files lie. */
  directory: string;
  rules: string;
  firms: number;
  /** A few natural persons with a benefit of their own. */
  withPersons?: boolean;
  seed: number;
  wallClock: Clock;
  random: Random;
  /** The nightly match decides every firm, also where nothing can be another. */
  everybody?: boolean;
  log(message: string, cause?: unknown): void;
}>;

/** A whole administration in one process: departments, firms, a bank, a mail server, and the service itself. */
export type DemoWorld = Readonly<{
  house: House;
  sources: ReadonlyMap<string, DeliverySource>;
  play: PlayDeps;
  playedByVisitor: Set<string>;
  persons: readonly SamplePerson[];
  mail: LocalMailServer;
  close(): Promise<void>;
}>;

/** A Monday on which all three policies of the sample can be decided. */
const START: Day = "2025-11-03" as Day;

/** Opens the demonstration of a store, or begins one; goes on exactly where a crash left it. */
export async function openDemoWorld(options: DemoOptions): Promise<DemoWorld> {
  const { store, directory, rules, firms, seed, wallClock, random, log } = options;
  const setting = await demoSetting(store.prisma, { seed, firms, start: startOfDay(START) }, random);
  log(`${firms} invented firms (seed ${seed}), simulated time ${setting.now}`);
  const size = { seed, count: firms, start: START, withPersons: options.withPersons ?? false };
  const sample = await writeSampleDeliveries(path.join(directory, "deliveries"), size);
  const sources = await loadSourcesIn(rules);
  const policies = await loadPolicies(rules, path.join(rules, "vocabulary"));
  const exchange = path.join(directory, `bank-${setting.installation}`);
  const simulatedBank = await openSimulatedBank({ exchange, directory: exchange, holders: sample.holders });
  const mail = await startLocalMail();
  const mailer = smtpMailer(mail.url);
  const closeNeighbours = async () => {
    mailer.close();
    await mail.close();
    simulatedBank.close();
  };
  const clock = new SettableClock(new Date(setting.now));
  const house = openHouse({
    store,
    clock,
    wallClock,
    random,
    bank: await fileExchangeBank(exchange),
    channels: [mailer],
    maker: MAKER,
    soleInstance: true,
    log,
    ...(options.everybody !== undefined && { everybody: options.everybody }),
  });
  const playedByVisitor = new Set<string>();
  const play: PlayDeps = {
    transaction: house.transaction,
    clock,
    view: crowdView(store.prisma),
    behaviours: sample.behaviours,
    holders: sample.holders,
    playedByVisitor,
    bank: simulatedBank,
    deliver: (day) => deliverRound(options, house, sources, day),
    keepTime: (now) => keepDemoTime(store.prisma, now),
    runDue: house.runDue,
  };
  try {
    await setStage({ ...house, sources, policies: policies.filter(isOfDemo(size.withPersons)), sample, progress: log });
    await completeInterrupted(play);
  } catch (cause) {
    // A server that still listens would keep a process alive that has nothing left to do.
    await closeNeighbours();
    throw cause;
  }
  return {
    house,
    sources,
    play,
    playedByVisitor,
    persons: sample.persons,
    mail,
    async close() {
      await house.pump();
      await closeNeighbours();
      await store.close();
    },
  };
}

const ROUND_DAYS = 14;
/** What a round repeats: titles are lists of a year, and the ledger would have to know what we have paid since. */
const repeated = new Set([
  ...["market-regulation", "tax", "human-resources", "credit", "emergency"],
  ...["residents", "disabled-persons", "civil-affairs"],
]);

/** Every second week departments deliver anew, or what they said would go stale. */
async function deliverRound(
  { directory, firms, seed, withPersons = false }: DemoOptions,
  house: House,
  sources: DemoWorld["sources"],
  day: Day,
) {
  const days = daysBetween(START, day);
  if (days === 0 || days % ROUND_DAYS !== 0) return;
  const round = path.join(directory, "deliveries", day);
  const { deliveries } = await writeSampleDeliveries(round, { seed, count: firms, start: START, withPersons }, day);
  const due = deliveries.filter(({ sourceId, isPartial }) => repeated.has(sourceId) && !isPartial);
  await importDeliveries({ ...house, sources }, due);
}

/** The three policies whose facts the sample departments deliver. */
const demoPolicies = new Set(["o01", "o07a", "o10"]);

const personPolicies = new Set(["o27"]);

function isOfDemo(withPersons: boolean) {
  const wanted = withPersons ? [...demoPolicies, ...personPolicies] : [...demoPolicies];
  return ({ policy }: Readonly<{ policy: Readonly<{ id: string }> }>) =>
    wanted.some((short) => policy.id.includes(short));
}

/** A crash in the middle of a moment leaves some of it undone. */
async function completeInterrupted(play: PlayDeps): Promise<void> {
  const now = play.clock.now();
  const moment = momentAt(now);
  if (moment) await live(play, now, moment);
}
