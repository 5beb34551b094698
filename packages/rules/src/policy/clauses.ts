import { type Clause, type ClauseTag, clauseTags } from "./policy.ts";

/**
 * The clauses of source.md: each heading of level two or deeper is one. Its first word is the label
 * that conditions refer to; words in brackets at its end say what it is about
 * (`## 第四条（一） 参保缴费 [资格]`).
 */
export function parseClauses(markdown: string): ReadonlyMap<string, Clause> {
  const clauses = new Map<string, Clause>();
  for (const section of markdown.split(/^(?=#{2,6} )/m)) {
    if (!section.startsWith("##")) continue;
    const [heading = "", ...body] = section.split("\n");
    const words = heading.replace(/^#+\s+/, "").replace(/\[[^\]]*\]/g, "");
    const [label = "", ...title] = words.trim().split(/\s+/);
    if (label === "") continue;
    const text = [title.join(" "), body.join("\n").trim()].filter((part) => part !== "").join("\n");
    clauses.set(label, { label, text, tags: tagsIn(heading) });
  }
  return clauses;
}

function tagsIn(heading: string): readonly ClauseTag[] {
  const bracketed = [...heading.matchAll(/\[([^\]]*)\]/g)].flatMap(([, inside = ""]) => inside.split(/[\s、,，]+/));
  return clauseTags.filter((tag) => bracketed.includes(tag));
}
