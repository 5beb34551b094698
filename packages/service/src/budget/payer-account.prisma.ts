import { DomainError } from "../kernel/errors.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { PayerAccountStore } from "./payer-account.ts";

export function payerAccountStore(tx: Tx): PayerAccountStore {
  return {
    async assign({ budgetLine, name, accountNo, bankCode }) {
      const data = { budgetLine, name, accountNo, bankCode };
      await tx.payerAccount.createMany({ data: [data], skipDuplicates: true });
      const same = await tx.payerAccount.findFirst({ where: data, select: { budgetLine: true } });
      if (!same) {
        throw new DomainError(
          "account-invalid",
          `预算指标“${budgetLine}”已有另一个付款账户。The line is paid from another account already; open a new line.`,
          { budgetLine },
        );
      }
    },
    list: () => tx.payerAccount.findMany({ orderBy: { budgetLine: "asc" } }),
  };
}
