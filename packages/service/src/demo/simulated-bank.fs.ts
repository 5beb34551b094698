import path from "node:path";
import type { Day } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import { exchangeFolders } from "../payment/exchange-folders.ts";
import { listWhole, makeDirectories, moveWhole, readIfThere, writeWhole } from "../payment/whole-file.fs.ts";
import {
  bookingDay,
  type Customers,
  judge,
  lastClosedDay,
  type Order,
  readOrder,
  referenceOf,
  returnDay,
} from "./simulated-bank.ts";
import { type DueBooking, openBooks } from "./simulated-bank-books.fs.ts";
import { type StatementEntryText, writeCamt053, writePain002 } from "./simulated-bank-reports.ts";

/** A bank of its own: its books are a file of its own, and it knows us only by what we send. */
export type SimulatedBank = {
  /**
   * Its working day up to now: takes the orders that lie there, answers them, and puts out the
   * statement of every day whose books are closed. May be killed at any point and run again.
   */
  run(now: Date): Promise<void>;
  /** For tests: does the next order's work, and its answer gets lost. */
  loseNextReply(): void;
  /** For tests: how often each payment was booked, by end-to-end id: debits and returns. */
  bookings(): ReadonlyMap<string, Readonly<{ debits: number; returns: number }>>;
  close(): void;
};

export type SimulatedBankOptions = Customers &
  Readonly<{
    /** The folders that it shares with its customer. */
    exchange: string;
    /** Where its own books lie. */
    directory: string;
    /** On each customer's account at the start, in 分. */
    openingFen?: bigint;
    /** For tests: called between any two steps; may throw, like a power cut. */
    between?(step: string): void;
  }>;

export async function openSimulatedBank(options: SimulatedBankOptions): Promise<SimulatedBank> {
  const folders = exchangeFolders(options.exchange);
  await makeDirectories([...Object.values(folders), options.directory]);
  const books = openBooks(path.join(options.directory, "bank.sqlite"));
  const between = options.between ?? (() => undefined);

  async function takeOrders(now: Date): Promise<void> {
    for (const name of await listWhole(folders.toBank, ".xml")) {
      const file = await readIfThere(path.join(folders.toBank, name));
      if (!file) continue;
      const answer = takeOrder(file, now);
      between("order booked");
      if (answer.kind === "declined") {
        await writeWhole(path.join(folders.declined, `${name}.reason.txt`), `${answer.reason}\n`);
        await moveWhole(path.join(folders.toBank, name), path.join(folders.declined, name));
      } else {
        await moveWhole(path.join(folders.toBank, name), path.join(folders.taken, name));
      }
      between("order moved");
    }
  }

  function takeOrder(file: Uint8Array, now: Date): Readonly<{ kind: "taken" } | { kind: "declined"; reason: string }> {
    let order: Order;
    try {
      order = readOrder(file);
    } catch (cause) {
      return { kind: "declined", reason: String(cause) };
    }
    return books.inOneTransaction(() => {
      const known = books.digestOf(order.messageId);
      if (known === undefined) {
        bookOrder(order, sha256(file), now);
        return { kind: "taken" };
      }
      if (known !== sha256(file)) return { kind: "declined", reason: `${order.messageId} is known with other content` };
      books.repeatReport(answerTo(order.messageId));
      return { kind: "taken" };
    });
  }

  function bookOrder({ messageId, instructions }: Order, digest: string, now: Date): void {
    books.addMessage(messageId, digest);
    const left = new Map<string, bigint>();
    const payments = instructions.map((instruction, nth) => {
      const { debtorAccount, amountFen } = instruction;
      const before = left.get(debtorAccount) ?? books.uncommittedFen(debtorAccount, options.openingFen ?? RICH);
      const verdict = judge(instruction, options, before >= amountFen);
      left.set(debtorAccount, verdict.status === "ACCP" ? before - amountFen : before);
      books.addInstruction(messageId, nth, instruction, verdict.status === "ACCP" ? bookingDay(now) : undefined);
      return { ...instruction, ...verdict };
    });
    const text = writePain002({ messageId: `R-${messageId}`, originalMessageId: messageId, at: now, payments });
    books.addReport(answerTo(messageId), text, books.takeLoss());
  }

  function closeDays(now: Date): void {
    const last = lastClosedDay(now);
    for (let day = books.nextOpenDay(last); day !== undefined; day = books.nextOpenDay(last)) {
      const closing = day;
      books.inOneTransaction(() => closeDay(closing, now));
      between("day closed");
    }
  }

  function closeDay(day: Day, now: Date): void {
    const due = books.due(day);
    const statements = [...Map.groupBy(due, ({ debtorAccount }) => debtorAccount)].map(([accountNo, movements]) => {
      const openingFen = books.balanceFen(accountNo, options.openingFen ?? RICH);
      const entries = movements.map(toEntry);
      const id = `${day}-${accountNo}`.slice(-35);
      return { id, accountNo, openingFen, entries };
    });
    for (const { kind, messageId, nth, creditorAccount, creditorName } of due) {
      const mismatch = options.holders.get(creditorAccount) !== creditorName;
      if (kind === "debit") books.markDebited(messageId, nth, mismatch ? returnDay(day) : undefined);
      else books.markReturned(messageId, nth);
    }
    books.addReport(`statement-${day}`, writeCamt053(`S-${day}`, day, now, statements), false);
  }

  async function putOut(): Promise<void> {
    for (const { name, seq, content } of books.unwritten()) {
      await writeWhole(path.join(folders.fromBank, name), content);
      between("report written");
      books.markWritten(seq);
      between("report noted");
    }
  }

  return {
    async run(now) {
      await takeOrders(now);
      closeDays(now);
      await putOut();
    },
    loseNextReply: () => books.orderLoss(),
    bookings: () => books.bookings(),
    close: () => books.close(),
  };
}

const RICH = 10n ** 15n;

function answerTo(messageId: string): string {
  return `answer-${messageId}`;
}

function toEntry({ kind, messageId, nth, endToEndId, amountFen }: DueBooking): StatementEntryText {
  const reference = referenceOf(messageId, nth, kind);
  return kind === "debit"
    ? { reference, endToEndId, direction: "debit", amountFen }
    : { reference, endToEndId, direction: "credit", amountFen, reasonCode: "BE01" };
}
