import { DomainError } from "../kernel/errors.ts";
import type { BankAccount } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { PayeeAccount, PayeeAccountStore } from "./payee-account.ts";

export function payeeAccountStore(tx: Tx): PayeeAccountStore {
  return {
    async get(id) {
      const row = await tx.bankAccount.findUnique({ where: { id } });
      if (!row) throw new DomainError("account-missing", "没有找到收款账户。No such account.", { id });
      return toAccount(row);
    },
    async activeOf(firmCode) {
      const row = await tx.bankAccount.findFirst({ where: { firmCode, status: "active" } });
      return row ? toAccount(row) : undefined;
    },
    async activate(account, at) {
      const { firmCode, holderName, accountNo, bankCode } = account;
      await tx.$queryRaw`SELECT code FROM firm WHERE code = ${firmCode} FOR UPDATE`;
      await tx.bankAccount.updateMany({ where: { firmCode, status: "active" }, data: { status: "superseded" } });
      const known = await tx.bankAccount.findFirst({ where: { firmCode, holderName, accountNo, bankCode } });
      const row = known
        ? await tx.bankAccount.update({ where: { id: known.id }, data: { status: "active" } })
        : await tx.bankAccount.create({ data: { ...account, status: "active", createdAt: at } });
      return toAccount(row);
    },
  };
}

function toAccount({ createdAt: _, status: __, accountIndex, ...account }: BankAccount): PayeeAccount {
  if (accountIndex === null) throw new Error(`account ${account.id} lies without its index`);
  return { ...account, accountIndex };
}
