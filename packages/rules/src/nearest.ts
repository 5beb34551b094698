/**
 * The known name that a mistyped one most likely means, or `undefined` when none is close:
 * at most a third of its letters may differ (optimal string alignment distance).
 */
export function nearestName(wrong: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue;
    const distance = editDistance(wrong.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` Did you mean "x"?`, or the few names there are, or nothing. */
export function suggestion(wrong: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearestName(wrong.slice(0, 100), names);
  if (near !== undefined) return ` Did you mean "${near}"?`;
  return names.length > 0 && names.length <= 30 ? ` Known: ${names.join(", ")}.` : "";
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const insertOrDelete = Math.min(last[column] ?? 0, current[column - 1] ?? 0) + 1;
      const replace = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
      const swap = isSwap && row > 1 && column > 1 ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(insertOrDelete, replace, swap));
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
