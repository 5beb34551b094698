import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { type Fen, fen } from "../kernel/money.ts";
import type { Entitlement as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Entitlement } from "./entitlement.ts";
import type { EntitlementStore, Versioned } from "./entitlement-store.ts";

export function entitlementStore(tx: Tx): EntitlementStore {
  const versioned = (row: Row): Versioned => ({ entitlement: toEntitlement(row), rowVersion: row.rowVersion });
  const orderBy = [{ offeredAt: "asc" as const }, { id: "asc" as const }];
  return {
    async get(id) {
      const row = await tx.entitlement.findUnique({ where: { id } });
      if (!row) throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id });
      return versioned(row);
    },
    async find(firmCode, policyId, period) {
      const row = await tx.entitlement.findUnique({
        where: { firmCode_policyId_period: { firmCode, policyId, period } },
      });
      return row ? versioned(row) : undefined;
    },
    async listOfFirm(firmCode) {
      return (await tx.entitlement.findMany({ where: { firmCode }, orderBy })).map(versioned);
    },
    async listOfFirms(firmCodes) {
      return (await tx.entitlement.findMany({ where: { firmCode: { in: [...firmCodes] } }, orderBy })).map(versioned);
    },
    async listByStatus(status, limit) {
      const rows = await tx.entitlement.findMany({ where: { status }, orderBy, ...(limit && { take: limit }) });
      return rows.map(versioned);
    },
    async listOfferedEndingBefore(instant) {
      const where = { status: "offered", confirmBefore: { lt: instant } };
      return (await tx.entitlement.findMany({ where, orderBy })).map(versioned);
    },
    async insert(entitlement) {
      await tx.entitlement.create({ data: toRow(entitlement) });
    },
    async save(changed, rowVersion) {
      const { id, ...data } = toRow(changed);
      const { count } = await tx.entitlement.updateMany({
        where: { id, rowVersion },
        data: { ...data, rowVersion: rowVersion + 1 },
      });
      if (count !== 1)
        throw new DomainError("changed-meanwhile", "信息刚刚有变化，请刷新后重试。It changed meanwhile; look again.", {
          id,
        });
    },
  };
}

/** Columns that a state does not know are null, and SQL checks that they are. */
function toRow(entitlement: Entitlement) {
  const absent = {
    consentId: null,
    confirmedAt: null,
    bankAccountId: null,
    closedAt: null,
    closedReason: null,
    paidAt: null,
    receivedAt: null,
    claimedFen: null,
    waitingPlace: null,
  };
  return { ...absent, ...entitlement };
}

const grant = {
  id: z.string(),
  firmCode: z.string(),
  policyId: z.string(),
  policyVersionId: z.string(),
  period: z.string(),
  decisionId: z.string(),
  budgetLine: z.string(),
  amountFen: z.bigint().transform((amount): Fen => fen(amount)),
  claimedFen: z
    .bigint()
    .transform((amount): Fen => fen(amount))
    .exactOptional(),
  offeredAt: z.date(),
  confirmBefore: z.date(),
  remindersSent: z.number(),
};
const agreement = { consentId: z.string(), confirmedAt: z.date(), bankAccountId: z.string() };
const closed = { closedAt: z.date(), closedReason: z.string() };

const stored = z.discriminatedUnion("status", [
  z.object({ ...grant, status: z.literal("offered") }),
  z.object({ ...grant, ...agreement, status: z.literal("confirmed") }),
  z.object({ ...grant, ...agreement, status: z.literal("waitlisted"), waitingPlace: z.int().exactOptional() }),
  z.object({ ...grant, ...closed, status: z.literal("declined"), consentId: z.string() }),
  z.object({ ...grant, ...closed, status: z.literal("lapsed") }),
  z.object({ ...grant, ...closed, status: z.literal("withdrawn") }),
  z.object({ ...grant, ...agreement, status: z.literal("paid"), paidAt: z.date() }),
  z.object({ ...grant, ...agreement, status: z.literal("received"), paidAt: z.date(), receivedAt: z.date() }),
]);

export function toEntitlement(row: Row): Entitlement {
  const { claimedFen, waitingPlace, ...rest } = row;
  const known = { ...(claimedFen !== null && { claimedFen }), ...(waitingPlace !== null && { waitingPlace }) };
  return stored.parse({ ...rest, ...known });
}
