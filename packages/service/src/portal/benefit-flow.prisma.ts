import type { Transition } from "@apply-free/ui";
import type { Tx } from "../platform/store.prisma.ts";

/** Every step that a benefit may take, from the table that the database's trigger itself reads. */
export async function benefitFlow(db: Tx): Promise<Transition[]> {
  const rows = await db.legalTransition.findMany({
    where: { entity: "entitlement" },
    orderBy: [{ fromState: "asc" }, { toState: "asc" }],
  });
  return rows.map(({ fromState: from, toState: to }) => ({ from, to }));
}
