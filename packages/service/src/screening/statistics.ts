/** The value below which a share of all values lies; values need not be sorted. NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : quantile(values, 0.5);
}

/** Spearman's rank correlation, ties sharing their mean rank: 1 same order, 0 unrelated, −1 reversed. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const [xs, ys] = [ranks(pairs.map(([x]) => x)), ranks(pairs.map(([, y]) => y))];
  const mean = (pairs.length + 1) / 2;
  let [covariance, varianceX, varianceY] = [0, 0, 0];
  for (const [place, x] of xs.entries()) {
    const [dx, dy] = [x - mean, (ys[place] ?? mean) - mean];
    covariance += dx * dy;
    varianceX += dx * dx;
    varianceY += dy * dy;
  }
  return varianceX === 0 || varianceY === 0 ? 0 : covariance / Math.sqrt(varianceX * varianceY);
}

function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] ?? -1] === values[order[start] ?? -1]) end += 1;
    for (const place of order.slice(start, end)) result[place] = (start + end + 1) / 2;
    start = end;
  }
  return result;
}
