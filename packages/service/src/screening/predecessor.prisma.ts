import type { Json } from "@apply-free/rules";
import { type DeliverySource, registersFirms } from "../facts/delivery-source.ts";
import { inPages } from "../platform/cursor.prisma.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Said } from "./observation.ts";
import type { PredecessorStore } from "./quarantine-store.ts";
import { saidOfAccount, saidOfFirm } from "./said-by.ts";
import { WHOLE } from "./sample.ts";

export function predecessorStore(tx: Tx): PredecessorStore {
  return {
    async latest(sourceId) {
      const row = await tx.delivery.findFirst({
        where: { sourceId, complete: true },
        orderBy: [{ obtainedAt: "desc" }, { id: "asc" }],
      });
      if (!row) return undefined;
      const { id: deliveryId, rowsGood, rowsBad, sha256 } = row;
      return { deliveryId, rowsGood, rowsBad, sha256 };
    },
    async knows(sourceId, sha256) {
      return (await tx.delivery.count({ where: { sourceId, sha256 } })) > 0;
    },
    async firmCount(source, deliveryId) {
      // One row of a firm says a fact for each column at most, and that it is on the list.
      const mostFacts = MOST_COUNTED * (source.columns.length + 1);
      const [row] = await tx.$queryRaw<{ count: bigint }[]>`
        SELECT count(DISTINCT firm_code) AS count FROM (
          SELECT firm_code FROM fact WHERE delivery_id = ${deliveryId} LIMIT ${mostFacts}) AS said`;
      const registered = registersFirms(source) || source.kind === "accounts" ? await tx.firm.count() : 0;
      return Math.max(Number(row?.count ?? 0), registered);
    },
    async *said(source, deliveryId, { ending }) {
      const like = `%${ending}`;
      const facts = inPages<FactRow>(
        tx,
        "said_before",
        Prisma.sql`
          SELECT firm_code AS "firmCode", fact_id AS "factId", value FROM fact
          WHERE delivery_id = ${deliveryId} AND firm_code LIKE ${like} ORDER BY firm_code, fact_id`,
      );
      for await (const page of facts) yield page.flatMap(ofFact);
      if (registersFirms(source)) {
        yield* pages((gt) => firmsAfter(tx, { endsWith: ending, gt }), ofFirm);
      }
      if (source.kind !== "accounts") return;
      yield* pages((gt) => accountsAfter(tx, source, { endsWith: ending, gt }), saidOfAccount);
    },
    async saidOf(source, deliveryId, firmCodes) {
      const codes = [...firmCodes];
      const facts = await tx.$queryRaw<FactRow[]>`
        SELECT firm_code AS "firmCode", fact_id AS "factId", value FROM fact
        WHERE delivery_id = ${deliveryId} AND firm_code = ANY(${codes})`;
      const firms = registersFirms(source) ? await firmsAfter(tx, { in: codes }) : [];
      const accounts = source.kind === "accounts" ? await accountsAfter(tx, source, { in: codes }) : [];
      return [...facts.flatMap(ofFact), ...firms.flatMap(ofFirm), ...accounts.flatMap(saidOfAccount)];
    },
  };
}

/** More firms than this are looked at in the smallest sample, whatever their number. */
const MOST_COUNTED = WHOLE * 31 + 1;
const PAGE = 5_000;

type FactRow = Readonly<{ firmCode: string; factId: string; value: Json }>;
type FirmRow = Readonly<{
  firmCode: string;
  name: string;
  regionCode: string;
  email: string | null;
  phone: string | null;
}>;
type AccountRow = Parameters<typeof saidOfAccount>[0];

/** Page after page by firm. */
async function* pages<Row extends Readonly<{ firmCode: string }>>(
  pageAfter: (firmCode: string) => Promise<Row[]>,
  said: (row: Row) => Said[],
): AsyncIterable<readonly Said[]> {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page: Row[] = await pageAfter(after);
    yield page.flatMap(said);
    after = page.length < PAGE ? undefined : page.at(-1)?.firmCode;
  }
}

type Codes = Readonly<{ endsWith: string; gt: string }> | Readonly<{ in: string[] }>;

/** Through the client, which opens what lies sealed. */
async function firmsAfter(tx: Tx, code: Codes): Promise<FirmRow[]> {
  const select = { code: true, name: true, regionCode: true, email: true, phone: true } as const;
  const rows = await tx.firm.findMany({ where: { code }, select, orderBy: { code: "asc" }, take: PAGE });
  return rows.map(({ code: firmCode, ...firm }) => ({ firmCode, ...firm }));
}

function accountsAfter(tx: Tx, { id: source }: DeliverySource, firmCode: Codes): Promise<AccountRow[]> {
  const select = { firmCode: true, holderName: true, accountNo: true, bankName: true, bankCode: true } as const;
  const where = { source, status: "active", firmCode };
  return tx.bankAccount.findMany({ where, select, orderBy: { firmCode: "asc" }, take: PAGE });
}

const ofFact = ({ firmCode, factId: id, value }: FactRow): Said[] => [{ firmCode, id, value }];
const ofFirm = ({ firmCode: code, email, phone, ...firm }: FirmRow): Said[] =>
  saidOfFirm({ code, ...firm, ...(email !== null && { email }), ...(phone !== null && { phone }) });
