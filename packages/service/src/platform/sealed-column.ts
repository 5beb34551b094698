/** One column that lies sealed, as the database calls it. */
export type SealedColumn = Readonly<{
  table: string;
  column: string;
  /** The column with its blind index, where somebody searches it. */
  index?: string;
  type: "text" | "bytea";
  /** What tells a row apart, where it is not its id. */
  id?: string;
}>;

/**
 * What lies sealed in the store: account, telephone and identity numbers, mail addresses, where letters went to, secrets
 * shared with firms' systems, files that hold people's data, evidence.
 */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "firm", column: "email", index: "email_index", type: "text", id: "code" },
  { table: "firm", column: "phone", index: "phone_index", type: "text", id: "code" },
  { table: "person", column: "identity_no", type: "text", id: "code" },
  { table: "bank_account", column: "account_no", index: "account_index", type: "text" },
  { table: "payment", column: "account_no", index: "account_index", type: "text" },
  { table: "firm_contact", column: "value", type: "text", id: "firm_code || ' ' || kind" },
  { table: "dispatch", column: "recipient", type: "text" },
  { table: "notice_setting", column: "webhook_secret", type: "text", id: "firm_code" },
  { table: "notice_setting", column: "webhook_secret_before", type: "text", id: "firm_code" },
  { table: "payment_batch", column: "file", type: "text" },
  { table: "bank_file", column: "content", type: "text" },
  { table: "quarantined_delivery", column: "bytes", type: "bytea" },
  { table: "name_list", column: "bytes", type: "bytea" },
  { table: "kept_file_part", column: "bytes", type: "bytea", id: "file_id || ' ' || place" },
  { table: "counter_consent", column: "person_name", type: "text" },
  { table: "counter_consent", column: "paper_no", type: "text" },
  { table: "guardianship", column: "paper_no", type: "text" },
  { table: "dispute", column: "evidence", type: "bytea" },
];

/** Field → the field with its blind index, or `null`. */
export type SealedFields = Readonly<Record<string, string | null>>;

/** The same as the client calls it: model → its fields. Models and fields are named as tables and columns are. */
export const sealedFields: Readonly<Record<string, SealedFields>> = Object.fromEntries(
  [...Map.groupBy(sealedColumns, ({ table }) => table)].map(([table, columns]) => [
    upperFirst(camelCase(table)),
    Object.fromEntries(columns.map(({ column, index }) => [camelCase(column), index ? camelCase(index) : null])),
  ]),
);

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
