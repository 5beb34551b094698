import { relationsAmong } from "./policy-relations.ts";
import type { StackingStore } from "./stacking-terms.ts";

/** Policies that say nothing about each other, and a firm of which nobody told what it received. */
export const nothingSaid: Pick<StackingStore, "relations" | "receivedBy"> = {
  relations: async () => relationsAmong([]),
  receivedBy: async () => ({ profile: {}, forebears: [] }),
};
