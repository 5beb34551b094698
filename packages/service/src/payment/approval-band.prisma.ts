import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { fen } from "../kernel/money.ts";
import type { ApprovalBand as BandRow, ApprovalBandProposal as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { ApprovalBand, ApprovalBands, BandProposal } from "./approval-band.ts";

export function approvalBands(tx: Tx): ApprovalBands {
  return {
    async inForce() {
      return toBand(await tx.approvalBand.findFirstOrThrow({ orderBy: { nth: "desc" } }));
    },
    async list() {
      const rows = await tx.approvalBand.findMany({ orderBy: { nth: "desc" } });
      const ids = rows.flatMap(({ proposalId }) => proposalId ?? []);
      const proposals = await tx.approvalBandProposal.findMany({ where: { id: { in: ids } } });
      const proposers = new Map(proposals.map(({ id, proposedBy }) => [id, proposedBy]));
      return rows.map((row) => {
        const proposedBy = proposers.get(row.proposalId ?? "");
        return { ...toBand(row), ...(proposedBy !== undefined && { proposedBy }) };
      });
    },
    async openProposal() {
      const row = await tx.approvalBandProposal.findFirst({ where: { status: "open" } });
      return row ? toProposal(row) : undefined;
    },
    async lockProposal(id) {
      await tx.$queryRaw`SELECT id FROM approval_band_proposal WHERE id = ${id} FOR UPDATE`;
      const row = await tx.approvalBandProposal.findUnique({ where: { id } });
      if (row) return toProposal(row);
      throw new DomainError("band-proposal-not-found", "没有找到这项提议。No such proposal.", { id });
    },
    async insertProposal(proposal) {
      const { count } = await tx.approvalBandProposal.createMany({ data: [proposal], skipDuplicates: true });
      return count === 1 ? "proposed" : "waiting";
    },
    async saveProposal({ id, ...data }) {
      await tx.approvalBandProposal.update({ where: { id }, data });
    },
    async insert(band) {
      await tx.approvalBand.create({ data: band });
    },
  };
}

function toBand({ aboveFen, proposalId, ...row }: BandRow): ApprovalBand {
  return { ...row, aboveFen: fen(aboveFen), ...(proposalId !== null && { proposalId }) };
}

const terms = {
  id: z.string(),
  aboveFen: z.bigint().transform(fen),
  document: z.string(),
  replaces: z.int(),
  proposedBy: z.string(),
  proposedAt: z.date(),
};
const closed = { closedBy: z.string(), closedAt: z.date() };
const stored = z.discriminatedUnion("status", [
  z.object({ ...terms, status: z.literal("open") }),
  z.object({ ...terms, ...closed, status: z.literal("confirmed") }),
  z.object({ ...terms, ...closed, status: z.literal("dropped"), reason: z.string() }),
]);

function toProposal(row: Row): BandProposal {
  return stored.parse(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
}
