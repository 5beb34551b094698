import { labelOf } from "@apply-free/rules";
import type { UnreachedGroup, UnreachedProps, UnreachedRow } from "@apply-free/ui";
import { cursorAt, type Position } from "../kernel/cursor.ts";
import { addDays, dayOf } from "../kernel/day.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { missKind } from "../watch/near-miss.prisma.ts";

type Deps = Readonly<{ db: Tx; compiled: CompiledPolicies; now: Date }>;
type Filter = Readonly<{ group: UnreachedGroup; policy?: string | undefined }>;
type Page = Readonly<{ rows: readonly UnreachedRow[]; next?: string }>;

/** How many firms and benefits are in each group (应享未享). */
export async function unreachedCounts({ db, now }: Deps, policy?: string): Promise<UnreachedProps["counts"]> {
  const count = async (group: UnreachedGroup) => {
    const [row] = await db.$queryRaw<{ firms: number; benefits: number }[]>`
      SELECT count(DISTINCT firm_code)::int AS firms, count(*)::int AS benefits FROM (${listOf(group, now, policy)}) AS found`;
    return row ?? { firms: 0, benefits: 0 };
  };
  return {
    unreached: await count("unreached"),
    unconfirmed: await count("unconfirmed"),
    nearly: await count("nearly"),
  };
}

/** One page of a group, longest waiting first. */
export async function unreachedPageOf(deps: Deps, filter: Filter, size: number, after?: Position): Promise<Page> {
  const { db, now } = deps;
  const found = await db.$queryRaw<Found[]>`
    SELECT found.*, firm.name AS firm_name, call.id AS call_id
    FROM (${listOf(filter.group, now, filter.policy)}) AS found
    JOIN firm ON firm.code = found.firm_code
    LEFT JOIN firm_call call ON call.firm_code = found.firm_code AND call.status = 'open'
    WHERE ${after ? Prisma.sql`(since, found.id) > (${after.at}::timestamptz, ${after.id})` : Prisma.sql`true`}
    ORDER BY since, found.id LIMIT ${size + 1}`;
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  const rows = await Promise.all(shown.map((row) => toRow(deps, row)));
  return { rows, ...(found.length > size && last && { next: cursorAt({ at: last.since, id: last.id }) }) };
}

type Found = Readonly<{
  id: string;
  firm_code: string;
  firm_name: string;
  version: string;
  since: Date;
  amount_fen: bigint | null;
  confirm_before: Date | null;
  kind: string | null;
  fact: string | null;
  call_id: string | null;
}>;

async function toRow({ db, compiled }: Deps, row: Found): Promise<UnreachedRow> {
  const { policy, vocabulary } = await compiled.load(policyVersionStore(db), row.version);
  const { id, firm_code: firmCode, firm_name: firmName, since, amount_fen, confirm_before, kind, fact, call_id } = row;
  return {
    ...{ id, firmCode, firmName, title: policy.title, since: since.toISOString() },
    ...(amount_fen !== null && { amountFen: String(amount_fen) }),
    ...(confirm_before !== null && { lastDay: addDays(dayOf(confirm_before), -1) }),
    ...(kind !== null && fact !== null && { short: { kind: missKind.parse(kind), label: labelOf(vocabulary, fact) } }),
    ...(call_id !== null && { callId: call_id }),
  };
}

/** Everything of a group: what is offered and can still be answered, with or without proof, or what is watched. */
function listOf(group: UnreachedGroup, now: Date, policy: string | undefined): Prisma.Sql {
  const ofPolicy = policy === undefined ? Prisma.sql`true` : Prisma.sql`policy_id = ${policy}`;
  if (group === "nearly")
    return Prisma.sql`
      SELECT id, firm_code, policy_version_id AS version, since, NULL::bigint AS amount_fen,
        NULL::timestamptz AS confirm_before, kind, fact
      FROM near_miss WHERE ended_at IS NULL AND ${ofPolicy}`;
  const proved = Prisma.sql`EXISTS (SELECT FROM notice_proof proof
    WHERE entitlement_id = owed.id AND offered_at = owed.offered_at AND at <= ${now}::timestamptz
      AND NOT EXISTS (SELECT FROM withdrawn_proof WHERE evidence = proof.evidence))`;
  return Prisma.sql`
    SELECT id, firm_code, policy_version_id AS version, offered_at AS since, amount_fen, confirm_before,
      NULL::text AS kind, NULL::text AS fact
    FROM entitlement owed WHERE status = 'offered' AND confirm_before > ${now}::timestamptz AND ${ofPolicy}
      AND ${group === "unreached" ? Prisma.sql`NOT ${proved}` : proved}`;
}
