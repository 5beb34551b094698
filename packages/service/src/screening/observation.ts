import type { Bilingual, FactType, Json } from "@apply-free/rules";
import { answersIn } from "../facts/answers.ts";
import type { DeliverySource, SourceColumn } from "../facts/delivery-source.ts";
import { canonicalJson } from "../kernel/digest.ts";

export type ColumnKind = "number" | "text" | "date" | "boolean";
export type Scalar = string | number | boolean;

/** One column of a delivery in the words of the vocabulary: who has which value. */
export type ObservedColumn = Readonly<{
  /** Fact id, `fact.field` of a record, or `firm.name`, `account.accountNo` for the register. */
  id: string;
  label: Bilingual;
  kind: ColumnKind;
  /** A firm's value stays much the same from one delivery to the next. */
  isSteady: boolean;
  /** Firms in the delivery, with or without a value here. */
  firmCount: number;
  /** Credit code → values; several for records, none where nothing is said. */
  values: ReadonlyMap<string, readonly Scalar[]>;
}>;

/** What a delivery says, seen as a whole. */
export type Observation = Readonly<{
  rowsGood: number;
  rowsBad: number;
  /** Everybody it speaks of, also to say "none". */
  firms: ReadonlySet<string>;
  columns: readonly ObservedColumn[];
}>;

/** What was said of one firm: fact id → value, and the register's own fields. */
export type Said = Readonly<{ firmCode: string; id: string; value: Json }>;

/** Takes in what a delivery says as it comes, and keeps what its comparison needs. */
export type Observer = Readonly<{
  see(said: readonly Said[]): void;
  /** Firms it has seen and not forgotten. */
  firmCount(): number;
  /** Forgets all other firms. */
  keepOnly(isKept: (firmCode: string) => boolean): void;
  observed(rows: Readonly<{ rowsGood: number; rowsBad: number }>): Observation;
}>;

/** Arranges statements by the columns of their source; what no column carries is left out. */
export function observing(source: DeliverySource): Observer {
  const firms = new Set<string>();
  const columns = columnsOf(source).map((column) => ({ column, values: new Map<string, readonly Scalar[]>() }));
  const byFact = Map.groupBy(columns, ({ column: { fact } }) => fact);
  return {
    see(said) {
      for (const { firmCode, id, value } of said) {
        firms.add(firmCode);
        for (const { column, values } of byFact.get(id) ?? []) {
          values.set(firmCode, column.answer ? answered(value, column.answer) : scalars(value, column.field));
        }
      }
    },
    firmCount: () => firms.size,
    keepOnly(isKept) {
      for (const each of [firms, ...columns.map(({ values }) => values)]) {
        for (const firmCode of each.keys()) if (!isKept(firmCode)) each.delete(firmCode);
      }
    },
    observed: ({ rowsGood, rowsBad }) => ({
      ...{ rowsGood, rowsBad, firms },
      columns: columns.map(({ column: { fact, field, answer, ...column }, values }) => {
        return { ...column, firmCount: firms.size, values };
      }),
    }),
  };
}

/** The same of statements that are all there. */
export function observe(
  source: DeliverySource,
  { said, ...rows }: Readonly<{ rowsGood: number; rowsBad: number; said: readonly Said[] }>,
): Observation {
  const observer = observing(source);
  observer.see(said);
  return observer.observed(rows);
}

type ColumnOfFact = Omit<ObservedColumn, "values" | "firmCount"> &
  Readonly<{ fact: string; field?: string; answer?: Asked }>;
/** What a column of a department that shows no values answers. */
type Asked = NonNullable<SourceColumn["target"]["answer"]>;

function columnsOf(source: DeliverySource): ColumnOfFact[] {
  const own = source.kind === "listed" && source.fact ? [ofFact(source.fact.id, source.fact, true)] : [];
  return [...own, ...source.columns.flatMap((column) => ofColumn(source, column))];
}

function ofColumn({ fact }: DeliverySource, { target, isSteady }: SourceColumn): ColumnOfFact[] {
  const { firm, account, field } = target;
  return [
    ...(target.fact ? [ofFact(target.fact.id, target.fact.shape, isSteady)] : []),
    ...(target.answer ? [ofAnswer(target.answer, isSteady)] : []),
    ...(target.series ? [ofFact(target.series.id, target.series.shape, isSteady)] : []),
    ...(field && fact
      ? [{ ...ofFact(`${fact.id}.${field.name}`, field.shape, isSteady), fact: fact.id, field: field.name }]
      : []),
    ...(firm ? [ofRegister(`firm.${firm}`)] : []),
    ...(account ? [ofRegister(`account.${account}`)] : []),
  ];
}

function ofFact(
  id: string,
  { type, label }: Readonly<{ type: FactType; label: Bilingual }>,
  isSteady: boolean,
): ColumnOfFact {
  return { id, fact: id, label, kind: kinds[type] ?? "text", isSteady };
}

function ofAnswer(answer: Asked, isSteady: boolean): ColumnOfFact {
  const id = `${answer.id} ${answer.operator} ${canonicalJson(answer.value)}`;
  return { id, fact: answer.id, answer, label: { zh: id, en: id }, kind: "boolean", isSteady };
}

function answered(value: Json, { operator, value: limit }: Asked): Scalar[] {
  const wanted = canonicalJson([operator, limit]);
  const found = answersIn(value)?.answers.find((each) => canonicalJson([each.operator, each.value]) === wanted);
  return found ? [found.answer] : [];
}

function ofRegister(id: string): ColumnOfFact {
  return { id, fact: id, label: { zh: id, en: id }, kind: "text", isSteady: true };
}

const kinds: Partial<Record<FactType, ColumnKind>> = {
  integer: "number",
  decimal: "number",
  percent: "number",
  money: "number",
  boolean: "boolean",
  date: "date",
};

/** Decimals travel as text; here a rough number is enough. */
function scalars(value: Json, field: string | undefined): Scalar[] {
  if (Array.isArray(value)) {
    if (field === undefined) return [];
    return value.flatMap((record) => scalars((record as Readonly<Record<string, Json>>)[field] ?? null, undefined));
  }
  // A series: what it says of each period.
  if (typeof value === "object" && value !== null)
    return Object.values(value).flatMap((each) => scalars(each, undefined));
  return value === null ? [] : [value];
}

/** All values of a numeric column. */
export function numbersOf({ values }: ObservedColumn): number[] {
  return [...values.values()].flatMap((each) => each.map(Number));
}

export function textsOf({ values }: ObservedColumn): string[] {
  return [...values.values()].flatMap((each) => each.map(String));
}

/** Firms that have exactly one value in both, with the value before and now. */
export function pairsOf(now: ObservedColumn, before: ObservedColumn): (readonly [before: Scalar, now: Scalar])[] {
  return [...now.values].flatMap(([firm, [value, ...more]]) => {
    const [earlier, ...others] = before.values.get(firm) ?? [];
    const isPair = value !== undefined && earlier !== undefined && more.length === 0 && others.length === 0;
    return isPair ? [[earlier, value] as const] : [];
  });
}
