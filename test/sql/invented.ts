import { type Policy, parsePolicy, parseVocabulary } from "../../packages/rules/src/index.ts";

/** How one fact is invented: its definition, and the value of firm `i` in the SQL of DuckDB. */
type Invented = Readonly<{
  definition: Record<string, unknown>;
  value: (seed: number) => string;
  limits: readonly unknown[];
}>;

const label = { zh: "某项", en: "Something" };
const common = { label, source: "office", maxAgeDays: 366, privacy: "business" };
const roll = (seed: number, sides: number) => `CAST(hash(i * 64 + ${seed}) % ${sides} AS BIGINT)`;

const truths: Invented = {
  definition: { type: "boolean" },
  value: (seed) => `(${roll(seed, 10)} < 3)`,
  limits: [true],
};
const people: Invented = {
  definition: { type: "integer", min: 0 },
  value: (seed) => `CAST(power(10, ${roll(seed, 4000)} / 1000.0) AS BIGINT)`,
  limits: [5, 20, 50, 100, 300, 1000],
};
const money: Invented = {
  definition: { type: "money", min: 0 },
  value: (seed) => `CAST(power(10, ${roll(seed, 9000)} / 1000.0) AS DECIMAL(18,4))`,
  limits: ["500000", "3000000", "20000000", "400000000"],
};
const percent: Invented = {
  definition: { type: "percent" },
  value: (seed) => `CAST(${roll(seed, 4000)} / 100.0 - 10 AS DECIMAL(18,6))`,
  limits: ["3", "5.5", "10", "20"],
};
const day: Invented = {
  definition: { type: "date" },
  value: (seed) => `(DATE '2000-01-01' + CAST(${roll(seed, 9400)} AS INTEGER))`,
  limits: ["2015-01-01", "2020-01-01", "2023-07-01"],
};
const letters = (count: number): Invented => {
  const codes = Array.from({ length: count }, (_, index) => String.fromCharCode(65 + index));
  return {
    definition: { type: "code", codes: `letters${count}` },
    value: (seed) => `chr(CAST(65 + ${roll(seed, count)} AS INTEGER))`,
    limits: codes,
  };
};

const invented: Readonly<Record<string, Invented>> = {
  "ent.subjectType": { definition: { type: "code", codes: "kinds" }, value: () => "'企业'", limits: ["企业"] },
  "ent.region": {
    definition: { type: "code", digits: 6 },
    value: (seed) => `printf('41%02d%02d', ${roll(seed, 18)}, ${roll(seed + 32, 10)})`,
    limits: Array.from({ length: 18 }, (_, city) => `41${String(city).padStart(2, "0")}`),
  },
  "ent.industry": letters(20),
  "ent.size": letters(4),
  "ent.foundedOn": day,
  "ent.recognisedOn": day,
  ...Object.fromEntries(
    ["listed", "abnormal", "dishonest", "arrears", "accident", "hightech"].map((name) => [`is.${name}`, truths]),
  ),
  ...Object.fromEntries(["now", "before", "insured"].map((name) => [`staff.${name}`, people])),
  ...Object.fromEntries(["sales", "tax", "research"].map((name) => [`fin.${name}`, money])),
  ...Object.fromEntries(["growth", "share"].map((name) => [`rate.${name}`, percent])),
};

const codeList = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [String.fromCharCode(65 + index), label]));

export const vocabulary = parseVocabulary([
  {
    sources: { office: label },
    codeLists: { kinds: { 企业: label }, letters20: codeList(20), letters4: codeList(4) },
    facts: Object.fromEntries(
      Object.entries(invented).map(([id, { definition }]) => [id, { ...common, ...definition }]),
    ),
  },
]);

/** So many firms as a query of DuckDB; one fact in eight is missing. */
export function firmsQuery(firms: number): string {
  const columns = Object.entries(invented).map(([id, { value }], seed) => {
    const known = value(seed);
    return `${id === "ent.subjectType" ? known : `CASE WHEN ${roll(seed + 32, 8)} > 0 THEN ${known} END`} AS "${id}"`;
  });
  return `SELECT ${columns.join(",\n  ")}\nFROM range(${firms}) AS firms(i)`;
}

/** Policies of about seven requirements: most for one city, most with an either-or, most without the dishonest. */
export function inventedPolicies(count: number): Policy[] {
  let state = 11;
  const dice = (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const one = <T>(items: readonly T[]) => items[dice(items.length)] as T;
  const ids = Object.keys(invented).filter((id) => !["ent.subjectType", "ent.region"].includes(id));
  const leaf = (): unknown => {
    const fact = one(ids);
    const { limits = [], definition } = invented[fact] ?? {};
    if (definition?.type === "boolean") return { fact, operator: "equal", value: true };
    if (definition?.type === "code") {
      return { fact, operator: one(["in", "notIn"]), value: limits.slice(dice(limits.length - 1)).slice(0, 3) };
    }
    return { fact, operator: one(["atLeast", "atMost", "lessThan", "greaterThan"]), value: one(limits) };
  };
  return Array.from({ length: count }, (_, index) => {
    const all = [
      ...(dice(10) < 7
        ? [{ fact: "ent.region", operator: "startsWith", value: one(invented["ent.region"]?.limits ?? []) }]
        : []),
      { not: { fact: "is.dishonest", operator: "equal", value: true } },
      leaf(),
      leaf(),
      { any: [leaf(), { all: [leaf(), leaf()] }] },
    ];
    return parsePolicy(documentOf(`invented-${index + 1}`, all), vocabulary, "## 一 [资格]\n\n## 二 [金额]\n");
  });
}

function documentOf(id: string, all: readonly unknown[]): unknown {
  return {
    id,
    version: 1,
    title: label,
    document: { issuer: "某局" },
    validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
    subject: { types: ["企业"], clause: "一" },
    conditions: { clause: "一", all },
    benefit: { clause: "二", amount: 1 },
    payout: { budgetLine: "line", period: "once", confirmWithinDays: 30 },
  };
}
