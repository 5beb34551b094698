import type { Cases, FactDefinition, Json } from "@apply-free/rules";
import { type Random, randomFor } from "./sample-random.ts";

/** What invented firms are made of: the firms of worked cases, and every value that each fact has in them. */
export type FactPool = Readonly<{
  facts: readonly FactDefinition[];
  firms: readonly (readonly (readonly [fact: number, value: Json])[])[];
  /** By fact. */
  values: readonly (readonly Json[])[];
}>;

/** Gathers what worked cases say of firms. @param known every fact that a firm may have */
export function factPool(known: ReadonlyMap<string, FactDefinition>, worked: readonly Cases[]): FactPool {
  const facts = [...known.values()].filter(({ id }) => worked.some((cases) => idsIn(cases).has(id)));
  const place = new Map(facts.map(({ id }, at) => [id, at]));
  const firms = worked.flatMap(({ facts: common, cases }) =>
    cases.map(({ facts: own, without }) =>
      Object.entries({ ...common, ...own }).flatMap(([id, value]): [number, Json][] => {
        const at = place.get(id);
        return at === undefined || (without.includes(id) && !(id in own)) ? [] : [[at, value]];
      }),
    ),
  );
  const values = facts.map((_, fact) => {
    const given = firms.flatMap((firm) => firm.flatMap(([at, value]) => (at === fact ? [value] : [])));
    return [...new Map(given.map((value) => [JSON.stringify(value), value])).values()];
  });
  return { facts, firms, values };
}

const idsIn = ({ facts, cases }: Cases) =>
  new Set([...Object.keys(facts), ...cases.flatMap((each) => Object.keys(each.facts))]);

/** How many worked firms one invented firm is mixed from, at most. */
const MOST_MIXED = 6;
const SHARE_FORGOTTEN = 0.05;
const SHARE_OTHER = 0.08;
const SHARE_BESIDE = 0.1;

/** Some firms, a column for each fact of the pool; what is `undefined` is unknown. The same seed gives the same firms. */
export function inventFacts(
  pool: FactPool,
  seed: number,
  chunk: number,
  count: number,
): readonly (Json | undefined)[][] {
  const random = randomFor(seed, "facts", chunk);
  const columns = pool.facts.map((): (Json | undefined)[] => new Array(count).fill(undefined));
  for (let row = 0; row < count; row += 1) {
    const firm = inventFirm(pool, random);
    for (const [fact, value] of firm.entries()) if (value !== undefined) (columns[fact] as Json[])[row] = value;
  }
  return columns;
}

/** A firm as several policies know it, with gaps and with values of others, so that it fits some of them only. */
function inventFirm({ facts, firms, values }: FactPool, random: Random): (Json | undefined)[] {
  const firm: (Json | undefined)[] = new Array(values.length).fill(undefined);
  for (let mixed = random.int(1, MOST_MIXED); mixed > 0; mixed -= 1) {
    for (const [fact, value] of random.pick(firms)) firm[fact] ??= value;
  }
  for (const [fact, known] of values.entries()) {
    const draw = random.next();
    // Lists and series go with what the same firm has beside them.
    if (isWhole(facts[fact])) {
      if (draw < SHARE_FORGOTTEN) firm[fact] = undefined;
    } else if (firm[fact] === undefined) {
      if (draw < SHARE_BESIDE) firm[fact] = random.pick(known);
    } else if (draw < SHARE_FORGOTTEN) firm[fact] = undefined;
    else if (draw < SHARE_FORGOTTEN + SHARE_OTHER) firm[fact] = random.pick(known);
  }
  return firm;
}

const isWhole = (fact?: FactDefinition) => fact?.type === "list" || fact?.type === "series";
