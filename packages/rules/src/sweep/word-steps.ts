import { AND, type Bound, isSameBound, type Program, type Step } from "./program.ts";

/** As AND; where nobody is left the policy is over for this block. */
export const AND_OR_LEAVE = 6;

export type WordStep = Step;

/** The registers that hold a policy's bounds after its steps. */
export type PolicySteps = Readonly<{ steps: readonly WordStep[]; possible: number; certain: number }>;

/** Formulas as one step after another, with registers behind those of the program for what is put aside. */
export function stepsOf({ registers: first, policies }: Program): Readonly<{
  registers: number;
  policies: readonly PolicySteps[];
}> {
  let registers = first;
  const written = policies.map(({ possible, certain }): PolicySteps => {
    const steps: WordStep[] = [];
    const may = write(possible, { steps, aside: first, isRoot: true });
    // The possible bound stays where it is while the certain one is found.
    const does = isSameBound(possible, certain) ? may : write(certain, { steps, aside: first + 1, isRoot: false });
    for (const { into } of steps) registers = Math.max(registers, into + 1);
    return { steps, possible: may, certain: does };
  });
  return { registers, policies: written };
}

type Place = Readonly<{ steps: WordStep[]; aside: number; isRoot: boolean }>;

/** @returns the register that holds the bound after the steps */
function write(bound: Bound, { steps, aside, isRoot }: Place): number {
  if (typeof bound === "number") return bound;
  const operation = isRoot && bound.operation === AND ? AND_OR_LEAVE : bound.operation;
  let sofar: number | undefined;
  for (const part of bound.parts) {
    const register = write(part, { steps, aside: sofar === aside ? aside + 1 : aside, isRoot: false });
    if (sofar === undefined) sofar = register;
    else {
      steps.push({ operation, into: aside, a: sofar, b: register, c: 0 });
      sofar = aside;
    }
  }
  return sofar as number;
}
