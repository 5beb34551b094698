import type { Tx } from "../platform/store.prisma.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveredFact } from "./settle-firm.ts";

/** Facts per statement: enough to be quick, and few because the client keeps its last hundred messages for a failure's report. */
export const FACTS_AT_ONCE = 2_000;

/** What each fact of a delivery has in common. */
export type FactOrigin = Pick<Delivery, "id" | "sourceId" | "asOf" | "obtainedAt">;

/**
 * One statement and one parameter, a line for each fact: Prisma's createMany binds seven parameters per fact, and a
 * recordset reads each name of a column again in each row. JSON writes tabs and line ends within a value as `\\t` and `\\n`.
 */
export async function insertFacts(
  tx: Tx,
  { id: deliveryId, sourceId, asOf, obtainedAt }: FactOrigin,
  facts: readonly DeliveredFact[],
): Promise<void> {
  const lines = facts.map(({ firmCode, factId, value }) => `${firmCode}\t${factId}\t${JSON.stringify(value)}`);
  await tx.$executeRaw`
    INSERT INTO fact (firm_code, fact_id, value, source_id, delivery_id, as_of, obtained_at)
    SELECT split_part(line, E'\\t', 1), split_part(line, E'\\t', 2), split_part(line, E'\\t', 3)::jsonb,
      ${sourceId}, ${deliveryId}, ${asOf}::date, ${obtainedAt}::timestamptz
    FROM string_to_table(${lines.join("\n")}, E'\\n') AS line`;
}

/** Writes the facts of a delivery before the delivery, which says in the end how many of its rows were good. */
export type FactWriter = Readonly<{
  add(facts: readonly DeliveredFact[]): Promise<void>;
  /** No statement is under way, so that another one can be. */
  rest(): Promise<void>;
  /** All of them are written. */
  flush(): Promise<void>;
  /** None of them is. */
  undo(): Promise<void>;
}>;

/**
 * @param beside one statement may be under way while the next facts are settled; not where the database has
 * but one connection for everything
 */
export function factWriter(tx: Tx, origin: FactOrigin, { beside }: Readonly<{ beside: boolean }>): FactWriter {
  let waiting: DeliveredFact[] = [];
  let underWay: Promise<void> | undefined;
  let isAnnounced = false;
  const announce = async () => {
    isAnnounced = true;
    await tx.$executeRawUnsafe(`SAVEPOINT ${FACTS_OF_A_DELIVERY}`);
    await tx.deliveryAnnounced.create({ data: { id: origin.id } });
  };
  const write = async () => {
    const facts = waiting;
    waiting = [];
    await underWay;
    underWay = insertFacts(tx, origin, facts);
    // Whoever waits for it is told; until then nobody may be there.
    underWay.catch(() => {});
    if (!beside) await underWay;
  };
  return {
    async add(facts) {
      if (!isAnnounced && facts.length > 0) await announce();
      for (const fact of facts) {
        waiting.push(fact);
        if (waiting.length >= FACTS_AT_ONCE) await write();
      }
    },
    async rest() {
      await underWay;
    },
    async flush() {
      if (waiting.length > 0) await write();
      await underWay;
    },
    async undo() {
      waiting = [];
      await underWay;
      if (isAnnounced) await tx.$executeRawUnsafe(`ROLLBACK TO SAVEPOINT ${FACTS_OF_A_DELIVERY}`);
      isAnnounced = false;
    },
  };
}

const FACTS_OF_A_DELIVERY = "facts_of_a_delivery";
