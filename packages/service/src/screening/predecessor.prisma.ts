import type { Json } from "@apply-free/rules";
import { type DeliverySource, registersFirms } from "../facts/delivery-source.ts";
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
      const [row] = await tx.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) AS count FROM (
          SELECT 1 FROM fact WHERE delivery_id = ${deliveryId} GROUP BY firm_code LIMIT ${MOST_COUNTED}) AS firms`;
      const registered = registersFirms(source) || source.kind === "accounts" ? await tx.firm.count() : 0;
      return Math.max(Number(row?.count ?? 0), registered);
    },
    async *said(source, deliveryId, { ending }) {
      const like = `%${ending}`;
      yield* pages((after) => factsAfter(tx, deliveryId, Prisma.sql`firm_code LIKE ${like}`, after), ofFact);
      if (registersFirms(source)) {
        yield* pages(({ firmCode }) => firmsAfter(tx, { endsWith: ending, gt: firmCode }), ofFirm);
      }
      if (source.kind !== "accounts") return;
      yield* pages(({ firmCode }) => accountsAfter(tx, source, { endsWith: ending, gt: firmCode }), saidOfAccount);
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

type Place = Readonly<{ firmCode: string; factId: string }>;
type FactRow = Place & Readonly<{ value: Json }>;
type FirmRow = Readonly<{
  firmCode: string;
  name: string;
  regionCode: string;
  email: string | null;
  phone: string | null;
}>;
type AccountRow = Parameters<typeof saidOfAccount>[0];

/** Page after page by firm, and by fact within it. */
async function* pages<Row extends Readonly<{ firmCode: string; factId?: string }>>(
  pageAfter: (after: Place) => Promise<Row[]>,
  said: (row: Row) => Said[],
): AsyncIterable<readonly Said[]> {
  for (let after: Place | undefined = { firmCode: "", factId: "" }; after; ) {
    const page: Row[] = await pageAfter(after);
    yield page.flatMap(said);
    const last: Row | undefined = page.length < PAGE ? undefined : page.at(-1);
    after = last && { firmCode: last.firmCode, factId: last.factId ?? "" };
  }
}

const factsAfter = (tx: Tx, deliveryId: string, suits: Prisma.Sql, { firmCode, factId }: Place) => tx.$queryRaw<
  FactRow[]
>`
  SELECT firm_code AS "firmCode", fact_id AS "factId", value FROM fact
  WHERE delivery_id = ${deliveryId} AND (firm_code, fact_id) > (${firmCode}, ${factId}) AND ${suits}
  ORDER BY firm_code, fact_id LIMIT ${PAGE}`;

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
