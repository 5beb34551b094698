import { z } from "zod";
import type { Tx } from "../platform/store.prisma.ts";
import { contactKinds, type FirmContactStore } from "./firm-contact.ts";

const kindOf = z.enum(contactKinds);

export function firmContactStore(tx: Tx): FirmContactStore {
  return {
    async of(firmCode) {
      const rows = await tx.firmContact.findMany({ where: { firmCode }, orderBy: { kind: "asc" } });
      return rows.map(({ kind, value, setAt, verifiedAt }) => ({
        ...{ kind: kindOf.parse(kind), value, setAt },
        ...(verifiedAt && { verifiedAt }),
      }));
    },
    async name({ firmCode, kind, value, by, at }) {
      const said = { value, setBy: by, setAt: at, verifiedAt: null };
      const where = { firmCode_kind: { firmCode, kind } };
      await tx.firmContact.upsert({ where, create: { firmCode, kind, ...said }, update: said });
    },
    async verify({ firmCode, kind, value, at }) {
      await tx.$executeRaw`SELECT 1 FROM firm_contact WHERE firm_code = ${firmCode} AND kind = ${kind} FOR UPDATE`;
      const where = { firmCode_kind: { firmCode, kind } };
      const known = await tx.firmContact.findUnique({ where });
      if (known?.value !== value) return false;
      await tx.firmContact.update({ where, data: { verifiedAt: at } });
      return true;
    },
    async remove(firmCode, kind) {
      const { count } = await tx.firmContact.deleteMany({ where: { firmCode, kind } });
      return count > 0;
    },
  };
}

/** The verified ones, by firm: where notices go first. */
export async function verifiedContacts(tx: Tx, firmCodes: readonly string[]) {
  const rows = await tx.firmContact.findMany({
    where: { firmCode: { in: [...firmCodes] }, verifiedAt: { not: null } },
    select: { firmCode: true, kind: true, value: true },
  });
  const byFirm = Map.groupBy(rows, ({ firmCode }) => firmCode);
  return (firmCode: string): Readonly<{ email?: string; phone?: string }> =>
    Object.fromEntries((byFirm.get(firmCode) ?? []).map(({ kind, value }) => [kind, value]));
}
