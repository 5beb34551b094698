type Kept = Record<string, unknown>;

const MOST_KEPT = 5_000;

/** What an identity provider of a demonstration remembers while it runs; the oldest goes when it is much. */
export function providerMemory() {
  const kept = new Map<string, Kept>();
  return (kind: string) => {
    const key = (id: string) => `${kind} ${id}`;
    const where = async (field: string, value: string) =>
      [...kept].find(([id, payload]) => id.startsWith(`${kind} `) && payload[field] === value)?.[1];
    return {
      async upsert(id: string, payload: Kept) {
        kept.set(key(id), payload);
        const [oldest] = kept.keys();
        if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      },
      find: async (id: string) => kept.get(key(id)),
      findByUid: (uid: string) => where("uid", uid),
      findByUserCode: (code: string) => where("userCode", code),
      async consume(id: string) {
        const payload = kept.get(key(id));
        // It looks only whether something is there; when does not matter here.
        if (payload) payload.consumed = 1;
      },
      async destroy(id: string) {
        kept.delete(key(id));
      },
      async revokeByGrantId(grantId: string) {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
      },
    };
  };
}
