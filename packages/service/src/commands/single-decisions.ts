import { decide, type Policy, profileOfRow } from "@apply-free/rules";
import type { FactChunk } from "./fact-chunk.ts";
import type { Io } from "./io.ts";
import type { PolicyCount } from "./sweep-answer.ts";

/** A policy that an engine cannot express, and which part of it. */
export type Alone = Readonly<{ policy: Policy; why: string }>;

/** Decides firm by firm what an engine cannot express, and counts. */
export class SingleDecisions {
  readonly alone: readonly Alone[];
  readonly #asOf: string;
  readonly #counts: ReadonlyMap<Policy, { id: string; eligible: number; undetermined: number }>;

  constructor(alone: readonly Alone[], asOf: string, io: Io) {
    this.alone = alone;
    this.#asOf = asOf;
    this.#counts = new Map(alone.map(({ policy }) => [policy, { id: policy.id, eligible: 0, undetermined: 0 }]));
    for (const { policy, why } of alone) io.err(`${policy.id}: decided firm by firm, for ${why}`);
  }

  /** In the order of `alone`. */
  get counts(): ReadonlyMap<Policy, PolicyCount> {
    return this.#counts;
  }

  async add({ count, columns }: FactChunk): Promise<void> {
    for (const [policy, counts] of this.#counts) {
      for (let row = 0; row < count; row += 1) {
        const { outcome } = await decide(policy, profileOfRow(columns, row), { asOf: this.#asOf });
        if (outcome !== "ineligible") counts[outcome] += 1;
      }
    }
  }
}
