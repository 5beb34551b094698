import type { Coding } from "./coding.ts";
import { type Form, type Literal, literalsOf, type SweepPlan } from "./plan.ts";

/** Codes of a zone at most: each may leave one block half empty. */
const MOST_CODES = 512;
/** The share of policies that a code has to rule out on average. */
const LEAST_RULED_OUT = 0.2;

type Codings = readonly Pick<Coding, "size" | "answerOf">[];

/**
 * The column that rules out most policies by its code alone, as a place does. Firms that share its code are
 * kept together, and whole blocks need not be asked.
 */
export function bestZone(plan: SweepPlan, codings: readonly Coding[]): number | undefined {
  return rulingOut(plan, codings)[0];
}

/** Columns that rule out a good share of all policies by their code alone, that which rules out most first. */
export function rulingOut(plan: SweepPlan, codings: readonly Coding[]): readonly number[] {
  const shares = plan.columns.map(({ fact }, column) => {
    const { size } = codings[column] as Coding;
    if (!fact || size > MOST_CODES) return 0;
    const asking = plan.policies.filter(({ form }) => asks(form, column));
    if (asking.length / plan.policies.length < LEAST_RULED_OUT) return 0;
    const codes = Array.from({ length: size - 1 }, (_, code) => code + 1);
    const out = codes.reduce(
      (sum, code) => sum + asking.filter(({ form }) => !mayHold(form, column, code, codings)).length,
      0,
    );
    return out / Math.max(1, codes.length) / plan.policies.length;
  });
  const good = shares.flatMap((share, column) => (share < LEAST_RULED_OUT ? [] : [column]));
  return good.sort((a, b) => (shares[b] as number) - (shares[a] as number));
}

/** For each code of a column, 1 for every policy that a firm with this code may fit. */
export function openPolicies({ policies }: SweepPlan, column: number, codings: Codings): readonly Uint8Array[] {
  return Array.from({ length: codings[column]?.size ?? 0 }, (_, code) =>
    Uint8Array.from(policies, ({ form }) => (mayHold(form, column, code, codings) ? 1 : 0)),
  );
}

/** Policies that are open for one of several codes. */
export function openForAny(open: readonly Uint8Array[], codes: Iterable<number>, policies: number): Uint8Array {
  const any = new Uint8Array(policies);
  for (const code of codes) {
    const mask = open[code];
    if (!mask) return any.fill(1);
    for (let policy = 0; policy < policies; policy += 1) if (mask[policy] === 1) any[policy] = 1;
  }
  return any;
}

/** For each code of the zone, 1 for every policy whose requirements of the zone a firm with this code meets for certain. */
export function meetingZone({ policies }: SweepPlan, zone: number, codings: Codings): readonly Uint8Array[] {
  const asked = policies.map(({ form }) => partsAtTop(form).filter((part) => isOfZone(part, zone)));
  return Array.from({ length: codings[zone]?.size ?? 0 }, (_, code) =>
    Uint8Array.from(asked, (parts) => (parts.every((part) => holdsFor(part, code, codings)) ? 1 : 0)),
  );
}

/** A form without what it asks of the zone at its top: all firms of a block may meet that, or its policy is not open. */
export function withoutZone(form: Form, zone: number): Form {
  return { kind: "all", parts: partsAtTop(form).filter((part) => !isOfZone(part, zone)) };
}

const partsAtTop = (form: Form): readonly Form[] => (form.kind === "all" ? form.parts : [form]);
const isOfZone = (form: Form, zone: number): form is Literal => form.kind === "literal" && form.column === zone;

function holdsFor({ column, question, isNegated }: Literal, code: number, codings: Codings): boolean {
  return codings[column]?.answerOf(code, question) === (isNegated ? "false" : "true");
}

function asks(form: Form, column: number): boolean {
  return literalsOf(form).some((literal) => literal.column === column);
}

/** Whether a form may hold when nothing is known but the code of one column. */
export function mayHold(form: Form, column: number, code: number, codings: Codings): boolean {
  switch (form.kind) {
    case "literal": {
      if (form.column !== column) return true;
      const answer = codings[column]?.answerOf(code, form.question) ?? "unknown";
      return answer === "unknown" || answer === (form.isNegated ? "false" : "true");
    }
    case "all":
      return form.parts.every((part) => mayHold(part, column, code, codings));
    case "any":
      return form.parts.some((part) => mayHold(part, column, code, codings));
  }
}
