import { DomainError } from "../kernel/errors.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { AccountCheckStore, AccountDoubt, RecordedAccount } from "./account-check.ts";

export function accountCheckStore(tx: Tx): AccountCheckStore {
  return {
    async doubtsOf(paymentIds, at) {
      const rows = await tx.$queryRaw<{ id: string; doubt: AccountDoubt }[]>`
        SELECT id, doubt FROM (
          SELECT id, account_doubt(payment, ${at}::timestamptz) AS doubt FROM payment WHERE id = ANY(${[...paymentIds]}::text[])
        ) AS looked_at WHERE doubt IS NOT NULL`;
      return new Map(rows.map(({ id, doubt }) => [id, doubt]));
    },
    async lockAccount(id) {
      const [account] = await tx.$queryRaw<RecordedAccount[]>`
        SELECT id, coalesce(recorded_by, source) AS "recordedBy",
          account_digest(holder_name, account_index, bank_code) AS digest
        FROM bank_account WHERE id = ${id} FOR UPDATE`;
      if (!account) throw new DomainError("account-missing", "没有找到收款账户。No such account.", { id });
      return account;
    },
    async insert(check) {
      await tx.accountCheck.create({ data: check });
    },
  };
}
