import { type Instruction, readOrder, referenceOf } from "../demo/simulated-bank.ts";
import { type StatementEntryText, writeCamt053, writePain002 } from "../demo/simulated-bank-reports.ts";
import type { Day } from "../kernel/day.ts";
import { startOfDay } from "../kernel/day.ts";
import type { Bank } from "./bank-port.ts";

/** What the bank thinks of an account: fine, held under another name, or not there. */
export type Nature = "fine" | "other-name" | "unknown";

export type MemoryBank = Bank & {
  /** Books everything that is due, each kind of movement in a statement of that day. */
  closeDay(day: Day): void;
  /** Debits less returns, by end-to-end id. */
  paid(): ReadonlyMap<string, number>;
  /** Every message ever taken, with its bytes. */
  messages: ReadonlyMap<string, string>;
};

/** For tests: a bank in memory. A crash of ours does not touch what it knows. */
export function memoryBank(natureOf: (order: Instruction) => Nature): MemoryBank {
  const messages = new Map<string, string>();
  const files = new Map<string, string>();
  const done = new Set<string>();
  const booked = new Map<string, number>();
  const dueDebits: Due[] = [];
  const dueReturns: Due[] = [];

  function take(messageId: string, file: string): void {
    const { instructions } = readOrder(new TextEncoder().encode(file));
    const payments = instructions.map((order, nth) => {
      const { groupId, endToEndId } = order;
      if (natureOf(order) === "unknown") return { groupId, endToEndId, status: "RJCT", reasonCode: "AC01" };
      dueDebits.push({ order, messageId, nth });
      return { groupId, endToEndId, status: "ACCP" };
    });
    const report = { messageId: `R${messageId}`, originalMessageId: messageId, at: new Date(0), payments };
    files.set(`${messageId}-answer.xml`, writePain002(report));
  }

  function book(dues: Due[], kind: "debit" | "return"): Map<string, StatementEntryText[]> {
    const byAccount = Map.groupBy(dues.splice(0), ({ order }) => order.debtorAccount);
    return new Map(
      [...byAccount].map(([account, members]) => [
        account,
        members.map(({ order, messageId, nth }) => {
          const { endToEndId, amountFen } = order;
          booked.set(endToEndId, (booked.get(endToEndId) ?? 0) + (kind === "debit" ? 1 : -1));
          const reference = referenceOf(messageId, nth, kind);
          return kind === "debit"
            ? { reference, endToEndId, direction: "debit", amountFen }
            : { reference, endToEndId, direction: "credit", amountFen, reasonCode: "BE01" };
        }),
      ]),
    );
  }

  return {
    name: "memory",
    declares: { deduplicates: true, queries: true },
    messages,
    async submit(messageId, file) {
      const known = messages.get(messageId);
      if (known !== undefined && known !== file) throw new Error(`${messageId} came again with other bytes`);
      if (known !== undefined) {
        done.delete(`${messageId}-answer.xml`);
        return "taken-before";
      }
      messages.set(messageId, file);
      take(messageId, file);
      return "taken";
    },
    query: async (messageId) => (messages.has(messageId) ? "taken" : "unknown"),
    reports: async () =>
      [...files].flatMap(([name, xml]) => (done.has(name) ? [] : [{ name, content: new TextEncoder().encode(xml) }])),
    acknowledge: async (name) => void done.add(name),
    refuse: async (name) => void done.add(name),
    closeDay(day) {
      const returning = dueReturns.splice(0);
      const failing = dueDebits.filter(({ order }) => natureOf(order) === "other-name");
      for (const [kind, dues] of [
        ["debit", dueDebits],
        ["return", returning],
      ] as const) {
        for (const [accountNo, entries] of book(dues, kind)) {
          const id = `${day}-${kind}-${accountNo}`.slice(0, 35);
          const statement = { id, accountNo, openingFen: 10n ** 12n, entries };
          files.set(`${id}-${files.size}.xml`, writeCamt053(id, day, startOfDay(day), [statement]));
        }
      }
      dueReturns.push(...failing);
    },
    paid: () => booked,
  };
}

type Due = Readonly<{ order: Instruction; messageId: string; nth: number }>;
