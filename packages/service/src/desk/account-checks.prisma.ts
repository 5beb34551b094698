import type { WaitingAccount } from "@apply-free/ui";
import type { StaffPrincipal } from "../access/account.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { maskAccountNo } from "../kernel/mask.ts";
import type { AccountDoubt } from "../payment/account-check.ts";
import type { Tx } from "../platform/store.prisma.ts";

type Row = Readonly<{ id: string; doubt: AccountDoubt; payments: bigint; totalFen: bigint }>;

/** Accounts that payments wait for at that moment, by id. */
export async function doubtfulAccounts(db: Tx, at: Date): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT bank_account_id AS id, min(doubt) AS doubt, count(*) AS payments, sum(amount_fen)::bigint AS "totalFen" FROM (
      SELECT bank_account_id, amount_fen, account_doubt(payment, ${at}::timestamptz) AS doubt
      FROM payment WHERE status = 'reserved'
    ) AS waiting WHERE doubt IS NOT NULL GROUP BY bank_account_id ORDER BY bank_account_id`;
}

export const accountCheckers: readonly StaffPrincipal["role"][] = ["finance-maker", "finance-checker"];

/** Each with why it waits, who recorded it, and whether this reader may confirm it. Longest waiting first. */
export async function waitingAccounts(db: Tx, at: Date, reader: StaffPrincipal): Promise<WaitingAccount[]> {
  const waiting = new Map((await doubtfulAccounts(db, at)).map((row) => [row.id, row]));
  const accounts = await db.bankAccount.findMany({
    where: { id: { in: [...waiting.keys()] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const names = await firmNames(
    db,
    accounts.map(({ firmCode }) => firmCode),
  );
  const people = peopleOf(db);
  await people.load(accounts.flatMap(({ recordedBy }) => recordedBy ?? []));
  return accounts.flatMap((account) => {
    const row = waiting.get(account.id);
    if (!row) return [];
    const { id, firmCode, holderName, bankName, source, restsUntil } = account;
    const recorder = account.recordedBy ?? source;
    return {
      ...{ bankAccountId: id, firmCode, firmName: names.get(firmCode) ?? firmCode, holderName, bankName },
      accountNoMasked: maskAccountNo(account.accountNo),
      doubt: row.doubt,
      recordedBy: people.get(recorder).name ?? recorder,
      recordedAt: (account.activeSince ?? account.createdAt).toISOString(),
      restsUntil: row.doubt === "account-new" ? restsUntil?.toISOString() : undefined,
      payments: Number(row.payments),
      totalFen: String(row.totalFen),
      may: mayCheck(reader, recorder),
    };
  });
}

function mayCheck({ accountId, role }: StaffPrincipal, recorder: string): WaitingAccount["may"] {
  if (!accountCheckers.includes(role)) return "no-role";
  return accountId === recorder ? "recorded-it" : "check";
}
