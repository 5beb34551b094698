/** The first place at which two JSON values differ, walking both in order. */
export type FirstDifference = Readonly<{
  /** `children[1].actual`; empty when the values differ as wholes. */
  at: string;
  stored: unknown;
  recomputed: unknown;
}>;

/** A key that is absent and one without a value are the same: JSON knows only the first. */
export function firstDifference(stored: unknown, recomputed: unknown, at = ""): FirstDifference | undefined {
  if (Object.is(stored, recomputed)) return undefined;
  if (!isObject(stored) || !isObject(recomputed) || Array.isArray(stored) !== Array.isArray(recomputed)) {
    return { at, stored, recomputed };
  }
  for (const key of new Set([...Object.keys(stored), ...Object.keys(recomputed)])) {
    const difference = firstDifference(stored[key], recomputed[key], place(at, key, Array.isArray(stored)));
    if (difference) return difference;
  }
  return undefined;
}

function place(at: string, key: string, inList: boolean): string {
  if (inList) return `${at}[${key}]`;
  return at === "" ? key : `${at}.${key}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
