/** A budget line was carried over to another (结转). */
export type LineSuccession = Readonly<{ from: string; to: string; at: Date }>;

/** Which lines were carried over to which. */
export type LineSuccessions = { list(): Promise<LineSuccession[]> };

/**
 * The line that a new offer of a policy rests on: the one that the policy names, or where that has
 * been carried over to. A line carried over twice goes where it went last. A policy whose newer
 * version names the new line itself is already there.
 */
export function lineForNewOffers(named: string, successions: readonly LineSuccession[]): string {
  const passed = new Set<string>();
  let line = named;
  // Documents that lead in a circle leave the line that the circle is entered at.
  while (!passed.has(line)) {
    passed.add(line);
    const next = successions.filter(({ from }) => from === line).reduce(later, undefined);
    if (!next) return line;
    line = next.to;
  }
  return line;
}

function later(known: LineSuccession | undefined, other: LineSuccession): LineSuccession {
  return known === undefined || other.at >= known.at ? other : known;
}
