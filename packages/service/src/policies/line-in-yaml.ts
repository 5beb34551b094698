import { isCollection, isNode, LineCounter, type ParsedNode, parseDocument } from "yaml";

/**
 * The line on which a place such as `conditions.all[2].operator` stands in a YAML text; of the
 * nearest part around it when the place itself is not written.
 */
export function lineInYaml(text: string, where: string): number {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  let node: ParsedNode | null = document.contents;
  let offset = node?.range[0] ?? 0;
  let rest = keysOf(where);
  while (rest.length > 0 && isCollection(node)) {
    const found = longestKey(node, rest);
    if (!found) break;
    offset = found.offset ?? offset;
    node = found.value;
    rest = rest.slice(found.length);
  }
  return lineCounter.linePos(offset).line;
}

/** `a.b[2].c` → `["a", "b", "2", "c"]` */
function keysOf(where: string): string[] {
  return where
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .filter((key) => key !== "");
}

/** Keys may contain dots themselves (`derived.titles.newThisYear`), so the longest one that exists wins. */
function longestKey(node: ParsedNode, keys: readonly string[]) {
  for (let length = keys.length; length > 0; length--) {
    const key = keys.slice(0, length).join(".");
    const value = "get" in node ? node.get(key, true) : undefined;
    const pair = "items" in node ? node.items.find((item) => "key" in item && String(item.key) === key) : undefined;
    const start =
      pair && "key" in pair && isNode(pair.key) ? pair.key.range?.[0] : isNode(value) ? value.range?.[0] : undefined;
    if (value !== undefined || pair)
      return { length, value: isNode(value) ? (value as ParsedNode) : null, offset: start };
  }
  return undefined;
}
