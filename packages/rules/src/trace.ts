import type { Expected, Leaf } from "./condition/condition.ts";
import type { Judged } from "./condition/engine.ts";
import type { Input, Trace } from "./decision.ts";
import type { FactsInView } from "./facts-in-view.ts";
import type { Json } from "./json.ts";
import type { Policy } from "./policy/policy.ts";
import type { Profile } from "./profile.ts";
import { jsonOf } from "./value-json.ts";

/** What the trace of one decision is made from. */
export type TraceContext = Readonly<{ policy: Policy; profile: Profile; view: FactsInView }>;

/** The whole tree with, at each requirement, what was found and what was asked for. */
export function traceOf({ condition, result, children }: Judged, context: TraceContext): Trace {
  const { name, clause, label } = condition;
  const node = { name, result, ...(clause !== undefined && { clause }), ...(label && { label }) };
  if (condition.kind !== "leaf") {
    return { ...node, operator: condition.kind, children: children.map((child) => traceOf(child, context)) };
  }
  return { ...node, ...leafParts(condition, context), children: [] };
}

function leafParts({ fact, operator, expected }: Leaf, { policy, profile, view }: TraceContext) {
  const actual = policy.vocabulary.facts.has(fact) ? givenValue(profile, fact) : jsonOf(view.value(fact));
  const wanted = expectedJson(expected, view);
  const inputs = inputsOf(fact, policy, profile);
  const own = policy.vocabulary.facts.has(fact) ? originOf(profile, fact) : {};
  return {
    fact,
    operator,
    ...(wanted !== undefined && { expected: wanted }),
    ...(actual !== undefined && { actual }),
    ...own,
    ...(inputs.length > 0 && { inputs }),
  };
}

function expectedJson(expected: Expected, view: FactsInView): Json | undefined {
  return expected.kind === "literal" ? expected.json : jsonOf(view.expected(expected));
}

/** The facts that a derived fact rests on, each with its value and origin. */
export function inputsOf(id: string, policy: Policy, profile: Profile): Input[] {
  if (!policy.derived.has(id)) return [];
  const found = new Map<string, Input>();
  const visit = (inner: string) => {
    if (policy.vocabulary.facts.has(inner)) {
      const actual = givenValue(profile, inner);
      found.set(inner, { fact: inner, ...(actual !== undefined && { actual }), ...originOf(profile, inner) });
    }
    for (const next of policy.derived.get(inner)?.formula.facts ?? []) if (!found.has(next)) visit(next);
  };
  visit(id);
  return [...found.values()];
}

function stateOf(profile: Profile, id: string) {
  return Object.hasOwn(profile, id) ? profile[id] : undefined;
}

function givenValue(profile: Profile, id: string): Json | undefined {
  const state = stateOf(profile, id);
  return state?.state === "known" ? state.value : undefined;
}

/** Which department said so, and of which day. */
export function originOf(profile: Profile, id: string): { source?: string; asOf?: string } {
  const state = stateOf(profile, id);
  if (state?.state !== "known") return {};
  const { source, asOf } = state;
  return { ...(source !== undefined && { source }), ...(asOf !== undefined && { asOf }) };
}
