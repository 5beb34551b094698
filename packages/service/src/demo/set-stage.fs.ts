import { readFile } from "node:fs/promises";
import type { AccountStore } from "../access/account.ts";
import { hashPassword } from "../access/password.ts";
import { type FundDeps, fundLine } from "../budget/fund-line.ts";
import type { StoresOf, Transaction } from "../kernel/transaction.ts";
import type { LoadedPolicy } from "../policies/policy-source.fs.ts";
import { type PublishDeps, publishPolicy } from "../policies/publish-policy.ts";
import { type ReceiveDeps, type ReceiveStores, receiveDelivery } from "../screening/receive-delivery.ts";
import { demoFunds, demoPersonFunds } from "./demo-funds.ts";
import { clerkOf, DEMO_PASSWORD, MAKER, officials } from "./demo-people.ts";
import type { SampleDelivery, SampleWorld } from "./sample-deliveries.fs.ts";

type StageStores = StoresOf<PublishDeps> &
  StoresOf<FundDeps> &
  StoresOf<ReceiveDeps> &
  Readonly<{ accounts: AccountStore }>;

export type StageDeps = Omit<PublishDeps & FundDeps & ReceiveDeps, "transaction"> &
  Readonly<{
    transaction: Transaction<StageStores>;
    policies: readonly LoadedPolicy[];
    sample: SampleWorld;
    progress(step: string): void;
  }>;

/** Brings officials, policies, funds and departments' deliveries in. Every step may be repeated and changes nothing then. */
export async function setStage(deps: StageDeps): Promise<void> {
  const { sample, policies, progress } = deps;
  // One cheap hash for all: this password is on every page of the demonstration.
  const passwordHash = await hashPassword(DEMO_PASSWORD, { N: 2 ** 12, r: 8, p: 1 });
  const at = deps.clock.now();
  progress("officials");
  await deps.transaction(({ accounts }) =>
    accounts.openAll(officials.map((person) => ({ ...person, passwordHash, at }))),
  );
  for (const { policy, source, vocabularyDocuments } of policies) {
    progress(`policy ${policy.id}`);
    const document = { policy: source.document, vocabulary: vocabularyDocuments };
    const people = { publishedBy: "account-author", approvedBy: "account-reviewer" };
    await publishPolicy(deps, { policy, document, source: source.clauses, ...people });
  }
  for (const fund of sample.persons.length > 0 ? [...demoFunds, ...demoPersonFunds] : demoFunds) {
    progress(`fund ${fund.line.id}`);
    await fundLine(deps, { ...fund, actor: MAKER });
  }
  await importDeliveries(deps, sample.deliveries, progress);
  progress("people of the firms");
  await deps.transaction(({ accounts }) =>
    accounts.openAll(sample.firms.map(({ code }) => ({ ...clerkOf(code), passwordHash, at }))),
  );
  await deps.transaction(({ accounts, registry }) =>
    accounts.openAll(
      sample.persons.map(({ identityNo, name }) => ({
        ...{ ...clerkOf(registry.pseudonymOf(identityNo)), displayName: name, passwordHash, at },
      })),
    ),
  );
}

/** Hands over departments' files, in their order. */
export async function importDeliveries<Stores extends ReceiveStores>(
  deps: ReceiveDeps<Stores>,
  deliveries: readonly SampleDelivery[],
  progress: (step: string) => void = () => {},
): Promise<void> {
  for (const { path, ...delivery } of deliveries) {
    progress(`delivery ${delivery.fileName}`);
    await receiveDelivery(deps, { ...delivery, bytes: await readFile(path), importedBy: "account-operator" });
  }
}
