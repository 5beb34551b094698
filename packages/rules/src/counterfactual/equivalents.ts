import Fraction from "fraction.js";
import type { Trace } from "../decision.ts";
import { formatOf } from "../explain/format.ts";
import { jsonText } from "../explain/json-text.ts";
import { evaluate, type Scope } from "../formula/evaluate.ts";
import { day, NOTHING, num, text, type Value } from "../formula/value.ts";
import type { Bilingual, Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { decimalText } from "../value-json.ts";
import { exactNumber, valueOfFact } from "../vocabulary/fact-value.ts";

/** The same change in a delivered fact that a derived one rests on: `营业收入 增加 186,000 元`. */
export type Equivalent = Readonly<{ fact: string; to: string; sentence: Bilingual }>;

/** Facts whose distance from the limit is counted in whole steps of this size. */
const steps: Readonly<Record<string, Fraction>> = { integer: new Fraction(1), money: new Fraction(1, 100) };

/**
 * What of the delivered facts would bring a derived number to its limit, one fact at a time. Only where the
 * derived fact follows it in a straight line, so that the answer is exact and not a guess.
 */
export function equivalentsOf(policy: Policy, { fact = "", inputs = [] }: Trace, to: Json, asOf: string): Equivalent[] {
  const goal = exactNumber(to);
  if (!policy.derived.has(fact) || !goal) return [];
  return inputs.flatMap(({ fact: id, actual }): Equivalent[] => {
    const definition = policy.vocabulary.facts.get(id);
    const from = exactNumber(actual ?? null);
    const step = steps[definition?.type ?? ""];
    if (!definition || !from || !step) return [];
    const derivedAt = (n: Fraction) =>
      numberAt(policy, fact, asOf, new Map(inputs.map((input) => [input.fact, input.actual])), id, n);
    const found = solve(derivedAt, from, goal, step);
    const isAllowed = (n: Fraction) => !("misfit" in valueOfFact(definition, decimalText(n)));
    return found && isAllowed(found) ? [equivalent(policy, id, from, found)] : [];
  });
}

/** Where a straight line through two points meets the goal, rounded away from where it starts. */
function solve(
  at: (n: Fraction) => Fraction | undefined,
  from: Fraction,
  goal: Fraction,
  step: Fraction,
): Fraction | undefined {
  const [y0, y1, y2] = [at(from), at(from.add(step)), at(from.add(step.mul(1000)))];
  if (!y0 || !y1 || !y2) return undefined;
  const slope = y1.sub(y0).div(step);
  const isStraight = y2.sub(y0).equals(slope.mul(step).mul(1000));
  if (slope.equals(0) || !isStraight) return undefined;
  const distance = goal.sub(y0).div(slope).div(step);
  const whole = distance.lt(0) ? distance.floor() : distance.ceil();
  const found = from.add(whole.mul(step));
  const reached = at(found);
  // A corner on the way (a cap, a branch) would make the line a lie.
  return reached?.sub(y0).equals(slope.mul(whole.mul(step))) ? found : undefined;
}

function numberAt(
  policy: Policy,
  derived: string,
  asOf: string,
  given: ReadonlyMap<string, Json | undefined>,
  changed: string,
  to: Fraction,
): Fraction | undefined {
  const scope: Scope = { fact: (id) => valueIn(id), locals: undefined };
  const valueIn = (id: string): Value => {
    if (id === "asOf") return day(asOf);
    if (id === changed) return num(to);
    const formula = policy.derived.get(id)?.formula;
    if (formula) return evaluate(formula.expression, scope);
    const setting = policy.settings.find(({ name }) => `setting.${name}` === id);
    if (setting) return text(setting.choice);
    const definition = policy.vocabulary.facts.get(id);
    const json = given.get(id);
    const value = definition && json !== undefined ? valueOfFact(definition, json) : NOTHING;
    return "misfit" in value ? NOTHING : value;
  };
  const value = valueIn(derived);
  return value.kind === "number" ? value.n : undefined;
}

function equivalent(policy: Policy, id: string, from: Fraction, to: Fraction): Equivalent {
  const { label, format } = formatOf(policy, id);
  const by = jsonText(decimalText(to.sub(from).abs()), format);
  const isMore = to.gt(from);
  return {
    fact: id,
    to: decimalText(to),
    sentence: {
      zh: `相当于${label.zh}${isMore ? "增加" : "减少"} ${by.zh}`,
      en: `that is ${by.en} ${isMore ? "more" : "less"} of: ${label.en}`,
    },
  };
}
