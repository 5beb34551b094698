import { RulesError } from "../rules-error.ts";
import { type Seat, type StackingRule, seatOf, type Window } from "./stacking-rule.ts";

/**
 * Rules of one policy that cannot both hold are its author's to settle, not the system's.
 * @throws RulesError policy-invalid, naming both
 */
export function refuseContradictions(rules: readonly StackingRule[], where: string): void {
  for (const [place, rule] of rules.entries()) {
    for (const earlier of rules.slice(0, place)) {
      const why = whyContradictory(earlier, rule);
      if (why === undefined) continue;
      throw new RulesError("policy-invalid", `${where}[${place}]`, `"${rule.name}" and "${earlier.name}" ${why}`);
    }
    const { kind, seats, name } = rule;
    const isAlone = kind === "exclusive" && seats.length === 1 && !rule.once && rule.group === undefined;
    if (isAlone) {
      const what = `"${name}" names nothing that the policy is not granted beside; write with, once or group.`;
      throw new RulesError("policy-invalid", `${where}[${place}]`, what);
    }
  }
}

function whyContradictory(a: StackingRule, b: StackingRule): string | undefined {
  if (a.name === b.name) return "are two rules with one name; rename one.";
  if (a.group !== undefined && a.group === b.group)
    return `are both the policy's part in group "${a.group}"; write one.`;
  if (a.per !== b.per || !sameWindow(a.during, b.during)) return undefined;
  if (a.kind === "ceiling" && b.kind === "ceiling") {
    return sameSeats(a.seats, b.seats) && a.mostFen !== b.mostFen
      ? "set two ceilings for the same benefits; keep the one that the text says."
      : undefined;
  }
  if (a.kind === "ceiling" || b.kind === "ceiling") return undefined;
  const shared = otherSeats(a).find((seat) => seatOf(otherSeats(b), seat) !== -1);
  if (!shared || a.kind === b.kind) return undefined;
  return `say different things about "${shared[0]}" (${a.kind}, ${b.kind}); keep the one that the text says.`;
}

/** Who else it is about. */
function otherSeats(rule: StackingRule): readonly Seat[] {
  return rule.kind === "exclusive" || rule.kind === "highest" ? rule.seats.slice(1) : rule.seats;
}

export function sameWindow(a: Window, b: Window): boolean {
  if (a.kind === "rollingYears" && b.kind === "rollingYears") return a.years === b.years;
  return a.kind === b.kind;
}

function sameSeats(a: readonly Seat[], b: readonly Seat[]): boolean {
  return a.length === b.length && a.every((seat) => seatOf(b, seat) !== -1);
}
