import { type FactColumn, type Json, type Policy, parsePolicy, parseVocabulary } from "@apply-free/rules";

/** Invented facts, policies and firms for the sweep's benchmark: as many distinct questions as a province's policies ask. */

export type Shape =
  | Readonly<{ type: "boolean"; share: number }>
  | Readonly<{ type: "code"; codes: readonly string[] }>
  | Readonly<{ type: "money" | "percent" | "integer"; limits: readonly number[]; most: number }>
  | Readonly<{ type: "date"; limits: readonly string[] }>;

const label = { zh: "某项", en: "Something" };
const counties = Array.from(
  { length: 110 },
  (_, place) => `33${two(1 + Math.floor(place / 10))}${two(1 + (place % 10))}`,
);
const industries = Array.from({ length: 90 }, (_, place) => two(place + 1));

function two(value: number): string {
  return String(value).padStart(2, "0");
}

export const facts: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ["ent.subjectType", { type: "code", codes: ["企业", "个体", "社团"] }],
  ["ent.region", { type: "code", codes: counties }],
  ["ent.industry", { type: "code", codes: industries }],
  ["ent.size", { type: "code", codes: ["大型", "中型", "小型", "微型"] }],
  ["ent.credit", { type: "code", codes: ["A", "B", "M", "C", "D"] }],
  ["ent.blacklisted", { type: "boolean", share: 0.03 }],
  ...numbered("is", 13, (): Shape => ({ type: "boolean", share: 0.1 })),
  ...numbered("code", 4, (): Shape => ({ type: "code", codes: ["甲", "乙", "丙", "丁", "戊", "己"] })),
  ...numbered(
    "since",
    3,
    (): Shape => ({ type: "date", limits: ["2015-01-01", "2018-01-01", "2020-01-01", "2023-01-01"] }),
  ),
  ...numbered("staff", 4, (): Shape => ({ type: "integer", limits: [5, 10, 20, 50, 100, 300, 500, 1000], most: 1200 })),
  ...numbered("sum", 8, (): Shape => ({ type: "money", limits: [5e5, 1e6, 5e6, 1e7, 2e7, 5e7, 1e8, 4e8], most: 5e8 })),
  ...numbered("rate", 5, (): Shape => ({ type: "percent", limits: [-10, 0, 3, 5, 10, 20, 50], most: 60 })),
]);

function numbered(name: string, count: number, shape: () => Shape): [string, Shape][] {
  return Array.from({ length: count }, (_, place) => [`x.${name}${place}`, shape()]);
}

/** The same numbers in the same order for the same seed. Source: Marsaglia, "Xorshift RNGs", 2003. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 2 ** 32;
  }

  below(most: number): number {
    return Math.floor(this.next() * most);
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

function vocabularyDocument() {
  const entry = (shape: Shape) => ({
    ...{ type: shape.type, label, source: "tax", maxAgeDays: 366, privacy: "business" },
    ...(shape.type === "code" && { codes: Object.fromEntries(shape.codes.map((code) => [code, label])) }),
  });
  const codeLists: Record<string, unknown> = {};
  const entries = [...facts].map(([id, shape]) => {
    const { codes, ...rest } = entry(shape) as { codes?: unknown };
    if (codes === undefined) return [id, rest];
    const list = id.toLowerCase().replace(/[^a-z0-9]/g, "-");
    codeLists[list] = codes;
    return [id, { ...rest, codes: list }];
  });
  return { sources: { tax: { zh: "税务局", en: "Tax" } }, codeLists, facts: Object.fromEntries(entries) };
}

export type Written = Readonly<{ fact: string; operator: string; value: Json }> | Readonly<Record<string, unknown>>;

/** A policy as an author writes it: a place, nobody blacklisted, some requirements, most with a choice and an exception. */
function conditionsOf(chance: Chance): Written {
  const scope = chance.next();
  const region = scope < 0.29 ? "33" : chance.of(counties).slice(0, scope < 0.75 ? 4 : 6);
  const parts: Written[] = [{ fact: "ent.region", operator: "startsWith", value: region }];
  if (chance.next() < 0.88) parts.push({ fact: "ent.blacklisted", operator: "equal", value: false });
  for (let count = 1 + chance.below(3); count > 0; count -= 1) parts.push(leafOf(chance));
  if (chance.next() < 0.74) {
    parts.push({ any: [leafOf(chance), { all: [leafOf(chance), leafOf(chance)] }] });
    if (chance.next() < 0.4) parts.push({ not: { all: [leafOf(chance), leafOf(chance)] } });
  }
  return { clause: "一", all: parts };
}

const asked = [...facts].filter(([id]) => !["ent.region", "ent.subjectType", "ent.blacklisted"].includes(id));

function leafOf(chance: Chance): Written {
  const [fact, shape] = chance.of(asked);
  switch (shape.type) {
    case "boolean":
      return { fact, operator: chance.next() < 0.85 ? "equal" : "notEqual", value: chance.next() < 0.7 };
    case "code": {
      const from = chance.below(shape.codes.length);
      const value = shape.codes.slice(from, from + 1 + chance.below(3));
      return { fact, operator: chance.next() < 0.8 ? "in" : "notIn", value };
    }
    default:
      return {
        fact,
        operator: chance.of(["atLeast", "greaterThan", "lessThan", "atMost"]),
        value: chance.of<Json>(shape.limits),
      };
  }
}

export type WrittenPolicy = Readonly<{ id: string; conditions: Written; policy: Policy }>;

export function inventPolicies(count: number, chance: Chance): WrittenPolicy[] {
  const vocabulary = parseVocabulary([vocabularyDocument()]);
  return Array.from({ length: count }, (_, place) => {
    const id = `policy-${place}`;
    const conditions = conditionsOf(chance);
    const document = {
      ...{ id, version: 1, title: label, document: { issuer: "某局" }, conditions },
      validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
      subject: { types: ["企业", "个体"], clause: "一" },
      benefit: { clause: "一", amount: 1000 },
      payout: { budgetLine: "x", period: "once", confirmWithinDays: 30 },
    };
    return { id, conditions, policy: parsePolicy(document, vocabulary, "## 一 资格 [资格、金额]\n须满 5 人。\n") };
  });
}

export const MISSING = 0.118;

/** Firms as columns; about one value in nine is not known. */
export function inventFirms(count: number, chance: Chance): Map<string, FactColumn> {
  return new Map([...facts].map(([id, shape]) => [id, columnOf(shape, count, chance)]));
}

function columnOf(shape: Shape, count: number, chance: Chance): FactColumn {
  if (shape.type === "boolean" || shape.type === "code" || shape.type === "date") {
    const entries = [undefined, ...entriesOf(shape)];
    const places = new Uint16Array(count);
    for (let row = 0; row < count; row += 1) {
      if (chance.next() < MISSING) continue;
      if (shape.type === "boolean") places[row] = chance.next() < shape.share ? 1 : 2;
      else places[row] = 1 + chance.below(entries.length - 1);
    }
    return { kind: "dictionary", places, entries };
  }
  const values = new Float64Array(count);
  const known = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    if (chance.next() < MISSING) continue;
    known[row] = 1;
    // Many small ones and few large, as firms are.
    const value = shape.most * chance.next() ** 3;
    values[row] = shape.type === "integer" ? Math.round(value) : Math.round(value * 100) / 100;
  }
  return { kind: "doubles", values, known };
}

function entriesOf(shape: Extract<Shape, { type: "boolean" | "code" | "date" }>): readonly Json[] {
  if (shape.type === "boolean") return [true, false];
  if (shape.type === "code") return shape.codes;
  return Array.from({ length: 16 * 12 }, (_, month) => `${2010 + Math.floor(month / 12)}-${two(1 + (month % 12))}-01`);
}
