import type { Command } from "commander";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { formatYuan, fromDecimalYuan } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { confirmBand, dropBand, proposeBand } from "../payment/change-band.ts";
import type { Store } from "../platform/store.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { type Stores, transactionsOn } from "../stores.prisma.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

export type BandCommandDeps = Readonly<{ clock: Clock; openStore?: () => Promise<Store> }>;

type Deps = Readonly<{ clock: Clock; transaction: Transaction<Stores> }>;
type Propose = Readonly<{ above: string; document: string; by: string }>;

/** `apply-free band propose|confirm|drop|list`: above which amount two checkers sign a batch. */
export function registerBand(
  program: Command,
  io: Io,
  { clock, openStore = openConfiguredStore }: BandCommandDeps,
): void {
  const command = program.command("band").description("the amount above which two checkers sign a batch");
  const inStore = async (work: (deps: Deps) => Promise<void>) => {
    const store = await openStore();
    try {
      await work({ clock, transaction: transactionsOn(store, new CompiledPolicies()) });
    } finally {
      await store.close();
    }
  };

  command
    .command("propose")
    .description("propose another amount; nothing changes until another person confirms")
    .requiredOption("--above <yuan>", "元, with two decimals at most")
    .requiredOption("--document <no>", "number of the document that it rests on")
    .requiredOption("--by <login>", "the finance official who proposes")
    .action(({ above, document, by }: Propose) =>
      inStore(async (deps) => {
        const aboveFen = fromDecimalYuan(above);
        if (aboveFen === undefined) throw new DomainError("bad-input", `--above: "${above}" is no amount in 元.`);
        const proposedBy = await accountOf(deps, by, "finance-maker", "finance-checker");
        io.out(await proposeBand(deps, { aboveFen, document, proposedBy }));
      }),
    );

  command
    .command("confirm <proposal>")
    .description("confirm what another person proposed")
    .requiredOption("--by <login>", "the finance checker who confirms")
    .action((id: string, { by }: Readonly<{ by: string }>) =>
      inStore(async (deps) => {
        await confirmBand(deps, { id, confirmedBy: await accountOf(deps, by, "finance-checker") });
        const { aboveFen } = await deps.transaction(({ approvalBands }) => approvalBands.inForce());
        io.out(`two checkers above ${formatYuan(aboveFen)}`);
      }),
    );

  command
    .command("drop <proposal>")
    .description("take a proposal back, or turn it down")
    .requiredOption("--by <login>", "the finance official who drops it")
    .requiredOption("--reason <text>", "why")
    .action((id: string, { by, reason }: Readonly<{ by: string; reason: string }>) =>
      inStore(async (deps) => {
        const droppedBy = await accountOf(deps, by, "finance-maker", "finance-checker");
        await dropBand(deps, { id, droppedBy, reason });
      }),
    );

  command
    .command("list")
    .description("the amount in force, what is proposed, and every amount before")
    .option("--json", "print one JSON object")
    .action(({ json }: Readonly<{ json?: boolean }>) =>
      inStore(async ({ transaction }) => {
        const { bands, proposal } = await transaction(async ({ approvalBands }) => ({
          bands: await approvalBands.list(),
          proposal: await approvalBands.openProposal(),
        }));
        if (json) return io.out(JSON.stringify({ bands, proposal }, amountsAsText));
        for (const { nth, aboveFen, document, actor, proposedBy = "-" } of bands) {
          io.out(`${nth}: ${formatYuan(aboveFen)}, ${document}, proposed by ${proposedBy}, confirmed by ${actor}`);
        }
        if (!proposal) return;
        const { id, aboveFen, document, proposedBy } = proposal;
        io.out(`proposed: ${formatYuan(aboveFen)}, ${document}, by ${proposedBy}: ${id}`);
      }),
    );
}

/** Two words on a command line are not two people: each is an account of the finance desk. */
async function accountOf({ transaction }: Deps, login: string, ...roles: readonly string[]): Promise<string> {
  const found = await transaction(({ accounts }) => accounts.findByLogin(login));
  if (found && roles.includes(found.principal.role)) return found.principal.accountId;
  throw new DomainError("not-allowed", `--by: "${login}" is not the account of a ${roles.join(" or ")}.`, { login });
}

function amountsAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
