import { z } from "zod";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { Delegation as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { DelegatedPolicies, Delegation, DelegationStore } from "./delegation.ts";
import { standingGuardianship } from "./guardianship.prisma.ts";
import type { Guardianship } from "./guardianship.ts";

const policies: z.ZodType<DelegatedPolicies> = z.union([z.literal("all"), z.array(z.string())]);

export function delegationStore(tx: Tx): DelegationStore {
  return {
    async boundsOf(accountId) {
      const account = await tx.account.findUnique({ where: { id: accountId }, select: { standing: true } });
      if (account?.standing === "guardian") return boundsOfGuardian(await standingGuardianship(tx, accountId));
      if (account?.standing !== "delegate") return undefined;
      const row = await tx.delegation.findFirst({ where: { accountId, revokedAt: null } });
      return row ? toDelegation(row) : "none";
    },
    async find(id) {
      const row = await tx.delegation.findUnique({ where: { id } });
      return row ? toDelegation(row) : undefined;
    },
    async countPeople(firmCode) {
      await tx.$queryRaw`SELECT code FROM firm WHERE code = ${firmCode} FOR UPDATE`;
      return tx.account.count({ where: { firmCode } });
    },
    async representativesOf(firmCode) {
      const rows = await tx.account.findMany({
        where: { firmCode, standing: "representative" },
        orderBy: { login: "asc" },
        select: { displayName: true },
      });
      return rows.map(({ displayName }) => displayName);
    },
    async insert({ expiresOn, policies: scope, revoked: _, ...delegation }) {
      const said = scope === "all" ? scope : [...scope];
      await tx.delegation.create({ data: { ...delegation, policies: said, expiresOn: dayToDate(expiresOn) } });
    },
    async revoke(id, revokedBy, revokedAt) {
      await tx.delegation.update({ where: { id }, data: { revokedBy, revokedAt } });
    },
  };
}

/** A guardian is bounded as a delegate is; only the paper is another. */
function boundsOfGuardian(guardianship: Guardianship | undefined): Delegation | "none" {
  if (!guardianship) return "none";
  const { id, ward, accountId, policies: scope, capFen, expiresOn, recordedBy, recordedAt } = guardianship;
  return {
    ...{ id, firmCode: ward, accountId, policies: scope, capFen, expiresOn },
    ...{ grantedBy: recordedBy, grantedAt: recordedAt },
  };
}

/** Newest first. */
export async function delegationsOf(tx: Tx, firmCode: string): Promise<Delegation[]> {
  const rows = await tx.delegation.findMany({ where: { firmCode }, orderBy: [{ grantedAt: "desc" }, { id: "asc" }] });
  return rows.map(toDelegation);
}

function toDelegation({ policies: scope, capFen, expiresOn, revokedBy, revokedAt, ...row }: Row): Delegation {
  return {
    ...row,
    policies: policies.parse(scope),
    capFen: fen(capFen),
    expiresOn: dateToDay(expiresOn),
    ...(revokedBy !== null && revokedAt !== null && { revoked: { by: revokedBy, at: revokedAt } }),
  };
}
