/** Maximise `Σ gain × y` under `Σ weight × y ≤ bound`, y ≥ 0; all weights and bounds are at least 0. */
export type LinearProgram = Readonly<{
  gains: readonly bigint[];
  rows: readonly Readonly<{ weights: readonly bigint[]; bound: bigint }>[];
}>;

/** The values over a common denominator. */
export type LinearMaximum = Readonly<{ values: readonly bigint[]; denominator: bigint }>;

/**
 * The exact maximum, by the simplex method on whole numbers: the tableau is kept over one common
 * denominator, so that nothing is ever rounded. Every gain needs a row that bounds it.
 *
 * Source: fraction-free pivoting, Edmonds 1967 and Bareiss 1968; least index first, Bland 1977 (it
 * cannot circle).
 */
export function linearMaximum({ gains, rows }: LinearProgram): LinearMaximum {
  const width = gains.length;
  const slack = (row: number) => rows.map((_, other) => (other === row ? 1n : 0n));
  const tableau = rows.map(({ weights, bound }, row) => [...weights, ...slack(row), bound]);
  const goal = [...gains.map((gain) => -gain), ...rows.map(() => 0n), 0n];
  const basis = rows.map((_, row) => width + row);
  let denominator = 1n;
  for (;;) {
    const column = goal.slice(0, -1).findIndex((cost) => cost < 0n);
    if (column === -1) break;
    const row = tightest(tableau, basis, column);
    if (row === undefined) throw new Error("a gain without bound");
    denominator = pivot([...tableau, goal], row, column, denominator);
    basis[row] = column;
  }
  const values = gains.map(() => 0n);
  for (const [row, column] of basis.entries()) {
    if (column < width) values[column] = tableau[row]?.at(-1) ?? 0n;
  }
  return { values, denominator };
}

/** The row that stops the column first; of equals the one whose variable has the least index. */
function tightest(
  tableau: readonly (readonly bigint[])[],
  basis: readonly number[],
  column: number,
): number | undefined {
  let best: Readonly<{ row: number; weight: bigint; bound: bigint }> | undefined;
  for (const [row, cells] of tableau.entries()) {
    const weight = cells[column] ?? 0n;
    if (weight <= 0n) continue;
    const bound = cells.at(-1) ?? 0n;
    const order = best === undefined ? -1n : bound * best.weight - best.bound * weight;
    const isFirst = order === 0n && best !== undefined && (basis[row] ?? 0) < (basis[best.row] ?? 0);
    if (order < 0n || isFirst) best = { row, weight, bound };
  }
  return best?.row;
}

/** @returns the new common denominator */
function pivot(tableau: readonly bigint[][], row: number, column: number, denominator: bigint): bigint {
  const chosen = tableau[row] ?? [];
  const by = chosen[column] ?? 0n;
  for (const cells of tableau) {
    if (cells === chosen) continue;
    const factor = cells[column] ?? 0n;
    for (const [at, cell] of cells.entries()) cells[at] = (cell * by - factor * (chosen[at] ?? 0n)) / denominator;
  }
  return by;
}
