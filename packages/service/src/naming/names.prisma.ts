import { z } from "zod";
import { firstBytes, keepFurtherBytes, keptBytes } from "../facts/kept-file.prisma.ts";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError, unreachable } from "../kernel/errors.ts";
import type { Prisma, NameList as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { nameKey } from "./name-key.ts";
import type { Candidate, NameEntry, NameList, NameListState, NameListTerms } from "./name-list.ts";
import type { NameDirectory, NameListStore } from "./name-store.ts";

export function nameListStore(tx: Tx): NameListStore {
  return {
    async find(sourceId, sha256, asOf) {
      const where = { sourceId_sha256_asOf: { sourceId, sha256, asOf: dayToDate(asOf) } };
      const row = await tx.nameList.findUnique({ where, omit: { bytes: true } });
      return row ? toNameList(row) : undefined;
    },
    async get(id) {
      await tx.$executeRaw`SELECT 1 FROM name_list WHERE id = ${id} FOR UPDATE`;
      const row = await tx.nameList.findUnique({ where: { id }, omit: { bytes: true } });
      if (row) return toNameList(row);
      throw new DomainError("name-list-not-found", "没有这份名单。No such list of names.", { id });
    },
    async bytesOf(id) {
      const { bytes } = await tx.nameList.findUniqueOrThrow({ where: { id }, select: { bytes: true } });
      return keptBytes(tx, id, bytes);
    },
    async entriesOf(listId) {
      const rows = await tx.nameListEntry.findMany({ where: { listId }, orderBy: { name: "asc" } });
      return rows.map(({ name, lines, candidates, firmCode, settledBy, settledAt }): NameEntry => {
        const settled =
          settledBy !== null && settledAt !== null
            ? { settled: { ...(firmCode !== null && { code: firmCode }), by: settledBy, at: settledAt } }
            : {};
        return { name, lines: lineNumbers.parse(lines), candidates: candidateList.parse(candidates), ...settled };
      });
    },
    async keep({ asOf, isPartial, ...list }, bytes, entries) {
      const { id, sourceId, fileName, sha256, arrivedAt, importedBy, status } = list;
      await tx.nameList.create({
        data: {
          ...{ id, sourceId, fileName, sha256, arrivedAt, importedBy, status },
          ...{ asOf: dayToDate(asOf), complete: !isPartial, bytes: await firstBytes(bytes) },
        },
      });
      await keepFurtherBytes(tx, id, bytes);
      await tx.nameListEntry.createMany({
        data: entries.map(({ name, lines, candidates }) => ({
          ...{ listId: id, name, lines: [...lines] },
          candidates: [...candidates] as unknown as Prisma.InputJsonValue,
        })),
      });
    },
    async settle(listId, answers, settledBy, settledAt) {
      // A name that is answered twice is as the last answer says.
      const newest = [...new Map(answers.map((answer) => [answer.name, answer])).values()];
      await tx.$executeRaw`
        UPDATE name_list_entry AS entry
        SET firm_code = answer.code, settled_by = ${settledBy}, settled_at = ${settledAt}::timestamptz
        FROM jsonb_to_recordset(${JSON.stringify(newest)}::jsonb) AS answer(name text, code text)
        WHERE entry.list_id = ${listId} AND entry.name = answer.name`;
    },
    async close(id, state) {
      await tx.nameList.update({ where: { id }, data: columnsOf(state) });
    },
  };
}

export function nameDirectory(tx: Tx): NameDirectory {
  return {
    async candidates(names) {
      const keys = [...new Set(names.map(nameKey))];
      const rows = await tx.$queryRaw<(Candidate & Readonly<{ key: string }>)[]>`
        SELECT DISTINCT ON (key, code) key, code, name, how FROM (
          SELECT name_key(name) AS key, code, name, 'current' AS how, 1 AS rank
          FROM firm WHERE name_key(name) = ANY(${keys})
          UNION ALL
          SELECT name_key(e.name), e.firm_code, f.name, 'answered', 2
          FROM name_list_entry e JOIN name_list l ON l.id = e.list_id JOIN firm f ON f.code = e.firm_code
          WHERE l.status = 'completed' AND name_key(e.name) = ANY(${keys})
          UNION ALL
          SELECT name_key(f.value #>> '{}'), f.firm_code, firm.name, 'former', 3
          FROM fact f JOIN firm ON firm.code = f.firm_code
          WHERE f.fact_id = 'ent.name' AND name_key(f.value #>> '{}') = ANY(${keys})
          UNION ALL
          SELECT name_key(former ->> 'name'), f.firm_code, firm.name, 'former', 3
          FROM fact f JOIN firm ON firm.code = f.firm_code CROSS JOIN LATERAL jsonb_array_elements(f.value) AS former
          WHERE f.fact_id = 'ent.formerNames' AND f.value <> '[]'::jsonb AND name_key(former ->> 'name') = ANY(${keys})
        ) AS found
        ORDER BY key, code, rank`;
      const byKey = Map.groupBy(rows, ({ key }) => key);
      const found = names.map((name) => [name, byKey.get(nameKey(name)) ?? []] as const);
      return new Map(
        found.flatMap(([name, all]) =>
          all.length > 0 ? [[name, all.map(({ code, name: whose, how }) => ({ code, name: whose, how }))]] : [],
        ),
      );
    },
    async registered(codes) {
      const rows = await tx.firm.findMany({ where: { code: { in: [...codes] } }, select: { code: true } });
      return new Set(rows.map(({ code }) => code));
    },
  };
}

const lineNumbers = z.array(z.number().int());
const candidateList = z.array(
  z.object({ code: z.string(), name: z.string(), how: z.enum(["current", "former", "answered"]) }),
);

type Columns = Pick<Row, "status" | "closedBy" | "closedAt" | "reason">;

function columnsOf(state: NameListState): Columns {
  switch (state.status) {
    case "open":
      return { status: state.status, closedBy: null, closedAt: null, reason: null };
    case "completed":
      return { status: state.status, closedBy: state.closedBy, closedAt: state.closedAt, reason: null };
    case "dropped":
      return { status: state.status, closedBy: state.closedBy, closedAt: state.closedAt, reason: state.reason };
    default:
      return unreachable(state);
  }
}

export function toNameList(row: Omit<Row, "bytes">): NameList {
  const { id, sourceId, fileName, sha256, arrivedAt, importedBy } = row;
  const terms: NameListTerms = {
    ...{ id, sourceId, fileName, sha256, arrivedAt, importedBy },
    asOf: dateToDay(row.asOf),
    isPartial: !row.complete,
  };
  return { ...terms, ...stateIn.parse(row) };
}

const closed = { closedBy: z.string(), closedAt: z.date() };
const stateIn = z.discriminatedUnion("status", [
  z.object({ status: z.literal("open") }),
  z.object({ status: z.literal("completed"), ...closed }),
  z.object({ status: z.literal("dropped"), ...closed, reason: z.string() }),
]);
