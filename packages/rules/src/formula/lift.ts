import {
  alternativesOf,
  type Because,
  becauseOf,
  type Exact,
  isExact,
  mergeBecause,
  sameScalar,
  union,
  unknown,
  type Value,
} from "./value.ts";

const MOST_COMBINATIONS = 1024;

/**
 * Applies an operation on exact values to values that are one of several, by trying every
 * combination. An argument that changes no result is no reason for the result being inexact.
 * `undefined` when the combinations cannot be listed.
 */
export function lift(args: readonly Value[], operation: (args: readonly Exact[]) => Exact): Value | undefined {
  if (args.every(isExact)) return operation(args);
  const choices: (readonly Exact[])[] = [];
  let combinations = 1;
  for (const arg of args) {
    const alternatives = alternativesOf(arg);
    if (!alternatives) return undefined;
    combinations *= alternatives.length;
    if (combinations > MOST_COMBINATIONS) return undefined;
    choices.push(alternatives);
  }
  const results = tryAll(choices, combinations, operation);
  const because = args.map((arg, index) => (matters(choices, results, index) ? becauseOf(arg) : []));
  return union(results, mergeBecause(...because));
}

/** Results in mixed-radix order: the last argument varies fastest. */
function tryAll(choices: readonly (readonly Exact[])[], combinations: number, operation: (a: Exact[]) => Exact) {
  const results: Exact[] = [];
  for (let combination = 0; combination < combinations; combination++) {
    let rest = combination;
    const args: Exact[] = [];
    for (let index = choices.length - 1; index >= 0; index--) {
      const alternatives = choices[index] ?? [];
      const chosen = alternatives[rest % alternatives.length];
      if (chosen) args.unshift(chosen);
      rest = Math.floor(rest / alternatives.length);
    }
    results.push(operation(args));
  }
  return results;
}

/** Whether the result varies with this argument while all others stay. */
function matters(choices: readonly (readonly Exact[])[], results: readonly Exact[], index: number): boolean {
  const size = choices[index]?.length ?? 1;
  if (size === 1) return false;
  const stride = choices.slice(index + 1).reduce((product, { length }) => product * length, 1);
  return results.some((result, position) => {
    const base = position - (Math.floor(position / stride) % size) * stride;
    const reference = results[base];
    return reference !== undefined && !sameScalar(result, reference);
  });
}

/** What is left to say when nothing can be computed: unknown, because of every argument that is not exact. */
export function unknownOf(args: readonly Value[], ...more: readonly Because[]): Value {
  return unknown(mergeBecause(...args.map(becauseOf), ...more));
}
