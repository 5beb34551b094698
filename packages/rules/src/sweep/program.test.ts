import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { aPolicy } from "../testing.ts";
import { addColumn, BLOCK_ROWS, type Block, layoutFor, newBlocks } from "./block.ts";
import { type AnswersOfCodes, compileProgram } from "./program.ts";
import { simdEngine } from "./simd-engine.ts";
import { wordEngine } from "./word-engine.ts";

const policy = aPolicy();
/** Which of up to twenty codes answer yes, and which are unknown; code 0 is one of these. */
const column = fc.array(fc.constantFrom("true", "false", "unknown"), { minLength: 2, maxLength: 20 });

describe("a set of codes as a circuit", () => {
  test.prop([fc.array(column, { minLength: 1, maxLength: 3 }), fc.boolean()], { numRuns: 400 })(
    "is met by those who have one of them",
    (columns, isNegated) => {
      const layout = layoutFor(columns.map(({ length }) => length));
      const [block] = newBlocks(layout, 1) as [Block];
      for (const [place, answers] of columns.entries()) {
        const codes = Uint16Array.from({ length: BLOCK_ROWS }, (_, row) => row % answers.length);
        addColumn(block, layout, place, { codes }, { from: 0, start: 0, end: BLOCK_ROWS });
      }
      const codings = columns.map(
        (answers): AnswersOfCodes => ({
          codesAnswering: (_, wanted) => Uint8Array.from(answers, (answer) => (wanted.includes(answer) ? 1 : 0)),
        }),
      );
      const policies = columns.map((_, place) => ({
        policy,
        form: { kind: "literal", column: place, question: 0, isNegated } as const,
      }));
      const program = compileProgram({ policies }, codings, layout);
      for (const make of [wordEngine, simdEngine]) {
        const met = columns.map(() => "");
        make(program).visit({ block, rows: BLOCK_ROWS }, (place, certain, possible) => {
          met[place] = lettersOf(certain, possible, columns[place]?.length ?? 0);
        });
        const wanted = isNegated ? "false" : "true";
        const expected = columns.map((answers) =>
          answers.map((answer) => (answer === wanted ? "y" : answer === "unknown" ? "?" : "-")).join(""),
        );
        expect(met).toEqual(expected.map((each) => (/[y?]/.test(each) ? each : "")));
      }
    },
  );
});

/** What the first firms are told: y, ? or -. */
function lettersOf(certain: Int32Array, possible: Int32Array, count: number): string {
  const has = (bits: Int32Array, row: number) => (((bits[row >>> 5] as number) >>> (row & 31)) & 1) === 1;
  return Array.from({ length: count }, (_, row) => (has(certain, row) ? "y" : has(possible, row) ? "?" : "-")).join("");
}
