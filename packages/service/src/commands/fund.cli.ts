import type { Command } from "commander";
import { fundLine } from "../budget/fund-line.ts";
import { replayAllocation } from "../budget/give-out.ts";
import { handOverLine } from "../budget/hand-over-line.ts";
import { tellSeed } from "../budget/tell-seed.ts";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { formatYuan, fromDecimalYuan } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { carryOver } from "../payment/carry-over.ts";
import type { Store } from "../platform/store.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { type Stores, transactionsOn } from "../stores.prisma.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

export type FundCommandDeps = Readonly<{ clock: Clock; openStore?: () => Promise<Store> }>;

type Line = Readonly<{ title: string; year: string; level?: string; code?: string; department?: string }>;
type Add = Line &
  Readonly<{ line: string; payerName: string; payerAccount: string; payerBank: string; amount: string }> &
  Deed;
type Carry = Line & Readonly<{ from: string; to: string; available: string }> & Deed;
type HandOver = Readonly<{ line: string; to: string }> & Deed;
type Seed = Readonly<{ policy: string; period: string; seed: string; by: string }>;
type Deed = Readonly<{ document: string; by: string }>;
type Deps = Readonly<{ clock: Clock; compiled: CompiledPolicies; transaction: Transaction<Stores> }>;

/** `apply-free fund add|list|carry-over|hand-over|tell-seed|replay`: what the finance bureau does to a budget line. */
export function registerFund(
  program: Command,
  io: Io,
  { clock, openStore = openConfiguredStore }: FundCommandDeps,
): void {
  const command = program.command("fund").description("budget lines: money in, year end, lots");
  const inStore = async (work: (deps: Deps) => Promise<void>) => {
    const store = await openStore();
    const compiled = new CompiledPolicies();
    try {
      await work({ clock, compiled, transaction: transactionsOn(store, compiled) });
    } finally {
      await store.close();
    }
  };
  const deed = (name: string, what: string) =>
    command
      .command(name)
      .description(what)
      .requiredOption("--document <no>", "number of the budget document")
      .requiredOption("--by <account>", "account of the person who acts");
  const line = (of: Command) =>
    of
      .requiredOption("--title <text>", "what the money is for")
      .requiredOption("--year <year>", "budget year")
      .option("--level <level>", "central, provincial, municipal or district")
      .option("--code <code>", "指标, as the treasury knows it")
      .option("--department <name>", "the office that answers for it");

  line(deed("add", "appropriate money to a line, and open it when it is new"))
    .requiredOption("--line <id>", "id of the line, as policies name it")
    .requiredOption("--payer-name <name>", "holder of the account that pays")
    .requiredOption("--payer-account <no>", "number of the account that pays")
    .requiredOption("--payer-bank <code>", "CNAPS, 12 digits")
    .requiredOption("--amount <yuan>", "元, with two decimals at most")
    .action(async ({ line: id, payerName: name, payerAccount: accountNo, payerBank: bankCode, ...given }: Add) => {
      const amountFen = fromDecimalYuan(given.amount);
      if (amountFen === undefined)
        throw new DomainError("bad-input", `--amount: "${given.amount}" is no amount in 元.`);
      const { document, by: actor } = given;
      const payer = { name, accountNo, bankCode };
      await inStore((deps) =>
        fundLine(deps, { line: { id, ...identityOf(given) }, payer, amountFen, document, actor } as FundInput),
      );
      io.out(`${id}: ${formatYuan(amountFen)}`);
    });

  line(deed("carry-over", "move what is owed and unpaid to the next year's line"))
    .requiredOption("--from <id>", "the line that ends")
    .requiredOption("--to <id>", "the line that goes on")
    .requiredOption("--available <what>", "what is nobody's: carried or returned-to-treasury")
    .action(async ({ from, to: id, available, document, by: actor, ...given }: Carry) => {
      const order = { from, to: { id, ...identityOf(given) }, available, document, actor } as CarryInput;
      await inStore(async (deps) => {
        const { entitlements, underWay } = await carryOver(deps, order);
        io.out(`${from} → ${id}: ${entitlements} carried, ${underWay} under way`);
      });
    });

  deed("hand-over", "let another office answer for a line")
    .requiredOption("--line <id>", "the line")
    .requiredOption("--to <office>", "the office that takes over")
    .action(({ line: id, to, document, by: actor }: HandOver) =>
      inStore((deps) => handOverLine(deps, { line: id, to, document, actor })),
    );

  command
    .command("tell-seed")
    .description("tell the seed of a lottery whose window has closed")
    .requiredOption("--policy <id>", "the policy")
    .requiredOption("--period <period>", "award period: a year, or once")
    .requiredOption("--seed <text>", "the seed whose digest the policy published")
    .requiredOption("--by <account>", "account of the person who acts")
    .action(({ policy: policyId, period, seed, by: actor }: Seed) =>
      inStore((deps) => tellSeed(deps, { policyId, period, seed, actor })),
    );

  command
    .command("list")
    .description("every line and where its money is")
    .option("--json", "print one JSON object")
    .action(({ json }: Readonly<{ json?: boolean }>) =>
      inStore(async ({ transaction }) => {
        const lines = await transaction(({ budget }) => budget.list());
        const written = lines.map((each) => JSON.parse(JSON.stringify(each, amountsAsText)) as object);
        if (json) return io.out(JSON.stringify({ lines: written }));
        for (const { id, availableFen, appropriatedFen } of lines) {
          io.out(`${id}: ${formatYuan(availableFen)} of ${formatYuan(appropriatedFen)} available`);
        }
      }),
    );

  command
    .command("replay")
    .description("give out every fund again from what was kept, and compare")
    .action(() =>
      inStore(async ({ transaction, compiled }) => {
        let different = 0;
        const count = await transaction(async ({ claimPools, policyVersions }) => {
          const allocations = await claimPools.list();
          for (const stored of allocations) {
            const parts = replayAllocation(stored, await compiled.load(policyVersions, stored.policyVersionId));
            if (parts.length === 0) continue;
            different += 1;
            io.err(`${stored.policyId} ${stored.period}: ${parts.join(", ")} differ`);
          }
          return allocations.length;
        });
        io.out(`${count} allocations, ${different} different`);
        if (different > 0) io.fail(1);
      }),
    );
}

// Whether the words are right is what the use case says, by place.
type FundInput = Parameters<typeof fundLine>[1];
type CarryInput = Parameters<typeof carryOver>[1];

function identityOf({ title, year, level, code, department }: Line) {
  return {
    title,
    year: Number(year),
    ...(level !== undefined && { level }),
    ...(code !== undefined && { code }),
    ...(department !== undefined && { department }),
  };
}

function amountsAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
