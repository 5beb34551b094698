import type { BlockPart, FirmTable, Profile } from "@apply-free/rules";
import { partsOf, programOf } from "@apply-free/rules";
import { answerOfLeaf } from "../../packages/rules/src/condition/judgement.ts";
import { judge } from "../../packages/rules/src/condition/reference.ts";
import { FactsInView } from "../../packages/rules/src/facts-in-view.ts";
import { BLOCK_ROWS } from "../../packages/rules/src/sweep/block.ts";
import { bestEngine } from "../../packages/rules/src/sweep/simd-engine.ts";
import type { RowPeer, Verdict } from "./sweep-peers.ts";
import type { WrittenPolicy } from "./sweep-world.ts";

/** What the sweep answers, by policy and place among these rows; their blocks only are looked at. */
export function answersFor(table: FirmTable, rows: readonly number[]): Verdict[][] {
  const engine = bestEngine(programOf(table));
  const parts = partsOf(table);
  const answers = table.plan.policies.map(() => rows.map((): Verdict => "ineligible"));
  const has = (bits: Int32Array, row: number) =>
    (((bits[(row % BLOCK_ROWS) >>> 5] as number) >>> (row & 31)) & 1) === 1;
  for (const [block, places] of Map.groupBy(rows.keys(), (place) => Math.floor((rows[place] as number) / BLOCK_ROWS))) {
    engine.visit(parts[block] as BlockPart, (policy, certain, possible) => {
      for (const place of places) {
        const row = rows[place] as number;
        const answer = has(certain, row) ? "eligible" : has(possible, row) ? "undetermined" : "ineligible";
        (answers[policy] as Verdict[])[place] = answer;
      }
    });
  }
  return answers;
}

/** Milliseconds of each firm, all its answers compared with those of the sweep. @throws Error naming the first that differs */
export async function askOneByOne(
  { name, answers: states, prepare }: RowPeer,
  policies: readonly WrittenPolicy[],
  profiles: readonly Profile[],
  swept: readonly Verdict[][],
  asOf: string,
  warmMs = 2_000,
): Promise<number[]> {
  const { take, decide } = await prepare(policies, asOf);
  const firms = profiles.map(take);
  // Long enough for the platform to compile what a firm runs through, for a while.
  const until = performance.now() + warmMs;
  for (let pass = 0; pass < 30 && performance.now() < until; pass += 1) for (const firm of firms) await decide(firm);
  const spent: number[] = [];
  for (const [place, firm] of firms.entries()) {
    const began = performance.now();
    const found = await decide(firm);
    spent.push(performance.now() - began);
    for (const [policy, each] of swept.entries()) {
      const ours = each[place];
      // Who knows two answers has to agree wherever the answer does not wait for a fact.
      if (states === 2 && ours === "undetermined") continue;
      if (found(policy) !== ours) throw new Error(`${name} and the sweep differ on firm ${place}, policy ${policy}`);
    }
  }
  return spent;
}

const outcomes = { true: "eligible", false: "ineligible", unknown: "undetermined" } as const;

/** The interpreter that is the specification. */
export const interpreter: RowPeer = {
  name: "the interpreter that specifies",
  answers: 3,
  async prepare(policies, asOf) {
    return {
      take: (profile) => profile,
      decide(firm) {
        const found = policies.map(({ policy }) => {
          const values = new FactsInView(policy, firm as Profile, asOf).asValues();
          return outcomes[judge(policy.requirements, (leaf) => answerOfLeaf(leaf, values).answer)];
        });
        return (policy) => found[policy] as Verdict;
      },
    };
  },
};
