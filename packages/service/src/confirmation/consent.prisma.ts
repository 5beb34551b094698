import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { fen } from "../kernel/money.ts";
import type { Consent as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Consent, ConsentStore, PayeeAccounts } from "./consent.ts";

const lines = z.array(
  z.object({
    entitlementId: z.string(),
    policyId: z.string(),
    amountFen: z.string(),
    answer: z.enum(["confirmed", "declined"]),
  }),
);

export function consentStore(tx: Tx): ConsentStore {
  return {
    async find(firmCode, requestKey) {
      const row = await tx.consent.findUnique({ where: { firmCode_requestKey: { firmCode, requestKey } } });
      return row ? toConsent(row) : undefined;
    },
    async get(id) {
      const row = await tx.consent.findUnique({ where: { id } });
      if (!row) throw new DomainError("not-found", "没有这张回执。No such receipt.", { id });
      return toConsent(row);
    },
    async insert(consent) {
      await tx.consent.create({ data: { ...consent, lines: consent.lines.map((line) => ({ ...line })) } });
    },
    async insertAtCounter({ id, actor: clerk, at }, { personName, paperNo }) {
      await tx.counterConsent.create({ data: { id, clerk, personName, paperNo, at } });
    },
  };
}

export function payeeAccounts(tx: Tx): PayeeAccounts {
  return {
    async activeOf(firmCode) {
      const account = await tx.bankAccount.findFirst({ where: { firmCode, status: "active" }, select: { id: true } });
      return account ?? undefined;
    },
  };
}

export function toConsent(row: Row): Consent {
  return { ...row, lines: lines.parse(row.lines), totalFen: fen(row.totalFen) };
}
