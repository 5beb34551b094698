import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import { type Instruction, readOrder } from "../../packages/service/src/demo/simulated-bank.ts";
import type { Day } from "../../packages/service/src/kernel/day.ts";
import type { Bank } from "../../packages/service/src/payment/bank-port.ts";
import { memoryBank, type Nature } from "../../packages/service/src/payment/testing-bank.ts";
import { type Fault, mishap } from "../unruly-bank/faults.ts";

/** How often its line breaks before an order arrives, after it has arrived, and how often its post goes astray. */
const [UNREACHED, REPLY_LOST, ASTRAY] = [0.1, 0.15, 0.5];
/** Days after which it finds a letter that it had lost. */
const FOUND_AGAIN = 9;

/** A bank whose books are right and whose line and post are not. It outlives every crash of ours. */
export type CarelessBank = Readonly<{
  bank: Bank;
  /** Books what is due and puts out its letters; `calm` = line and post are as they should be. */
  closeDay(nth: number, day: Day, calm: boolean): void;
  /** Debits less returns, by account number of the payee. */
  netOf(): ReadonlyMap<string, number>;
  /** Whether it ever debited this payment. */
  debited(endToEndId: string): boolean;
  /** Payments ordered in all messages, each with what was asked for. */
  orders(): readonly Instruction[];
  happened: ReadonlySet<Fault | "unreached" | "reply-lost">;
}>;

export function carelessBank(seed: number, natureOf: (accountNo: string) => Nature): CarelessBank {
  const books = memoryBank(({ creditorAccount }) => natureOf(creditorAccount));
  const happened = new Set<Fault | "unreached" | "reply-lost">();
  const read = new Map<string, readonly Instruction[]>();
  const sorted = new Set<string>();
  let letters: { name: string; content: string; due: number }[] = [];
  let [today, isCalm, calls] = [0, false, 0];

  function strikes(what: "unreached" | "reply-lost", probability: number): boolean {
    calls += 1;
    if (isCalm || !randomFor(seed, "line", today, calls).chance(probability)) return false;
    happened.add(what);
    return true;
  }

  async function sort(): Promise<void> {
    for (const { name, content } of await books.reports()) {
      if (sorted.has(name)) continue;
      sorted.add(name);
      const text = new TextDecoder().decode(content);
      const random = randomFor(seed, "post", today, name);
      const outcome =
        isCalm || !random.chance(ASTRAY)
          ? { letters: [{ name, content: text, rounds: 0 }], happened: [] }
          : mishap(name, text, random);
      for (const fault of outcome.happened) happened.add(fault);
      for (const letter of outcome.letters) {
        letters.push({ ...letter, name: `${today}-${letter.name}`, due: today + (letter.rounds ?? FOUND_AGAIN) });
      }
    }
  }

  const bank: Bank = {
    name: "careless",
    declares: { deduplicates: true, queries: true },
    async submit(messageId, file) {
      if (strikes("unreached", UNREACHED)) throw new Error("no route to host");
      const answer = await books.submit(messageId, file);
      if (answer === "taken-before") sorted.delete(`${messageId}-answer.xml`); // it says again what it said
      read.set(messageId, readOrder(new TextEncoder().encode(file)).instructions);
      if (strikes("reply-lost", REPLY_LOST)) throw new Error("connection reset");
      return answer;
    },
    query: (messageId) => books.query(messageId),
    async reports() {
      await sort();
      const due = letters.filter((letter) => isCalm || letter.due <= today);
      const order = randomFor(seed, "order", today).shuffled(due);
      return order.map(({ name, content }) => ({ name, content: new TextEncoder().encode(content) }));
    },
    acknowledge: async (name) => drop(name),
    refuse: async (name) => drop(name),
  };

  function drop(name: string): void {
    letters = letters.filter((letter) => letter.name !== name);
  }

  const orders = () => [...read.values()].flat();
  return {
    bank,
    happened,
    orders,
    closeDay(nth, day, calm) {
      [today, isCalm] = [nth, calm];
      books.closeDay(day);
    },
    debited: (endToEndId) => books.paid().has(endToEndId),
    netOf() {
      const net = new Map<string, number>();
      for (const [endToEndId, { creditorAccount }] of new Map(orders().map((order) => [order.endToEndId, order]))) {
        net.set(creditorAccount, (net.get(creditorAccount) ?? 0) + (books.paid().get(endToEndId) ?? 0));
      }
      return net;
    },
  };
}
