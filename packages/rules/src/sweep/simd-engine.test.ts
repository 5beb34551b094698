import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { BLOCK_ROWS, type Block, PLANE_WORDS } from "./block.ts";
import { type Engine, noCounts } from "./engine.ts";
import { AND, AND_NOT, type Bound, CHOOSE, NOT, OR, OR_NOT, type Program, type Step } from "./program.ts";
import { bestEngine, simdEngine } from "./simd-engine.ts";
import { wordEngine } from "./word-engine.ts";

const PLANES = 4;
const STEPS = 80;
const FIRST = PLANES + 2;

const operation = fc.constantFrom(AND, OR, AND_NOT, OR_NOT, NOT, CHOOSE);
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** A step that reads what is there before it. */
const steps = fc.array(fc.tuple(operation, share, share, share), { minLength: STEPS, maxLength: STEPS }).map((all) =>
  all.map(([kind, ...operands], at): Step => {
    const [a = 0, b = 0, c = 0] = operands.map((each) => Math.floor(each * (FIRST + at)));
    return { operation: kind, into: FIRST + at, a, b, c };
  }),
);
const register = share.map((each) => Math.floor(each * (FIRST + STEPS)));
const { bound } = fc.letrec<{ bound: Bound }>((tie) => ({
  bound: fc.oneof(
    { depthSize: "small" },
    register,
    fc.record({
      operation: fc.constantFrom<typeof AND | typeof OR>(AND, OR),
      parts: fc.array(tie("bound"), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));
const words = fc.infiniteStream(fc.integer()).map((stream) => {
  const block: Block = new Int32Array(PLANES * PLANE_WORDS);
  for (let at = 0; at < block.length; at += 1) block[at] = stream.next().value as number;
  return block;
});

/** What is certain is made possible too, as in a real program. */
const program = fc
  .tuple(steps, fc.array(fc.tuple(bound, bound), { minLength: 1, maxLength: 4 }))
  .map(([shared, pairs]): Program => {
    const policies = pairs.map(([certain, more]) => ({
      certain,
      possible: { operation: OR, parts: [certain, more] } as Bound,
    }));
    const none = new Uint8Array(policies.length);
    return {
      ...{ reads: [{ from: 0, to: PLANES }], nobody: PLANES, everybody: PLANES + 1, registers: FIRST + STEPS },
      ...{ shared, policies, ofNobody: { possible: none, certain: none } },
    };
  });

function found(engine: Engine, policies: number, block: Block, open: Uint8Array) {
  const counts = noCounts(policies);
  const bits: unknown[] = [];
  engine.count({ block, rows: BLOCK_ROWS, open }, counts);
  engine.visit({ block, rows: BLOCK_ROWS, open }, (policy, certain, possible) =>
    bits.push([policy, certain, possible]),
  );
  return { counts, bits };
}

describe("WebAssembly", () => {
  test.prop([program, words, fc.uint8Array({ minLength: 4, maxLength: 4, max: 1 })], { numRuns: 200 })(
    "does every operation as JavaScript does, one after another",
    (made, block, open) => {
      const asked = open.slice(0, made.policies.length);
      expect(found(simdEngine(made), made.policies.length, block, asked)).toEqual(
        found(wordEngine(made), made.policies.length, block, asked),
      );
    },
  );

  test("shows no policy that fits nobody, as JavaScript does not", () => {
    const nobody: Bound = PLANES;
    const policies = [{ certain: nobody, possible: { operation: OR, parts: [nobody, nobody] } as Bound }];
    const made: Program = {
      ...{ reads: [{ from: 0, to: PLANES }], nobody, everybody: PLANES + 1, registers: FIRST, shared: [], policies },
      ofNobody: { possible: new Uint8Array(1), certain: new Uint8Array(1) },
    };
    const block: Block = new Int32Array(PLANES * PLANE_WORDS).fill(-1);
    for (const engine of [simdEngine(made), wordEngine(made)]) {
      expect(found(engine, 1, block, Uint8Array.of(1)).bits).toEqual([]);
    }
  });

  test.prop([program, words])("is what decides where the platform has it", (made, block) => {
    const all = new Uint8Array(made.policies.length).fill(1);
    expect(found(bestEngine(made), made.policies.length, block, all)).toEqual(
      found(simdEngine(made), made.policies.length, block, all),
    );
  });
});
