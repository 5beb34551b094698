import { DomainError } from "../kernel/errors.ts";
import type { BankAccount } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { otherChannels } from "./channel-tables.ts";
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
      const { firmCode, holderName, accountNo, bankCode, recordedBy, restsUntil } = account;
      await tx.$queryRaw`SELECT code FROM firm WHERE code = ${firmCode} FOR UPDATE`;
      const before = await tx.bankAccount.findFirst({
        where: { firmCode, holderName, accountNo, bankCode, status: "active" },
      });
      // Saying again what is so already is no change, and starts no rest.
      if (before) return toAccount(before);
      await tx.bankAccount.updateMany({ where: { firmCode, status: "active" }, data: { status: "superseded" } });
      const known = await tx.bankAccount.findFirst({ where: { firmCode, holderName, accountNo, bankCode } });
      const row = known
        ? await tx.bankAccount.update({
            where: { id: known.id },
            data: { status: "active", ...{ recordedBy, restsUntil, activeSince: at } },
          })
        : await tx.bankAccount.create({ data: { ...account, status: "active", createdAt: at, activeSince: at } });
      return toAccount(row);
    },
  };
}

function toAccount(row: BankAccount): PayeeAccount {
  const { id, firmCode, holderName, accountNo, accountIndex, bankName, bankCode, source } = row;
  const channel = otherChannels.find((each) => each === row.channel);
  if (accountIndex === null) throw new Error(`account ${id} lies without its index`);
  const account = { id, firmCode, holderName, accountNo, accountIndex, bankName, bankCode, source };
  return { ...account, ...(channel && { channel }) };
}
