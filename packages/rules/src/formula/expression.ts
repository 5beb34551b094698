import type { Comparator } from "./comparison.ts";
import type { Exact } from "./value.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "**";

/** A parsed formula: every name is resolved, so evaluating it can miss no fact by a typo. */
export type Expression =
  | Readonly<{ kind: "literal"; value: Exact }>
  /** A fact, a derived fact or the decision day. */
  | Readonly<{ kind: "fact"; id: string }>
  /** A name bound inside the formula, by `for`, `some`, `every` or a filter (`item`). */
  | Readonly<{ kind: "local"; name: string }>
  | Readonly<{ kind: "field"; of: Expression; name: string }>
  | Readonly<{ kind: "arithmetic"; operator: ArithmeticOperator; left: Expression; right: Expression }>
  | Readonly<{ kind: "negate"; of: Expression }>
  | Readonly<{ kind: "compare"; comparator: Comparator; left: Expression; right: Expression }>
  | Readonly<{ kind: "and" | "or"; left: Expression; right: Expression }>
  | Readonly<{ kind: "if"; condition: Expression; yes: Expression; no: Expression }>
  | Readonly<{ kind: "list"; items: readonly Expression[] }>
  | Readonly<{ kind: "record"; entries: readonly (readonly [string, Expression])[] }>
  /** Membership: each test is a boolean expression over the local `?`, which holds the value once. */
  | Readonly<{ kind: "in"; of: Expression; tests: readonly Expression[] }>
  /** `list[predicate]`; the predicate sees the local `item`. */
  | Readonly<{ kind: "filter"; list: Expression; predicate: Expression }>
  /** `list[number]`, counted from 1. */
  | Readonly<{ kind: "at"; list: Expression; position: Expression }>
  | Readonly<{ kind: "for"; name: string; list: Expression; body: Expression }>
  | Readonly<{ kind: "some" | "every"; name: string; list: Expression; body: Expression }>
  | Readonly<{ kind: "call"; name: string; args: readonly Expression[] }>;

/** What a formula is known to give before it runs. `any`: cannot be told. */
export type StaticType =
  | Readonly<{ kind: "any" | "null" | "boolean" | "number" | "text" | "date" | "duration" }>
  | Readonly<{ kind: "list"; of: StaticType }>
  /** A value per period, asked for by the functions `period` and `periods`. */
  | Readonly<{ kind: "series"; of: StaticType }>
  | Readonly<{ kind: "record"; fields: ReadonlyMap<string, StaticType> }>;
