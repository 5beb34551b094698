import type { Command } from "commander";
import { credentialStore } from "../access/service-credential.prisma.ts";
import { type CredentialDeps, issueCredential, revokeCredential } from "../access/service-credential.ts";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { loadSourcesIn } from "../policies/rules-directory.fs.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

export type CredentialCommandDeps = Readonly<{
  clock: Clock;
  random: Random;
  rules: string;
  openStore?: () => Promise<Store>;
}>;
type IssueOptions = Readonly<{ source: string; label: string; json?: boolean; rules: string }>;

/** `apply-free credential issue|list|revoke`: departments' systems that deliver by themselves. */
export function registerCredential(
  program: Command,
  io: Io,
  { clock, random, rules: rulesDirectory, openStore = openConfiguredStore }: CredentialCommandDeps,
): void {
  const command = program
    .command("credential")
    .description("credentials of departments' systems that deliver by themselves");
  const inStore = async (work: (deps: CredentialDeps) => Promise<void>) => {
    const store = await openStore();
    try {
      await work({
        clock,
        transaction: (use) =>
          store.prisma.$transaction((tx) => use({ credentials: credentialStore(tx), journal: journalOn(tx) })),
      });
    } finally {
      await store.close();
    }
  };

  command
    .command("issue")
    .description("make one, and print its token this once")
    .requiredOption("--source <id>", "for whom it delivers, see rules/sources")
    .requiredOption("--label <text>", "which system uses it")
    .option("--json", "print one JSON object")
    .option("--rules <directory>", "directory of vocabulary and sources", rulesDirectory)
    .action(async ({ source: sourceId, label, json, rules }: IssueOptions) => {
      const sources = await loadSourcesIn(rules);
      if (!sources.has(sourceId)) {
        const known = [...sources.keys()].join(", ");
        throw new DomainError("delivery-source-unknown", `--source: no source "${sourceId}"; one of: ${known}.`);
      }
      await inStore(async (deps) => {
        const { credential, token } = await issueCredential(
          { ...deps, random },
          { sourceId, label, by: "system:operator" },
        );
        if (json) io.out(JSON.stringify({ id: credential.id, source: sourceId, token }));
        else io.out(`${credential.id} delivers for ${sourceId}. Its token is shown this once:\n${token}`);
      });
    });

  command
    .command("list")
    .description("who has one")
    .action(() =>
      inStore(async ({ transaction }) => {
        for (const { id, sourceId, label, issuedAt, revoked } of await transaction(({ credentials }) =>
          credentials.list(),
        )) {
          const state = revoked ? `revoked ${revoked.at.toISOString()}` : "in use";
          io.out(`${id} ${sourceId} ${issuedAt.toISOString()} ${state} ${label}`);
        }
      }),
    );

  command
    .command("revoke")
    .description("take one back, from the next request on")
    .argument("<id>", "as list prints it")
    .action((id: string) => inStore((deps) => revokeCredential(deps, { id, by: "system:operator" })));
}
