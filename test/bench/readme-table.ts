/** Puts a text between two marks of a page, `<!-- name -->` and `<!-- /name -->`. @throws Error where they are not */
export function between(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the page has no place ${open} … ${close}`);
  return `${page.slice(0, from + open.length)}\n${text.trim()}\n${page.slice(to)}`;
}

/** A table in Markdown. Cells of a column of numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, column) => (rows.every((row) => /^[~\d]/.test(row[column] ?? "")) ? "---:" : "---"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A number as it is read: three digits that mean something. */
export function readable(value: number): string {
  if (value >= 1e9) return `${threeDigits(value / 1e9)} G`;
  if (value >= 1e6) return `${threeDigits(value / 1e6)} M`;
  if (value >= 1e4) return `${threeDigits(value / 1e3)} k`;
  return threeDigits(value);
}

const threeDigits = (value: number) => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))));
