import type { Judged } from "./condition/engine.ts";
import { mergeBecause } from "./formula/value.ts";

/**
 * The facts that could still change what this node answers. A group that is decided needs nothing
 * more; an undecided one needs only its undecided parts, because the decided parts of an undecided
 * `all` are true and those of an undecided `any` are false.
 */
export function missingFor({ result, because, children }: Judged): readonly string[] {
  if (result !== "unknown") return [];
  return mergeBecause(because, ...children.map(missingFor));
}
