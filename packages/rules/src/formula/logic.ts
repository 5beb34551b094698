import { becauseOf, type Exact, FALSE, mergeBecause, NOTHING, TRUE, truth, union, type Value } from "./value.ts";

/** How a value reads as an answer. `void`: known, but neither yes nor no (nothing found, or not a truth value). */
export type Answer = "true" | "false" | "unknown" | "void";

export function answerOf(value: Value): Answer {
  switch (value.kind) {
    case "boolean":
      return value.is ? "true" : "false";
    case "oneOf":
      // One of several, none of which is yes or no, is as void as one of them.
      return value.values.some(({ kind }) => kind === "boolean") ? "unknown" : "void";
    case "range":
    case "unknown":
      return "unknown";
    default:
      return "void";
  }
}

/** The three truth values of FEEL that this value may turn out to be. */
function truthsOf(value: Value): readonly Exact[] {
  switch (value.kind) {
    case "boolean":
      return [value];
    case "oneOf":
      return value.values.map((each) => (each.kind === "boolean" ? each : NOTHING));
    case "unknown":
      return [TRUE, FALSE, NOTHING];
    default:
      return [NOTHING];
  }
}

const isFalse = (value: Exact) => value.kind === "boolean" && !value.is;
const isTrue = (value: Exact) => value.kind === "boolean" && value.is;

/** FEEL's ternary `and`: one false decides, whatever the others are. */
export function and(a: Value, b: Value): Value {
  return combine(a, b, (x, y) => {
    if (isFalse(x) || isFalse(y)) return FALSE;
    return isTrue(x) && isTrue(y) ? TRUE : NOTHING;
  });
}

/** FEEL's ternary `or`: one true decides, whatever the others are. */
export function or(a: Value, b: Value): Value {
  return combine(a, b, (x, y) => {
    if (isTrue(x) || isTrue(y)) return TRUE;
    return isFalse(x) && isFalse(y) ? FALSE : NOTHING;
  });
}

export function not(a: Value): Value {
  const results = truthsOf(a).map((x) => (x.kind === "boolean" ? truth(!x.is) : NOTHING));
  return union(results, becauseOf(a));
}

function combine(a: Value, b: Value, operation: (x: Exact, y: Exact) => Exact): Value {
  const left = truthsOf(a);
  const right = truthsOf(b);
  const [x] = left;
  const [y] = right;
  if (x && y && left.length === 1 && right.length === 1) return operation(x, y);
  const results = left.flatMap((x) => right.map((y) => operation(x, y)));
  return union(results, mergeBecause(becauseOf(a), becauseOf(b)));
}
