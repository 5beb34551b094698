import { DomainError } from "../kernel/errors.ts";
import type { Sealing } from "../kernel/sealing.ts";
import type { PrismaClient } from "./generated/client.ts";
import { type SealedFields, sealedFields } from "./sealed-column.ts";

/** Relations by which a query on another model answers with sealed columns. */
const relations: Readonly<Record<string, string>> = { accounts: "BankAccount", firm: "Firm" };

type Row = Record<string, unknown>;

/**
 * The client that seals what it writes into these columns and opens what it reads from them. Rooms write and
 * read plain values through it; statements in SQL see only sealed ones and compare blind indexes.
 */
export function withSealedColumns(client: PrismaClient, sealing: Sealing): PrismaClient {
  const sealData = (columns: SealedFields, data: unknown): unknown => {
    if (Array.isArray(data)) return data.map((each) => sealData(columns, each));
    const row = { ...(data as Row) };
    for (const [column, index] of Object.entries(columns)) {
      const plain = row[column];
      if (typeof plain !== "string" && !(plain instanceof Uint8Array)) continue;
      row[column] = typeof plain === "string" ? sealing.seal(plain) : sealing.sealBytes(plain);
      if (index && typeof plain === "string") row[index] = sealing.index(plain);
    }
    return row;
  };
  const indexWhere = (columns: SealedFields, where: unknown): unknown => {
    if (Array.isArray(where)) return where.map((each) => indexWhere(columns, each));
    if (typeof where !== "object" || where === null) return where;
    return Object.fromEntries(
      Object.entries(where).map(([key, wanted]) => {
        if (key === "AND" || key === "OR" || key === "NOT") return [key, indexWhere(columns, wanted)];
        const index = columns[key];
        return index ? [index, indexed(wanted)] : [key, wanted];
      }),
    );
  };
  const indexed = (wanted: unknown): unknown => {
    if (typeof wanted === "string") return sealing.index(wanted);
    const { in: among, ...rest } = wanted as Readonly<{ in?: readonly string[] }>;
    if (among === undefined || Object.keys(rest).length > 0) {
      throw new Error("a sealed column can be asked for equality and membership only");
    }
    return { in: among.map((each) => sealing.index(each)) };
  };
  const open = (columns: SealedFields, result: unknown): unknown => {
    if (Array.isArray(result)) return result.map((each) => open(columns, each));
    if (typeof result !== "object" || result === null) return result;
    const row: Row = { ...result };
    for (const [column, index] of Object.entries(columns)) {
      const sealed = row[column];
      if (typeof sealed === "string") row[column] = sealing.open(sealed);
      else if (sealed instanceof Uint8Array) row[column] = sealing.openBytes(sealed);
      const stored = index === null ? undefined : row[index];
      if (typeof stored === "string" && typeof row[column] === "string" && stored !== sealing.index(row[column])) {
        throw new DomainError("sealed-unreadable", "A sealed value is not the one that its index says.");
      }
    }
    return row;
  };
  const openRelated = (result: unknown): unknown => {
    if (Array.isArray(result)) return result.map(openRelated);
    if (typeof result !== "object" || result === null) return result;
    const row: Row = { ...result };
    for (const [relation, model] of Object.entries(relations)) {
      if (row[relation] !== undefined) row[relation] = open(sealedFields[model] ?? {}, row[relation]);
    }
    return row;
  };
  type Operation = Readonly<{ model: string; args: unknown; query(args: unknown): Promise<unknown> }>;
  const sealAndOpen = async ({ model, args, query }: Operation) => {
    const columns = sealedFields[model] ?? {};
    const { data, create, update, where, include, select } = { ...(args as Row) };
    const isRelated = Object.keys(relations).some((name) =>
      [include, select].some((of) => Object.hasOwn(Object(of), name)),
    );
    const sealedArgs = {
      ...(args as Row),
      ...(data !== undefined && { data: sealData(columns, data) }),
      ...(create !== undefined && { create: sealData(columns, create) }),
      ...(update !== undefined && { update: sealData(columns, update) }),
      ...(where !== undefined && { where: indexWhere(columns, where) }),
    };
    const result = await query(sealedArgs);
    return open(columns, isRelated ? openRelated(result) : result);
  };
  // Only these models: what stands between a query and its rows costs every query of the model, and the
  // models that money moves through hold nothing sealed.
  const query = Object.fromEntries(
    Object.keys(sealedFields).map((model) => [lowerFirst(model), { $allOperations: sealAndOpen }]),
  );
  // A query extension changes what is done, not what the client looks like; its type asks for literal names.
  return client.$extends({ query: query as object }) as unknown as PrismaClient;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
