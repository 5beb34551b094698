import { RulesError } from "./rules-error.ts";

/** What a document may cost. Rules come from people; these bounds keep a hostile one from stopping the house. */
export const limits = {
  conditionDepth: 16,
  conditionNodes: 500,
  formulaCharacters: 10_000,
  formulaDepth: 64,
  formulaNodes: 2_000,
  listLength: 10_000,
  derivedFacts: 200,
} as const;

/** Keys that would reach an object's prototype. */
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Walks a parsed document once before anything else looks at it.
 * @throws RulesError limit-exceeded
 */
export function refuseHostile(document: unknown, where = ""): void {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: document, path: where, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === "string" && value.length > limits.formulaCharacters) {
      throw new RulesError(
        "limit-exceeded",
        path,
        `the text has ${value.length} characters; ${limits.formulaCharacters} are the most.`,
      );
    }
    if (typeof value !== "object" || value === null) continue;
    if (depth > 64) throw new RulesError("limit-exceeded", path, "nested more than 64 levels deep.");
    const entries = Object.entries(value);
    if (entries.length > limits.listLength) {
      throw new RulesError("limit-exceeded", path, `${entries.length} entries; ${limits.listLength} are the most.`);
    }
    for (const [key, child] of entries) {
      if (forbiddenKeys.has(key)) throw new RulesError("limit-exceeded", path, `"${key}" is not allowed as a key.`);
      open.push({ value: child, path: placeOf(path, value, key), depth: depth + 1 });
    }
  }
}

function placeOf(path: string, container: object, key: string): string {
  if (Array.isArray(container)) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}
