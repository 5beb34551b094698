import { fundLine } from "../../packages/service/src/budget/fund-line.ts";
import { makeOffers } from "../../packages/service/src/budget/testing.prisma.ts";
import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import type { Day } from "../../packages/service/src/kernel/day.ts";
import { carryOver } from "../../packages/service/src/payment/carry-over.ts";
import { lineOf, type Member, transactionOn, type World } from "./world.ts";

/** New offers come in waves; from each wave one firm agrees every few days. */
export const WAVE_DAYS = 24;
const WAVE_FIRMS = 7;
const PAYER = { name: "试验财政局", bankCode: "011491000016" };

/** A line for each year; what is owed and left goes over to the next. */
export async function prepareTheYear(world: World, day: Day): Promise<void> {
  const next = lineOf(day);
  if (world.line === next && world.appropriatedFen > 0n) return;
  const deps = { clock: world.clock, transaction: transactionOn(world.store) };
  if (world.appropriatedFen > 0n) {
    const to = { id: next, title: next, year: Number(day.slice(0, 4)) };
    const document = `结转 ${day}`;
    await carryOver(deps, { from: world.line, to, available: "carried", document, actor: "finance" });
  }
  world.line = next;
  await fund(world, 1n, `开户 ${day}`);
}

/** More firms are offered something than the fund has money for. */
export async function newWave(world: World, nth: number): Promise<void> {
  const { store, clock, members, line } = world;
  const series = Math.floor(nth / WAVE_DAYS);
  const random = randomFor(world.life.seed, "wave", nth);
  const own: Member[] = [];
  for (let firm = 0; firm < WAVE_FIRMS; firm += 1) {
    // No two alike, so that money of one that goes to another is seen.
    const amountFen = 100n + BigInt(series * WAVE_FIRMS + firm);
    const terms = { series: series * WAVE_FIRMS + firm, count: 1, amountFen, line, at: clock.now() };
    for (const offer of await makeOffers(store, terms)) {
      own.push({ ...offer, agreesOn: nth + random.int(0, 14), answered: false });
    }
  }
  members.push(...own);
  // Not enough for all, so that some wait; the rest comes at half time.
  await fund(world, sumFen(own.slice(0, random.int(2, WAVE_FIRMS - 2))), `首批 ${nth}`);
}

export function sumFen(members: readonly Pick<Member, "amountFen">[]): bigint {
  return members.reduce((total, { amountFen }) => total + amountFen, 0n);
}

/** The money that was missing so far. */
export async function fundTheRest(world: World, day: Day): Promise<void> {
  const wanted = sumFen(world.members);
  if (wanted > world.appropriatedFen) await fund(world, wanted - world.appropriatedFen, `追加 ${day}`);
}

async function fund(world: World, amountFen: bigint, document: string): Promise<void> {
  const { clock, store, line } = world;
  const year = Number(line.slice(-4));
  const deps = { clock, transaction: transactionOn(store) };
  const payer = { ...PAYER, accountNo: "41000000000001" };
  await fundLine(deps, { line: { id: line, title: line, year }, payer, amountFen, document, actor: "finance" });
  world.appropriatedFen += amountFen;
}
