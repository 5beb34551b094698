import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import { DomainError } from "../../packages/service/src/kernel/errors.ts";
import { PowerCut } from "../../packages/service/src/payment/testing-crash.ts";
import { type Deps, type Stores, transactionOn, type World } from "./world.ts";

/** What a job may be refused with when the other instance was quicker. */
const overtaken = new Set(["changed-meanwhile", "entitlement-not-open", "batch-not-open", "payment-not-open"]);

export function isOvertaken(cause: unknown): boolean {
  return cause instanceof DomainError && overtaken.has(cause.code);
}

/** The same work on both instances at once; the power of either may fail on the way. */
export async function both(
  world: World,
  job: string,
  nth: number,
  isCalm: boolean,
  work: (deps: Deps) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    ["a", "b"].map(async (instance) => {
      const [kind = job] = job.split(" ");
      const random = randomFor(world.life.seed, job, nth, instance);
      const socket = isCalm ? world.power.safeSocket(kind) : world.power.socket(kind, random);
      const transaction = socket.transaction<Stores>(transactionOn(world.store));
      try {
        await work({ clock: world.clock, transaction, bank: socket.bank(world.bank.bank) });
      } catch (cause) {
        if (cause instanceof PowerCut) world.cuts += 1;
        else if (!isOvertaken(cause)) throw cause;
      }
    }),
  );
}
