import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import {
  type BankDoor,
  type Errand,
  type LineFault,
  lineFaults,
  openBankDoor,
} from "../../packages/service/src/demo/simulated-bank-door.http.ts";
import type { Bank } from "../../packages/service/src/payment/bank-port.ts";

export const TOKEN = "opens the unruly bank";
/** How long its customer waits, and how late a late answer is; seconds would only make the tests longer. */
export const [PATIENCE_MS, LATENESS_MS] = [4_000, 5_000];

/** How often something goes wrong on the line, by errand. */
const HOW_OFTEN: Readonly<Record<Errand, number>> = { submit: 0.5, query: 0.3, list: 0.15, fetch: 0.15, settle: 0.15 };

export type UnrulyDoor = BankDoor &
  Readonly<{
    startRound(round: number, calm: boolean): void;
    /** The next such errand meets this, whatever was drawn. */
    plan(errand: Errand, fault: LineFault): void;
    /** Since it was asked last. */
    whatHappened(): LineFault[];
  }>;

/** An HTTP door whose line is bad, by the seed; calm until a round begins. */
export async function openUnrulyDoor(counter: Bank, port: number, seed: number): Promise<UnrulyDoor> {
  const planned: { errand: Errand; fault: LineFault }[] = [];
  let happened: LineFault[] = [];
  let [now, isCalm, calls] = [0, true, 0];

  function trouble(errand: Errand): LineFault | undefined {
    const next = planned.findIndex((plan) => plan.errand === errand);
    const fault = next >= 0 ? planned.splice(next, 1)[0]?.fault : drawn(errand);
    if (fault !== undefined) happened.push(fault);
    return fault;
  }

  function drawn(errand: Errand): LineFault | undefined {
    calls += 1;
    const random = randomFor(seed, "line", now, calls);
    return isCalm || !random.chance(HOW_OFTEN[errand]) ? undefined : random.pick(lineFaults);
  }

  const door = await openBankDoor(counter, { port, token: TOKEN, trouble, latenessMs: LATENESS_MS });
  return {
    ...door,
    startRound(round, calm) {
      [now, isCalm] = [round, calm];
    },
    plan: (errand, fault) => void planned.push({ errand, fault }),
    whatHappened() {
      const since = happened;
      happened = [];
      return since;
    },
  };
}
