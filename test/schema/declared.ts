/** A table as schema.prisma declares it or as the database has it, in the same words. */
export type Table = Readonly<{
  name: string;
  /** `amount_fen bigint not null`, sorted. */
  columns: readonly string[];
  /** Column lists that are unique over the whole table, the primary key first: `firm_code,policy_id,period`. */
  keys: readonly string[];
}>;

const sqlTypes: Readonly<Record<string, string>> = {
  String: "text",
  Int: "integer",
  BigInt: "bigint",
  Json: "jsonb",
  Boolean: "boolean",
  Bytes: "bytea",
  "DateTime@db.Timestamptz(3)": "timestamp(3) with time zone",
  "DateTime@db.Date": "date",
};

/** Reads the part of Prisma's schema language that says how tables look. */
export function declaredTables(schema: string): Table[] {
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].map(([, body = ""]) => tableOf(body));
}

function tableOf(body: string): Table {
  const lines = body
    .split("\n")
    .map((line) => line.replace(/\/\/.*$/, "").trim())
    .filter((line) => line !== "");
  const fields = lines.filter((line) => !line.startsWith("@@")).flatMap(fieldOf);
  const columnOf = (field: string) => fields.find(({ name }) => name === field)?.column ?? field;
  const compound = lines.flatMap((line) => {
    const [, kind, list = ""] = /^@@(id|unique)\(\[([^\]]+)\]/.exec(line) ?? [];
    const columns = list.split(",").map((field) => columnOf(field.trim()));
    return kind ? [{ kind, columns: columns.join(",") }] : [];
  });
  const single = fields.flatMap(({ key, column }) => (key ? [{ kind: key, columns: column }] : []));
  const keys = [...single, ...compound];
  return {
    name: /^@@map\("(\w+)"\)$/m.exec(lines.join("\n"))?.[1] ?? "",
    columns: fields.map(({ column, type, optional }) => `${column} ${type}${optional ? "" : " not null"}`).sort(),
    keys: [
      ...keys.filter(({ kind }) => kind === "id").map(({ columns }) => columns),
      ...keys
        .filter(({ kind }) => kind === "unique")
        .map(({ columns }) => columns)
        .sort(),
    ],
  };
}

type Field = Readonly<{ name: string; column: string; type: string; optional: boolean; key?: "id" | "unique" }>;

/** One field, or none for a line that only names the other end of a relation. */
function fieldOf(line: string): Field[] {
  const [, name = "", bare = "", mark = "", attributes = ""] = /^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/.exec(line) ?? [];
  const native = /@db\.[\w()]+/.exec(attributes)?.[0] ?? "";
  const type = sqlTypes[bare + native];
  if (type === undefined) {
    if (native) throw new Error(`the schema test does not know the type of "${line}"`);
    return [];
  }
  const column = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name;
  const key = /@id\b/.test(attributes) ? "id" : /@unique\b/.test(attributes) ? "unique" : undefined;
  return [{ name, column, type, optional: mark === "?", ...(key && { key }) }];
}
