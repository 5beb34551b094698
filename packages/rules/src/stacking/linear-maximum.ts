/** Maximise `Σ gain × y` under `Σ weight × y ≤ bound`, y ≥ 0; all weights and bounds are at least 0. */
export type LinearProgram = Readonly<{
  gains: readonly bigint[];
  rows: readonly Readonly<{ weights: readonly bigint[]; bound: bigint }>[];
}>;

/** The values over a common denominator. */
export type LinearMaximum = Readonly<{ values: readonly bigint[]; denominator: bigint }>;

/** Steepest steps are the fewest, but only the least index cannot circle. */
const STEEPEST_STEPS = 60;

/**
 * The exact maximum, by the simplex method on whole numbers: the tableau is kept over one common
 * denominator, so that nothing is ever rounded. Every gain needs a row that bounds it.
 *
 * Source: fraction-free pivoting, Edmonds 1967 and Bareiss 1968; least index first, Bland 1977 (it
 * cannot circle).
 */
export function linearMaximum({ gains, rows }: LinearProgram): LinearMaximum {
  const width = gains.length;
  // One column for each variable that is zero now, and the bound; one row for each that is not, and the goal.
  const tableau = [...rows.map(({ weights, bound }) => [...weights, bound]), [...gains.map((gain) => -gain), 0n]];
  const goal = tableau[rows.length] ?? [];
  const zero = gains.map((_, variable) => variable);
  const basic = rows.map((_, row) => width + row);
  let denominator = 1n;
  for (let step = 0; ; step += 1) {
    const column = step < STEEPEST_STEPS ? steepest(goal, width) : leastIndex(goal, zero);
    if (column === undefined) break;
    const row = tightest(tableau, basic, column);
    if (row === undefined) throw new Error("a gain without bound");
    denominator = pivot(tableau, row, column, denominator);
    const leaving = basic[row] ?? 0;
    basic[row] = zero[column] ?? 0;
    zero[column] = leaving;
  }
  const values = gains.map(() => 0n);
  for (const [row, variable] of basic.entries()) {
    if (variable < width) values[variable] = tableau[row]?.at(-1) ?? 0n;
  }
  return { values, denominator };
}

function steepest(goal: readonly bigint[], width: number): number | undefined {
  let best: number | undefined;
  for (let column = 0; column < width; column += 1) {
    const cost = goal[column] ?? 0n;
    if (cost < 0n && (best === undefined || cost < (goal[best] ?? 0n))) best = column;
  }
  return best;
}

function leastIndex(goal: readonly bigint[], zero: readonly number[]): number | undefined {
  let best: number | undefined;
  for (const [column, variable] of zero.entries()) {
    if ((goal[column] ?? 0n) < 0n && (best === undefined || variable < (zero[best] ?? 0))) best = column;
  }
  return best;
}

/** The row that stops the column first; of equals the one whose variable has the least index. */
function tightest(
  tableau: readonly (readonly bigint[])[],
  basic: readonly number[],
  column: number,
): number | undefined {
  let best: Readonly<{ row: number; weight: bigint; bound: bigint }> | undefined;
  for (const row of basic.keys()) {
    const cells = tableau[row] ?? [];
    const weight = cells[column] ?? 0n;
    if (weight <= 0n) continue;
    const bound = cells.at(-1) ?? 0n;
    const order = best === undefined ? -1n : bound * best.weight - best.bound * weight;
    const isFirst = order === 0n && best !== undefined && (basic[row] ?? 0) < (basic[best.row] ?? 0);
    if (order < 0n || isFirst) best = { row, weight, bound };
  }
  return best?.row;
}

/** The variable of the row and that of the column change places. @returns the new common denominator */
function pivot(tableau: readonly bigint[][], row: number, column: number, denominator: bigint): bigint {
  const chosen = tableau[row] ?? [];
  const by = chosen[column] ?? 0n;
  for (const cells of tableau) {
    if (cells === chosen) continue;
    const factor = cells[column] ?? 0n;
    for (const [at, cell] of cells.entries()) cells[at] = (cell * by - factor * (chosen[at] ?? 0n)) / denominator;
    cells[column] = -factor;
  }
  chosen[column] = denominator;
  return by;
}
