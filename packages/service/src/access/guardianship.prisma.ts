import { z } from "zod";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { Guardianship as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { DelegatedPolicies } from "./delegation.ts";
import { type Guardianship, type GuardianshipStore, guardianBases } from "./guardianship.ts";

export function guardianshipStore(tx: Tx): GuardianshipStore {
  return {
    async find(id) {
      await tx.$queryRaw`SELECT id FROM guardianship WHERE id = ${id} FOR UPDATE`;
      const row = await tx.guardianship.findUnique({ where: { id } });
      return row ? toGuardianship(row) : undefined;
    },
    async ofAccount(accountId) {
      const row = await tx.guardianship.findUnique({ where: { accountId } });
      return row ? toGuardianship(row) : undefined;
    },
    async personBy(code) {
      const person = await tx.firm.findUnique({ where: { code }, select: { name: true } });
      if (!person) return undefined;
      const own = await tx.account.findFirst({ where: { firmCode: code, standing: "representative" } });
      return { name: person.name, ...(own && { accountId: own.id }) };
    },
    async insert({ policies, expiresOn, checked: _, ended: __, ...guardianship }) {
      const said = policies === "all" ? policies : [...policies];
      await tx.guardianship.create({ data: { ...guardianship, policies: said, expiresOn: dayToDate(expiresOn) } });
    },
    async check(id, checkedBy, checkedAt) {
      await tx.guardianship.update({ where: { id }, data: { checkedBy, checkedAt } });
    },
    async end(id, endedBy, endedAt) {
      await tx.guardianship.update({ where: { id }, data: { endedBy, endedAt } });
    },
  };
}

/** Those that have not ended, newest first: of a guardian's own account, or all. */
export async function liveGuardianships(
  tx: Tx,
  where: Readonly<{ guardian?: string }>,
  take = 200,
): Promise<Guardianship[]> {
  const rows = await tx.guardianship.findMany({
    ...{ where: { ...where, endedAt: null }, orderBy: [{ recordedAt: "desc" }, { id: "asc" }], take },
  });
  return rows.map(toGuardianship);
}

/** Under this account somebody acts for a ward, by a guardianship that was checked and has not ended. */
export async function standingGuardianship(tx: Tx, accountId: string): Promise<Guardianship | undefined> {
  const row = await tx.guardianship.findFirst({ where: { accountId, checkedAt: { not: null }, endedAt: null } });
  return row ? toGuardianship(row) : undefined;
}

const policiesIn: z.ZodType<DelegatedPolicies> = z.union([z.literal("all"), z.array(z.string())]);
const basisIn = z.enum(guardianBases);

function toGuardianship({ policies, capFen, expiresOn, checkedBy, checkedAt, endedBy, endedAt, ...row }: Row) {
  return {
    ...row,
    basis: basisIn.parse(row.basis),
    policies: policiesIn.parse(policies),
    capFen: fen(capFen),
    expiresOn: dateToDay(expiresOn),
    ...(checkedBy !== null && checkedAt !== null && { checked: { by: checkedBy, at: checkedAt } }),
    ...(endedBy !== null && endedAt !== null && { ended: { by: endedBy, at: endedAt } }),
  };
}
