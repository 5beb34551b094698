import type { Leaf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";

/** A requirement that columns cannot express; it becomes a column of answers instead. */
export type DerivedLeaf = Readonly<{
  column: string;
  policy: Policy;
  leaf: Leaf;
  /** Under an odd number of `not`: the column then says whether the requirement fails. */
  isNegated: boolean;
  /** Which part cannot be expressed. */
  why: string;
}>;

/**
 * The name is made of all that the answer depends on beside the firm, so that a column kept from
 * another day or another version is never taken for this one.
 */
export function columnOfDerived({ id, version }: Policy, { name }: Leaf, isNegated: boolean, asOf: string): string {
  return `leaf ${digest([id, version, name, isNegated, asOf].join("\n"))}`;
}

/** FNV-1a, 64 bits; `emit` refuses the collision that it will not see. Source: IETF draft-eastlake-fnv. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
