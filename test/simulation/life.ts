import { admitWaitlisted } from "../../packages/service/src/budget/admit-waitlisted.ts";
import { confirmBenefits } from "../../packages/service/src/confirmation/confirm-benefits.ts";
import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import { SettableClock } from "../../packages/service/src/kernel/clock.ts";
import { addDays, type Day } from "../../packages/service/src/kernel/day.ts";
import { draftBatch } from "../../packages/service/src/payment/draft-batch.ts";
import { collectBankReports } from "../../packages/service/src/payment/receive-bank-file.ts";
import { sendApprovedBatches } from "../../packages/service/src/payment/send-batch.ts";
import { confirmAccounts } from "../../packages/service/src/payment/testing.prisma.ts";
import { PowerCut } from "../../packages/service/src/payment/testing-crash.ts";
import type { Store } from "../../packages/service/src/platform/store.prisma.ts";
import { carelessBank } from "./careless-bank.ts";
import { hearAgain, whatFollows } from "./journal.ts";
import { checkLaws, conclude } from "./laws.ts";
import { approveWhatIsDrafted, correct, refusedBy } from "./people.ts";
import { openPower } from "./power.ts";
import { both } from "./two-instances.ts";
import { at, Broken, type Life, type Lived, lineOf, transactionOn, type World } from "./world.ts";
import { fundTheRest, newWave, prepareTheYear, WAVE_DAYS } from "./year.ts";

/** So that a year ends soon. */
const START = "2025-11-25" as Day;
/** At the end line and post are calm and the power holds, so that everything can come to its end. */
const CALM_DAYS = 32;

/**
 * Days in the life of a finance bureau: two instances of the service on one store do the same jobs at the
 * same time, the power of each fails at any place, and the bank is careless with its line and post.
 * The same seed gives the same life on a store with one connection.
 *
 * @throws Broken naming seed, day and law
 */
export async function live(store: Store, life: Life): Promise<Lived> {
  const world: World = {
    ...{ life, store, clock: new SettableClock(at(START, 9)), bank: carelessBank(life.seed, natureOf) },
    ...{ power: openPower(), members: [], cuts: 0, line: lineOf(START), appropriatedFen: 0n },
  };
  for (let nth = 0; nth < life.days; nth += 1) {
    await oneDay(world, nth).catch((cause: unknown) => {
      const reason = cause instanceof Error ? (cause instanceof Broken ? cause.message : String(cause.stack)) : cause;
      throw new Broken(`seed ${life.seed}, day ${nth} of ${life.days}: ${reason}`, { cause });
    });
  }
  return conclude(world);
}

function natureOf(accountNo: string) {
  if (accountNo.startsWith("9")) return "fine";
  return randomFor(0, "nature", accountNo).weighted([
    ["fine", 6],
    ["other-name", 3],
    ["unknown", 1],
  ] as const);
}

async function oneDay(world: World, nth: number): Promise<void> {
  const { clock, life, bank } = world;
  const day = addDays(START, nth);
  const isCalm = nth >= life.days - CALM_DAYS;
  const random = randomFor(life.seed, "day", nth);
  clock.moveTo(at(day, 9));
  await prepareTheYear(world, day);
  if (nth % WAVE_DAYS === 0 && !isCalm) await newWave(world, nth);
  // Before a year ends as well, so that many are on their way when the lines change.
  if (nth % WAVE_DAYS === 15 || nth === life.days - CALM_DAYS || day.endsWith("12-27")) await fundTheRest(world, day);

  for (const member of world.members.filter(({ agreesOn, answered }) => agreesOn <= nth && !answered)) {
    await both(world, "confirm", nth, isCalm, async (deps) => {
      const { firmCode, entitlementId } = member;
      const chosen = [{ entitlementId, amountFenSeen: String(member.amountFen) }];
      await confirmBenefits(deps, { firmCode, actor: "firm", requestKey: entitlementId, chosen });
      member.answered = true;
    });
  }
  for (const member of await refusedBy(world)) {
    await both(world, `correct ${member.firmCode}`, nth, isCalm, (deps) => correct(deps, member));
  }
  await both(world, "flow 9", nth, isCalm, whatFollows);
  await both(world, "admit", nth, isCalm, (deps) => admitWaitlisted(deps));
  await hearAgain(world, nth, isCalm);
  await confirmAccounts({ clock, transaction: transactionOn(world.store) }, world.store.prisma);
  clock.moveTo(at(day, 10));
  if (random.chance(0.7) || isCalm)
    await both(world, "draft", nth, isCalm, (deps) => draftBatch(deps, { maker: "maker" }));
  clock.moveTo(at(day, 11));
  await approveWhatIsDrafted(world, nth, isCalm);
  for (const hour of [14, 15]) {
    clock.moveTo(at(day, hour));
    await both(world, `send ${hour}`, nth, isCalm, (deps) => sendApprovedBatches({ ...deps, onDoubt }));
  }
  clock.moveTo(at(day, 18));
  bank.closeDay(nth, day, isCalm);
  // The bank's counter is shut over the turn of the year, so that much is on its way when the lines change.
  if (day.slice(5) >= "12-28") return checkLaws(world);
  for (const round of [1, 2]) await both(world, `collect ${round}`, nth, isCalm, (deps) => collectBankReports(deps));
  await both(world, "flow 18", nth, isCalm, whatFollows);
  await checkLaws(world);
}

/** A cut is no doubt about the bank: the machine stands still. */
function onDoubt(_: string, cause: unknown): void {
  if (cause instanceof PowerCut) throw cause;
}
