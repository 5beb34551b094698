import { DomainError } from "../../packages/service/src/kernel/errors.ts";
import { approveBatch } from "../../packages/service/src/payment/approve-batch.ts";
import { correctAccount } from "../../packages/service/src/payment/correct-account.ts";
import { both } from "./two-instances.ts";
import { accountsOf, Broken, type Deps, type Member, transactionOn, type World } from "./world.ts";

/** The maker and a checker who saw another file try as well, and are refused. */
export async function approveWhatIsDrafted(world: World, nth: number, isCalm: boolean): Promise<void> {
  for (const { id: batchId, sha256 } of await world.store.prisma.paymentBatch.findMany({
    where: { status: "drafted" },
  })) {
    const deps = { clock: world.clock, transaction: transactionOn(world.store) };
    await refused(
      "a checker who saw another file",
      approveBatch(deps, { batchId, checker: "checker", sha256: "0".repeat(64) }),
    );
    await refused("the maker as checker", approveBatch(deps, { batchId, checker: "maker", sha256 }));
    await both(world, `approve ${batchId}`, nth, isCalm, (cut) =>
      approveBatch(cut, { batchId, checker: "checker", sha256 }),
    );
  }
}

async function refused(what: string, attempt: Promise<unknown>): Promise<void> {
  const answer = await attempt.then(
    () => "let in",
    (cause: unknown) => (cause instanceof DomainError ? "refused" : Promise.reject(cause)),
  );
  if (answer !== "refused") throw new Broken(`${what} was let in`);
}

/** Firms whose money did not arrive, and who name another account. */
export async function refusedBy({ store, members }: World): Promise<Member[]> {
  const failed = await store.prisma.payment.findMany({
    where: { status: { in: ["returned", "rejected"] } },
    select: { entitlementId: true, bankAccountId: true },
  });
  const accounts = new Map(failed.map(({ entitlementId, bankAccountId }) => [entitlementId, bankAccountId]));
  return members.filter((member) => accounts.has(member.entitlementId) && member.correctedTo === undefined);
}

export async function correct(deps: Deps, member: Member): Promise<void> {
  const { firmCode, holderName } = member;
  const [, another] = accountsOf(member);
  const account = { holderName, accountNo: another, bankName: "试验银行", bankCode: "102491000019" };
  await correctAccount(deps, { firmCode, actor: "firm", account });
  member.correctedTo = account.accountNo;
}
