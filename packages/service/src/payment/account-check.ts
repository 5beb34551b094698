import { DomainError } from "../kernel/errors.ts";

/** Why nothing goes to an account by itself: it was named or changed a short time ago, or it is not in the firm's name. */
export type AccountDoubt = "account-new" | "name-differs";

/** An account as it lies on record, with who recorded it: a person, or the source that delivered it. */
export type RecordedAccount = Readonly<{ id: string; recordedBy: string; digest: string }>;

/** A second person asked the firm by another way than the account came, and notes what was answered. */
export type AccountCheck = Readonly<{
  id: string;
  bankAccountId: string;
  /** The account as it was checked; another number under the same id is not checked. */
  accountDigest: string;
  recordedBy: string;
  checkedBy: string;
  note: string;
  checkedAt: Date;
}>;

/** Checks of accounts as one transaction sees them. */
export type AccountCheckStore = {
  /** Payments whose account is in doubt at that moment, each with the reason. */
  doubtsOf(paymentIds: readonly string[], at: Date): Promise<ReadonlyMap<string, AccountDoubt>>;
  /** @throws DomainError account-missing */
  lockAccount(id: string): Promise<RecordedAccount>;
  insert(check: AccountCheck): Promise<void>;
};

const SHORTEST_NOTE = 5;
const LONGEST_NOTE = 1000;

/** @throws DomainError maker-is-checker | bad-input */
export function check(
  account: RecordedAccount,
  { id, checkedBy, note: typed, checkedAt }: Pick<AccountCheck, "id" | "checkedBy" | "note" | "checkedAt">,
): AccountCheck {
  if (checkedBy === account.recordedBy) {
    throw new DomainError(
      "maker-is-checker",
      "登记账户的人不能自己核实，请由另一人核实。Who recorded an account cannot confirm it; ask someone else.",
      { id: account.id },
    );
  }
  const note = typed.trim();
  if (note.length < SHORTEST_NOTE || note.length > LONGEST_NOTE) {
    throw new DomainError(
      "bad-input",
      "请写明向谁、用什么方式核实、对方如何答复（5 至 1000 字）。Say whom you asked, how, and what was answered.",
      { field: "note" },
    );
  }
  const { id: bankAccountId, digest: accountDigest, recordedBy } = account;
  return { id, bankAccountId, accountDigest, recordedBy, checkedBy, note, checkedAt };
}
