import { z } from "zod";
import type { Account as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { type AccountStore, type Principal, roles, standings } from "./account.ts";
import { standingGuardianship } from "./guardianship.prisma.ts";

export function accountStore(tx: Tx): AccountStore {
  return {
    async findByLogin(login) {
      const row = await tx.account.findUnique({ where: { login } });
      if (row && (await isRevoked(tx, row))) return undefined;
      return row ? { principal: await principalOf(tx, row), passwordHash: row.passwordHash } : undefined;
    },
    async findById(id) {
      const row = await tx.account.findUnique({ where: { id } });
      return row && !(await isRevoked(tx, row)) ? principalOf(tx, row) : undefined;
    },
    async openAll(accounts) {
      const codes = accounts.flatMap(({ firmCode }) => firmCode ?? []);
      const firms = await tx.firm.findMany({ where: { code: { in: codes } }, select: { code: true } });
      const known = new Set(firms.map(({ code }) => code));
      const rows = accounts
        .filter(({ firmCode }) => firmCode === undefined || known.has(firmCode))
        .map(({ at, firmCode = null, sourceId = null, standing, ...account }) => ({
          ...{ ...account, firmCode, sourceId },
          standing: firmCode === null ? null : (standing ?? "representative"),
          createdAt: at,
        }));
      await tx.account.createMany({ data: rows, skipDuplicates: true });
    },
  };
}

/** Who looks after which department's data. */
export function dataOfficers(tx: Tx) {
  return {
    async hasOfficers(sourceId: string): Promise<boolean> {
      return (await tx.account.count({ where: { role: "data-officer", sourceId } })) > 0;
    },
  };
}

const role = z.enum(roles);
const standing = z.enum(standings);

/** Whoever was let in by a delegation stays out when it is revoked; one that has run out may still read. */
export async function isRevoked(tx: Tx, { id: accountId, standing }: Pick<Row, "id" | "standing">): Promise<boolean> {
  if (standing === "guardian") return (await standingGuardianship(tx, accountId)) === undefined;
  return standing === "delegate" && (await tx.delegation.count({ where: { accountId, revokedAt: null } })) === 0;
}

export async function principalOf(tx: Tx, row: Row): Promise<Principal> {
  const select = { code: true, name: true } as const;
  const { firmCode } = row;
  return principalWith(
    row,
    firmCode === null ? undefined : await tx.firm.findUniqueOrThrow({ where: { code: firmCode }, select }),
  );
}

/** An account as the store has it, without its firm. */
export type AccountRow = Pick<Row, "id" | "role" | "displayName" | "sourceId" | "standing">;

export function principalWith(row: AccountRow, firm: Readonly<{ code: string; name: string }> | undefined): Principal {
  const { id: accountId, displayName, sourceId } = row;
  const parsed = role.parse(row.role);
  if (parsed === "data-officer") return { accountId, displayName, role: parsed, sourceId: z.string().parse(sourceId) };
  if (parsed !== "enterprise") return { accountId, displayName, role: parsed };
  if (!firm) throw new Error(`account ${accountId} belongs to no firm`);
  const said = standing.parse(row.standing);
  return { accountId, displayName, role: parsed, firmCode: firm.code, firmName: firm.name, standing: said };
}
