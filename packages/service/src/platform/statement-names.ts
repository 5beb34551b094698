/** More than the service has, and few enough for each of its connections to keep. */
const KEPT = 400;

/** The protocol's own name for a statement that is not kept. */
const UNNAMED = "";

/** Texts beyond this carry lists of their own length: each is sent once and never again. */
const LONGEST = 4_000;

/**
 * Names for statements that are sent over and over, so that the server parses and plans each once per
 * connection. A confirmation sends nine; without names the server works on their texts longer than on their rows.
 *
 * The first few hundred texts get a name. Those that come later (lists of changing length, mostly) stay
 * unnamed: every name is memory on the server until its connection closes.
 */
export function statementNames(): (query: Readonly<{ sql: string }>) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= KEPT || sql.length > LONGEST) return UNNAMED;
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}
