import type { Transaction } from "../kernel/transaction.ts";
import type { Bank } from "./bank-port.ts";

/** For tests: the machine stops at the n-th step; every call of a store or bank and every commit is a step. */
export class PowerCut extends Error {
  override readonly name = "PowerCut";
}

export function cutAfter(steps: number) {
  let left = steps;
  const step = () => {
    if (left === 0) throw new PowerCut();
    left -= 1;
  };
  /** Whether the work came to its end before the cut. */
  const survived = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (cause) {
      if (cause instanceof PowerCut) return false;
      throw cause;
    }
  };
  return { step, survived };
}

type Callable = (...given: unknown[]) => unknown;

/** The same object, with a step before each call, and one after it where its effect is outside of us. */
function stepping<Target extends object>(target: Target, step: () => void, afterToo: boolean): Target {
  return new Proxy(target, {
    get(object, key) {
      const member = Reflect.get(object, key) as unknown;
      if (typeof member !== "function") return member;
      return async (...given: unknown[]) => {
        step();
        const result = await (member as Callable).apply(object, given);
        if (afterToo) step();
        return result;
      };
    },
  });
}

export function cutBank(bank: Bank, step: () => void): Bank {
  return stepping(bank, step, true);
}

export function cutTransaction<Stores extends object>(
  transaction: Transaction<Stores>,
  step: () => void,
): Transaction<Stores> {
  return async (work) => {
    const result = await transaction(async (stores) => {
      const cut = Object.fromEntries(
        Object.entries(stores).map(([name, store]) => [name, stepping(store as object, step, false)]),
      );
      const done = await work(cut as Stores);
      step(); // before the commit
      return done;
    });
    step(); // after the commit
    return result;
  };
}
