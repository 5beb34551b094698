import type { Bilingual } from "@apply-free/rules";
import { z } from "zod";
import { type DeliverySource, registersFirms } from "../facts/delivery-source.ts";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Prisma, QuarantinedDelivery as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Finding, FindingCode } from "./finding.ts";
import type { Said } from "./observation.ts";
import type { Quarantined, QuarantineState, QuarantineTerms } from "./quarantine.ts";
import type { PredecessorStore, QuarantineStore } from "./quarantine-store.ts";
import { saidOfAccount, saidOfFirm } from "./said-by.ts";
import type { Sample } from "./sample.ts";

export function quarantineStore(tx: Tx): QuarantineStore {
  return {
    async find(sourceId, sha256, asOf) {
      const key = { sourceId, sha256, asOf: dayToDate(asOf) };
      const row = await tx.quarantinedDelivery.findUnique({
        where: { sourceId_sha256_asOf: key },
        omit: { bytes: true },
      });
      return row ? toQuarantined(row) : undefined;
    },
    async get(id) {
      await tx.$executeRaw`SELECT 1 FROM quarantined_delivery WHERE id = ${id} FOR UPDATE`;
      const row = await tx.quarantinedDelivery.findUnique({ where: { id }, omit: { bytes: true } });
      if (row) return toQuarantined(row);
      throw new DomainError("quarantine-not-found", "没有这次被拦下的交付。No such held delivery.", { id });
    },
    async bytesOf(id) {
      const { bytes } = await tx.quarantinedDelivery.findUniqueOrThrow({ where: { id }, select: { bytes: true } });
      return bytes;
    },
    async hold(quarantined, bytes) {
      const { asOf, isPartial, findings, sourceId, fileName, sha256, arrivedAt, importedBy, pays, id } = quarantined;
      await tx.quarantinedDelivery.create({
        data: {
          ...{ id, sourceId, fileName, sha256, arrivedAt, importedBy, pays },
          asOf: dayToDate(asOf),
          complete: !isPartial,
          findings: [...findings] as unknown as Prisma.InputJsonValue,
          bytes: Uint8Array.from(bytes),
          ...columnsOf(quarantined),
        },
      });
    },
    async save(quarantined) {
      await tx.quarantinedDelivery.update({ where: { id: quarantined.id }, data: columnsOf(quarantined) });
    },
  };
}

export function predecessorStore(tx: Tx): PredecessorStore {
  return {
    async latest(sourceId) {
      const row = await tx.delivery.findFirst({
        where: { sourceId, complete: true },
        orderBy: [{ obtainedAt: "desc" }, { id: "asc" }],
      });
      if (!row) return undefined;
      const { id: deliveryId, rowsGood, rowsBad, sha256 } = row;
      return { deliveryId, rowsGood, rowsBad, sha256 };
    },
    async knows(sourceId, sha256) {
      return (await tx.delivery.count({ where: { sourceId, sha256 } })) > 0;
    },
    async said(source, deliveryId, sample) {
      const ending = { endsWith: sample.lastCharacter ?? "" };
      const facts = await tx.fact.findMany({
        where: { deliveryId, firmCode: ending },
        select: { firmCode: true, factId: true, value: true },
      });
      return [
        ...facts.map(({ firmCode, factId: id, value }) => ({ firmCode, id, value: value as Said["value"] })),
        ...(await saidByRegister(tx, source, sample)),
      ];
    },
  };
}

/** Firms and accounts live in the register, where each delivery replaces the one before. */
async function saidByRegister(tx: Tx, source: DeliverySource, sample: Sample): Promise<Said[]> {
  const ending = { endsWith: sample.lastCharacter ?? "" };
  const firms = registersFirms(source) ? await tx.firm.findMany({ where: { code: ending } }) : [];
  const accounts =
    source.kind === "accounts"
      ? await tx.bankAccount.findMany({ where: { firmCode: ending, source: source.id, status: "active" } })
      : [];
  return [
    ...firms.flatMap(({ email, phone, ...firm }) =>
      saidOfFirm({ ...firm, ...(email !== null && { email }), ...(phone !== null && { phone }) }),
    ),
    ...accounts.flatMap(saidOfAccount),
  ];
}

type Columns = Pick<Row, "status" | "endorsedBy" | "endorsedAt" | "decidedBy" | "decidedAt" | "reason" | "deliveryId">;

function columnsOf(state: QuarantineState): Columns {
  const none = { endorsedBy: null, endorsedAt: null, decidedBy: null, decidedAt: null, reason: null, deliveryId: null };
  switch (state.status) {
    case "held":
      return { ...none, status: state.status };
    case "endorsed": {
      const { status, endorsedBy, endorsedAt } = state;
      return { ...none, status, endorsedBy, endorsedAt };
    }
    case "released":
    case "rejected": {
      const { status, endorsement, decidedBy, decidedAt, reason } = state;
      const deliveryId = state.status === "released" ? state.deliveryId : null;
      return { ...none, ...endorsement, status, decidedBy, decidedAt, reason, deliveryId };
    }
  }
}

const findingsSchema = z.array(
  z.object({
    code: z.custom<FindingCode>((value) => typeof value === "string"),
    column: z.string().optional(),
    message: z.custom<Bilingual>((value) => z.object({ zh: z.string(), en: z.string() }).safeParse(value).success),
  }),
);

/** @throws an ordinary error on a row that the CHECKs of the table exclude */
export function toQuarantined(row: Omit<Row, "bytes">): Quarantined {
  const { id, sourceId, fileName, sha256, asOf, complete, arrivedAt, importedBy, pays } = row;
  const findings = findingsSchema.parse(row.findings) as readonly Finding[];
  const terms: QuarantineTerms = {
    ...{ id, sourceId, fileName, sha256, arrivedAt, importedBy, pays, findings },
    asOf: dateToDay(asOf),
    isPartial: !complete,
  };
  return { ...terms, ...stateOf(row) };
}

function stateOf(row: Columns): QuarantineState {
  const { status, endorsedBy, endorsedAt, decidedBy, decidedAt, reason, deliveryId } = row;
  const endorsement = endorsedBy !== null && endorsedAt !== null ? { endorsedBy, endorsedAt } : undefined;
  if (status === "held") return { status };
  if (status === "endorsed" && endorsement) return { status, ...endorsement };
  if (decidedBy !== null && decidedAt !== null && reason !== null) {
    const verdict = { ...(endorsement && { endorsement }), decidedBy, decidedAt, reason };
    if (status === "released" && deliveryId !== null) return { status, ...verdict, deliveryId };
    if (status === "rejected") return { status, ...verdict };
  }
  throw new Error(`quarantined delivery in no possible state: ${status}`);
}
