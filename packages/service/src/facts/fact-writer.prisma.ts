import type { Tx } from "../platform/store.prisma.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveredFact } from "./settle-firm.ts";

/** Facts in one statement, and characters: the client keeps its last hundred messages for the report of a failure. */
const FACTS_AT_ONCE = 12_000;
const LENGTH_AT_ONCE = 1_000_000;

/** What each fact of a delivery has in common. */
export type FactOrigin = Pick<Delivery, "id" | "sourceId" | "asOf" | "obtainedAt">;

/** Writes facts of a delivery that is written already. */
export async function insertFacts(tx: Tx, origin: FactOrigin, facts: readonly DeliveredFact[]): Promise<void> {
  const pile = pileOfLines();
  for (const fact of facts) {
    const full = pile.add(fact);
    if (full !== "") await insertLines(tx, origin, full);
  }
  const last = pile.take();
  if (last !== "") await insertLines(tx, origin, last);
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
 * @param beside statements may be under way while the next facts are settled; not where the database has
 * but one connection for everything
 */
export function factWriter(tx: Tx, origin: FactOrigin, { beside }: Readonly<{ beside: boolean }>): FactWriter {
  const pile = pileOfLines();
  /** Statements that are under way or next, the oldest first. */
  let queue: Promise<void>[] = [];
  let isAnnounced = false;
  const announce = async () => {
    isAnnounced = true;
    await tx.$executeRawUnsafe(`SAVEPOINT ${FACTS_OF_A_DELIVERY}`);
    await tx.deliveryAnnounced.create({ data: { id: origin.id } });
  };
  const rest = async () => {
    await queue.at(-1);
    queue = [];
  };
  const write = async (lines: string) => {
    const before = queue.at(-1);
    const written = before ? before.then(() => insertLines(tx, origin, lines)) : insertLines(tx, origin, lines);
    // Whoever waits for it is told; until then nobody may be there.
    written.catch(() => {});
    queue.push(written);
    if (!beside) await rest();
    else if (queue.length > MOST_QUEUED) await queue.shift();
  };
  return {
    async add(facts) {
      if (!isAnnounced && facts.length > 0) await announce();
      for (const fact of facts) {
        const full = pile.add(fact);
        if (full !== "") await write(full);
      }
    },
    rest,
    async flush() {
      const last = pile.take();
      if (last !== "") await write(last);
      await rest();
    },
    async undo() {
      pile.take();
      await rest();
      if (isAnnounced) await tx.$executeRawUnsafe(`ROLLBACK TO SAVEPOINT ${FACTS_OF_A_DELIVERY}`);
      isAnnounced = false;
    },
  };
}

/** So that the server has the next statement at hand when it is done with one. */
const MOST_QUEUED = 2;
const FACTS_OF_A_DELIVERY = "facts_of_a_delivery";

/** Facts as lines, as many as go into one statement. */
function pileOfLines() {
  let lines = "";
  let count = 0;
  const take = (): string => {
    const taken = lines;
    [lines, count] = ["", 0];
    return taken;
  };
  return {
    /** @returns the lines of a statement, when they are enough for one; else nothing */
    add({ firmCode, factId, value }: DeliveredFact): string {
      // JSON writes tabs and line ends within a value as `\t` and `\n`.
      lines += `${count === 0 ? "" : "\n"}${firmCode}\t${factId}\t${JSON.stringify(value)}`;
      count += 1;
      return count >= FACTS_AT_ONCE || lines.length >= LENGTH_AT_ONCE ? take() : "";
    },
    take,
  };
}

/**
 * One statement and one parameter, a line for each fact: Prisma's createMany binds seven parameters per fact, and a
 * recordset reads each name of a column again in each row.
 */
async function insertLines(
  tx: Tx,
  { id: deliveryId, sourceId, asOf, obtainedAt }: FactOrigin,
  lines: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO fact (firm_code, fact_id, value, source_id, delivery_id, as_of, obtained_at)
    SELECT split_part(line, E'\\t', 1), split_part(line, E'\\t', 2), split_part(line, E'\\t', 3)::jsonb,
      ${sourceId}, ${deliveryId}, ${asOf}::date, ${obtainedAt}::timestamptz
    FROM string_to_table(${lines}, E'\\n') AS line`;
}
