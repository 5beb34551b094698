import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type AccountCheckStore, check } from "./account-check.ts";

type Stores = Readonly<{ accountChecks: AccountCheckStore; journal: Journal }>;
export type CheckAccountDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/**
 * A second person has asked the firm out of band (by a telephone number known from before, or in
 * person) whether the account is its own. What waits for it goes into the next draft.
 *
 * @throws DomainError account-missing | maker-is-checker | bad-input
 */
export function checkAccount(
  { transaction, clock }: CheckAccountDeps,
  { bankAccountId, checkedBy, note }: Readonly<{ bankAccountId: string; checkedBy: string; note: string }>,
): Promise<void> {
  return transaction(async ({ accountChecks, journal }) => {
    const at = clock.now();
    const account = await accountChecks.lockAccount(bankAccountId);
    const id = derivedId("account-check", bankAccountId, checkedBy, at.toISOString());
    const done = check(account, { id, checkedBy, note, checkedAt: at });
    await accountChecks.insert(done);
    const payload = { recordedBy: done.recordedBy, accountDigest: done.accountDigest, noteSha256: sha256(done.note) };
    await journal.append({ type: "account-checked", subject: bankAccountId, actor: checkedBy, at, payload });
  });
}
