import { namedTogether } from "../facts/group.prisma.ts";
import { type EventType, factEvents } from "../kernel/event.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { News, ReachNews } from "./reach-news.ts";

type Told = Readonly<{ seq: string; type: EventType; subject: string; entitlement: string | null; sealed: boolean }>;
type Row = Readonly<{ mark: bigint; versions: string[]; told: Told[] }>;

/** Events after which this system has paid something else; the entitlement is in the payload. */
const ofPayment: readonly EventType[] = ["payment-settled", "payment-returned", "offset-applied"];
const told: readonly EventType[] = [
  ...factEvents,
  ...ofPayment,
  "entitlement-set-off",
  "recovery-received",
  "facts-purged",
];

/**
 * Reads along the chain of seals, whose order is that in which events became visible. Their numbers are not:
 * a delivery of an hour takes its number before it is over, and whoever counts numbers passes it by.
 */
export function reachNews(tx: Tx): ReachNews {
  async function since(mark: bigint, seen: ReadonlySet<string>): Promise<News> {
    // One statement sees one moment: nothing is sealed between the two halves.
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT
        coalesce((SELECT max(index) FROM seal), -1) AS mark,
        ARRAY(SELECT id FROM (
          SELECT DISTINCT ON (policy_id) policy_id, id FROM policy_version ORDER BY policy_id, version DESC
        ) AS newest ORDER BY policy_id) AS versions,
        coalesce((SELECT jsonb_agg(jsonb_build_object('seq', seq::text, 'type', type, 'subject', subject,
            'entitlement', payload->>'entitlementId', 'sealed', sealed))
          FROM (
            SELECT event_seq, true AS sealed FROM seal WHERE index > ${mark}::bigint
            UNION ALL SELECT event_seq, false FROM unsealed_event
          ) AS news JOIN journal_event ON seq = event_seq
          WHERE type = ANY(${[...told]})), '[]') AS told`;
    const all = row?.told ?? [];
    const fresh = all.filter(({ seq }) => !seen.has(seq));
    return {
      mark: row?.mark ?? mark,
      versions: row?.versions ?? [],
      firms: await firmsOf(tx, fresh),
      unsealed: all.filter(({ sealed }) => !sealed).map(({ seq }) => seq),
      isPurged: fresh.some(({ type }) => type === "facts-purged"),
    };
  }
  return {
    since,
    sealHash: async (index) => (await tx.seal.findUnique({ where: { index }, select: { hash: true } }))?.hash,
    firms: () => tx.firm.count(),
    now: () => since(END, new Set()).then((news) => ({ ...news, firms: [] })),
  };
}

/** Behind every seal: nothing sealed is told. */
const END = 2n ** 63n - 1n;

async function firmsOf(tx: Tx, events: readonly Told[]): Promise<readonly string[]> {
  const subjects = (types: readonly EventType[]) =>
    events.filter(({ type }) => types.includes(type)).map(({ subject }) => subject);
  const deliveries = subjects(factEvents);
  const recoveries = subjects(["recovery-received"]);
  const paid = events.flatMap(({ type, entitlement }) =>
    ofPayment.includes(type) && entitlement ? [entitlement] : [],
  );
  const entitlements = [...paid, ...subjects(["entitlement-set-off"])];
  if (deliveries.length + recoveries.length + entitlements.length === 0) return [];
  // Who is said to be under somebody else now may be in, or out of, the group of whoever was ever named with it.
  const rows = await tx.$queryRaw<{ code: string }[]>`
    SELECT firm_code AS code FROM fact WHERE delivery_id = ANY(${deliveries})
    UNION SELECT code FROM (${namedTogether(Prisma.sql`SELECT unnest(${deliveries}::text[])`)}) AS named
    UNION SELECT firm_code FROM entitlement WHERE id = ANY(${entitlements})
    UNION SELECT entitlement.firm_code FROM entitlement JOIN recovery ON recovery.entitlement_id = entitlement.id
      WHERE recovery.id = ANY(${recoveries})
    ORDER BY code`;
  return rows.map(({ code }) => code);
}
