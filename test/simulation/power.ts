import type { Random } from "../../packages/service/src/demo/sample-random.ts";
import type { Transaction } from "../../packages/service/src/kernel/transaction.ts";
import type { Bank } from "../../packages/service/src/payment/bank-port.ts";
import { PowerCut } from "../../packages/service/src/payment/testing-crash.ts";

/** Where the power can fail: `draft: payments.saveAll`, `confirm: commit`, `send: bank.submit, done`. */
export type Place = string;

/** Which places were passed, and at which the power failed. */
export type Power = Readonly<{
  passed: ReadonlySet<Place>;
  failedAt: ReadonlySet<Place>;
  /** A socket that one run of a job is plugged into; its power may fail. */
  socket(job: string, random: Random): Socket;
  /** One whose power holds. */
  safeSocket(job: string): Socket;
}>;

export type Socket = Readonly<{
  bank(bank: Bank): Bank;
  transaction<Stores extends object>(transaction: Transaction<Stores>): Transaction<Stores>;
}>;

type Callable = (...given: unknown[]) => unknown;

/** Of the runs whose power may fail: how many go on to their end. */
const HOLDS = 0.35;

export function openPower(): Power {
  const [passed, failedAt] = [new Set<Place>(), new Set<Place>()];

  /** Places that were passed in such jobs and at which it never failed come first. */
  function whereNext(job: string, random: Random): (place: Place) => boolean {
    if (random.chance(HOLDS)) return () => false;
    const spared = [...passed].filter((place) => place.startsWith(`${job}: `) && !failedAt.has(place)).sort();
    const target = spared.length > 0 && random.chance(0.7) ? random.pick(spared) : undefined;
    if (target !== undefined) return (place) => place === target;
    let left = random.int(0, 25);
    return () => left-- === 0;
  }

  return {
    passed,
    failedAt,
    socket: (job, random) => wire(job, whereNext(job, random)),
    safeSocket: (job) => wire(job, () => false),
  };

  function wire(job: string, fails: (place: Place) => boolean): Socket {
    const pass = (at: string) => {
      const place = `${job}: ${at}`;
      passed.add(place);
      if (!fails(place)) return;
      failedAt.add(place);
      throw new PowerCut();
    };
    const wired = <Target extends object>(name: string, target: Target, afterToo: boolean): Target =>
      new Proxy(target, {
        get(object, key) {
          const member = Reflect.get(object, key) as unknown;
          if (typeof member !== "function") return member;
          return async (...given: unknown[]) => {
            pass(`${name}.${String(key)}`);
            const result = await (member as Callable).apply(object, given);
            if (afterToo) pass(`${name}.${String(key)}, done`);
            return result;
          };
        },
      });
    return {
      bank: (bank) => wired("bank", bank, true),
      transaction: (transaction) => async (work) => {
        const result = await transaction(async (stores) => {
          const all = Object.entries(stores).map(([name, store]) => [name, wired(name, store as object, false)]);
          const done = await work(Object.fromEntries(all) as typeof stores);
          pass("commit");
          return done;
        });
        pass("committed");
        return result;
      },
    };
  }
}
