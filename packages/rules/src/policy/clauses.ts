import type { Clause } from "./policy.ts";

/**
 * The clauses of source.md: each heading of level two or deeper is one, its first word the label
 * that conditions refer to (`## 第四条（一） 参保缴费`).
 */
export function parseClauses(markdown: string): ReadonlyMap<string, Clause> {
  const clauses = new Map<string, Clause>();
  for (const section of markdown.split(/^(?=#{2,6} )/m).filter((part) => part.startsWith("##"))) {
    const [heading = "", ...body] = section.split("\n");
    const [label = "", ...title] = heading
      .replace(/^#+\s+/, "")
      .trim()
      .split(/\s+/);
    if (label === "") continue;
    const text = [title.join(" "), body.join("\n").trim()].filter((part) => part !== "").join("\n");
    clauses.set(label, { label, text });
  }
  return clauses;
}
