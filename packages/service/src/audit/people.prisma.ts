import type { Tx } from "../platform/store.prisma.ts";
import type { CasePerson } from "./case-chain.ts";

/** Names behind the account ids of one case; jobs and unknown ids stay ids. */
export type People = {
  load(ids: readonly string[]): Promise<void>;
  get(id: string): CasePerson;
};

export function peopleOf(db: Tx): People {
  const known = new Map<string, CasePerson>();
  return {
    async load(ids) {
      const wanted = [...new Set(ids)].filter((id) => !known.has(id));
      const select = { id: true, displayName: true, role: true };
      const accounts = await db.account.findMany({ where: { id: { in: wanted } }, select });
      for (const { id, displayName, role } of accounts) known.set(id, { id, name: displayName, role });
    },
    get: (id) => known.get(id) ?? { id },
  };
}
