import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { budgetStore } from "./budget.prisma.ts";
import type { BudgetStore } from "./budget-store.ts";
import { type Bucket, type Move, postingsOf } from "./posting.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const LINES = ["model-a", "model-b"] as const;
const at = new Date("2025-11-03T09:00:00+08:00");
/** What is to be moved where; `source` gives without end, nothing else may fall below zero. */
const paths = [
  ["source", "available"],
  ["available", "reserved"],
  ["reserved", "available"],
  ["reserved", "committed"],
  ["committed", "in-transit"],
  ["in-transit", "paid"],
  ["in-transit", "reserved"],
  ["paid", "returned"],
  ["returned", "reserved"],
  ["reserved", "carried"],
] as const satisfies readonly (readonly [Bucket, Bucket])[];

type Model = { balances: Map<string, bigint>; posted: Map<string, string> };
type Real = Readonly<{ tx: Tx; budget: BudgetStore }>;
type Command = fc.AsyncCommand<Model, Real>;

const balance = ({ balances }: Model, line: string, bucket: Bucket) => balances.get(`${line} ${bucket}`) ?? 0n;
const contentOf = ({ line, from, to, amountFen }: Move) => [line, from, to, amountFen].join(" ");

function book(model: Model, move: Move): void {
  for (const { budgetLine, bucket, amountFen } of postingsOf(move, at)) {
    model.balances.set(`${budgetLine} ${bucket}`, balance(model, budgetLine, bucket) + amountFen);
  }
  model.posted.set(move.businessKey, contentOf(move));
}

/** A statement that the database refuses must not take the others of this life with it. */
async function attempt<Result>({ tx }: Real, work: () => Promise<Result>): Promise<Result | "refused"> {
  await tx.$executeRawUnsafe("SAVEPOINT one");
  try {
    const result = await work();
    await tx.$executeRawUnsafe("RELEASE SAVEPOINT one");
    return result;
  } catch {
    await tx.$executeRawUnsafe("ROLLBACK TO SAVEPOINT one");
    return "refused";
  }
}

/** A move, perhaps under a key that is known: the same again moves nothing, another content is refused. */
const moved = (move: Move): Command => ({
  check: () => true,
  async run(model, real) {
    const known = model.posted.get(move.businessKey);
    const isShort = move.from !== "source" && balance(model, move.line, move.from) < move.amountFen;
    const answer = await attempt(real, () => real.budget.move([move], at));
    if (known !== undefined) return void expect(answer).toBe(known === contentOf(move) ? 0 : "refused");
    expect(answer).toBe(isShort ? "refused" : 1);
    if (!isShort) book(model, move);
  },
  toString: () => `${move.businessKey}: ${contentOf(move)}`,
});

/** The one statement that looks and takes: never more than there is. */
const reserved = (move: Move): Command => ({
  check: () => true,
  async run(model, real) {
    const known = model.posted.get(move.businessKey);
    const isShort = balance(model, move.line, "available") < move.amountFen;
    const answer = await attempt(real, () => real.budget.reserve({ ...move, at }));
    if (known !== undefined) {
      const isSame = known === contentOf(move);
      // With too little left the statement does not get as far as the key.
      return void expect(isSame ? ["reserved"] : ["refused"]).toContain(answer);
    }
    expect(answer).toBe(isShort ? "exhausted" : "reserved");
    if (!isShort) book(model, move);
  },
  toString: () => `reserve ${move.businessKey}: ${contentOf(move)}`,
});

const looked = (command: Command): Command => ({
  check: (model) => command.check(model),
  async run(model, real) {
    await command.run(model, real);
    for (const id of LINES) {
      const line = await real.budget.get(id);
      const wanted = ["available", "reserved", "committed", "in-transit", "paid", "returned", "carried"] as const;
      const { availableFen, reservedFen, committedFen, inTransitFen, paidFen, returnedFen, carriedFen } = line;
      const kept = [availableFen, reservedFen, committedFen, inTransitFen, paidFen, returnedFen, carriedFen];
      expect(kept).toEqual(wanted.map((bucket) => balance(model, id, bucket)));
      expect(line.appropriatedFen).toBe(-balance(model, id, "source"));
    }
  },
  toString: () => command.toString(),
});

const move = fc
  .record({
    line: fc.constantFrom(...LINES),
    path: fc.constantFrom(...paths),
    amountFen: fc.bigInt(1n, 4n).map(fen),
    key: fc.nat(40),
  })
  .map(({ path: [from, to], key, ...rest }): Move => ({ ...rest, from, to, businessKey: `key-${key}` }));
const commands = fc.commands(
  [
    move.map((each) => looked(moved(each))),
    move.map((each) =>
      looked(moved({ ...each, from: "source", to: "available", amountFen: fen(each.amountFen * 3n) })),
    ),
    move.map((each) => looked(reserved({ ...each, from: "available", to: "reserved" }))),
  ],
  { maxCommands: 12 },
);

test("whatever is moved in whatever order, the ledger has what a child with two boxes of coins would have", {
  timeout: 600_000,
}, async () => {
  const over = new Error("take it back");
  await fc.assert(
    fc.asyncProperty(commands, async (script) => {
      const life = store.prisma.$transaction(
        async (tx) => {
          const budget = budgetStore(tx);
          for (const id of LINES) await budget.open({ id, title: id, year: 2025 });
          const model: Model = { balances: new Map(), posted: new Map() };
          await fc.asyncModelRun(() => ({ model, real: { tx, budget } }), script);
          throw over;
        },
        { timeout: 60_000 },
      );
      await life.catch((cause: unknown) => {
        if (cause !== over) throw cause;
      });
    }),
    { numRuns: process.env.APPLY_FREE_TEST_SERVER ? 200 : 1_000 },
  );
});
