import { RulesError } from "../rules-error.ts";
import { sameWindow } from "./contradictions.ts";
import { type Seat, type StackingRule, seatOf } from "./stacking-rule.ts";

type Declaring = Readonly<{ id: string; stacking: readonly StackingRule[] }>;

/**
 * The rules that policies state, those of one group as one rule. In order of policy and name, so
 * that nothing depends on the order in which policies are read.
 *
 * @throws RulesError policy-invalid: policies that name one group and say different things about it,
 *   or that deduct each other
 */
export function rulesInForce(policies: readonly Declaring[]): readonly StackingRule[] {
  const stated = policies.flatMap(({ stacking }) => stacking).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const alone = stated.filter(({ group }) => group === undefined);
  const groups = Map.groupBy(
    stated.filter(({ group }) => group !== undefined),
    ({ group }) => group,
  );
  const rules = [...alone, ...[...groups.values()].map((members) => members.reduce(joined))];
  refuseCircles(rules);
  return rules;
}

/** Two that are each to be less what the other paid have no amount at all. */
function refuseCircles(rules: readonly StackingRule[]): void {
  const deducting = rules.flatMap((rule) => (rule.kind === "deduct" || rule.kind === "levelDifference" ? [rule] : []));
  type Deducting = (typeof deducting)[number];
  const follow = (rule: Deducting, path: readonly Deducting[]): void => {
    if (path.includes(rule)) {
      const names = [...path.slice(path.indexOf(rule)), rule].map(keyOf).join(" → ");
      throw new RulesError("policy-invalid", "stacking", `these deduct each other in a circle: ${names}; break it.`);
    }
    for (const next of deducting) if (seatOf(rule.seats, next.own) !== -1) follow(next, [...path, rule]);
  };
  for (const rule of deducting) follow(rule, []);
}

/** `policy/name`: what a rule is known by. */
export function keyOf({ policies, name }: Pick<StackingRule, "policies" | "name">): string {
  return `${policies[0]}/${name}`;
}

function joined(a: StackingRule, b: StackingRule): StackingRule {
  const isSame = a.kind === b.kind && a.per === b.per && sameWindow(a.during, b.during);
  if (!isSame) throw differing(a, b, "kind, per and during");
  const together = { ...a, policies: [...a.policies, ...b.policies], seats: seatsTogether(a.seats, b.seats) };
  if (a.kind === "ceiling" && b.kind === "ceiling" && a.mostFen !== b.mostFen) throw differing(a, b, "most");
  if (a.kind === "exclusive" && b.kind === "exclusive" && a.once !== b.once) throw differing(a, b, "once");
  // What deducts has one policy that pays less; a group of them would be several rules.
  if (a.kind === "deduct" || a.kind === "levelDifference")
    throw differing(a, b, "group, which deductions have none of,");
  return together;
}

function seatsTogether(a: readonly Seat[], b: readonly Seat[]): readonly Seat[] {
  const seats = [...a];
  for (const seat of b) {
    const place = seatOf(seats, seat);
    const [first, ...rest] = seats[place] ?? seat;
    const others = new Set([...rest, ...seat].filter((name) => name !== first));
    seats.splice(place === -1 ? seats.length : place, 1, [first, ...others]);
  }
  return seats;
}

function differing(a: StackingRule, b: StackingRule, what: string): RulesError {
  const sentence = `${keyOf(a)} and ${keyOf(b)} name group "${a.group}" and differ in ${what}; make them agree.`;
  return new RulesError("policy-invalid", `stacking.${b.name}`, sentence);
}
