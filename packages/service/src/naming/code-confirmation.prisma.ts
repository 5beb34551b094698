import type { Tx } from "../platform/store.prisma.ts";
import type { CodeConfirmations } from "./confirm-code.ts";

export function codeConfirmations(tx: Tx): CodeConfirmations {
  return {
    async isRegistered(code) {
      return (await tx.firm.count({ where: { code } })) > 0;
    },
    async add({ code, evidence, by: confirmedBy, at: confirmedAt }) {
      const data = [{ code, evidence, confirmedBy, confirmedAt }];
      const { count } = await tx.codeConfirmation.createMany({ data, skipDuplicates: true });
      return count > 0;
    },
  };
}
