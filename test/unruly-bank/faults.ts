import type { Random } from "../../packages/service/src/demo/sample-random.ts";
import {
  type StatementEntryText,
  writeCamt053,
  writePain002,
} from "../../packages/service/src/demo/simulated-bank-reports.ts";
import { startOfDay } from "../../packages/service/src/kernel/day.ts";
import { readBankXml } from "../../packages/service/src/payment/bank-xml.ts";
import { CAMT_053, readCamt053, type StatementEntry } from "../../packages/service/src/payment/camt053.ts";
import { readPain002, type StatusReport } from "../../packages/service/src/payment/pain002.ts";

/** A file on its way to the customer. `rounds` to wait; `undefined` = lost until it is asked for. */
export type Letter = Readonly<{ name: string; content: string; rounds: number | undefined }>;

export const faults = ["lost", "late", "twice", "partial", "wrong-amount", "unknown-line", "truncated"] as const;
export type Fault = (typeof faults)[number];

export type Mishap = Readonly<{ letters: readonly Letter[]; happened: readonly Fault[] }>;

/** References of lines that the bank should never have sent begin with it. */
export const INVENTED = "X-";

/** What becomes of one report of a bank that does its books well and its post badly. */
export function mishap(name: string, content: string, random: Random): Mishap {
  const xml = readBankXml(new TextEncoder().encode(content));
  const isStatement = xml.namespace === CAMT_053;
  const happened: Fault[] = [random.pick(["late", "lost", "twice", "partial"] as const)];
  const parts = happened.includes("partial")
    ? isStatement
      ? halvesOf(readCamt053(xml)).map((half, nth) => statement(`${name.slice(0, 6)}-${nth}`, half))
      : answerHalves(readPain002(xml))
    : [content];
  const delays = happened.includes("lost") ? [undefined] : happened.includes("late") ? [random.int(1, 3)] : [0, 0];
  const letters: Letter[] = parts.map((part, nth) => ({
    ...{ name: `${nth}-${name}`, content: part },
    rounds: happened.includes("partial") && nth > 0 ? random.int(1, 4) : delays[0],
  }));
  if (happened.includes("twice")) letters.push({ name: `again-${name}`, content, rounds: random.int(0, 2) });
  if (isStatement && random.chance(0.4)) {
    happened.push("wrong-amount", "unknown-line");
    letters.push({ name: `odd-${name}`, content: odd(name, readCamt053(xml)), rounds: random.int(0, 2) });
  }
  if (random.chance(0.3)) {
    happened.push("truncated");
    const half = content.slice(0, Math.floor(content.length * 0.6));
    letters.push({ name: `cut-${name}`, content: half, rounds: random.int(0, 2) });
  }
  return { letters, happened };
}

function halvesOf<Item>(all: readonly Item[]): (readonly Item[])[] {
  const middle = Math.ceil(all.length / 2);
  return [all.slice(0, middle), all.slice(middle)].filter((half) => half.length > 0);
}

function answerHalves({ originalMessageId, payments }: StatusReport): string[] {
  return halvesOf(payments).map((half, nth) =>
    writePain002({
      ...{ messageId: `P${nth}-${originalMessageId}`.slice(0, 35), originalMessageId, at: new Date(0), whole: "PART" },
      originalCount: payments.length,
      payments: half.map(({ endToEndId, answer, reasonCode }) => ({
        ...{ groupId: "G", endToEndId, status: answer === "rejected" ? "RJCT" : "ACCP" },
        ...(reasonCode !== undefined && { reasonCode }),
      })),
    }),
  );
}

/** Beside the true lines: known payments with another amount, and payments that nobody ordered. */
function odd(name: string, lines: readonly StatementEntry[]): string {
  const invented = lines.slice(0, 1).flatMap((line): StatementEntry[] => [
    { ...line, reference: `${INVENTED}W${line.reference.slice(-20)}`, amountFen: (line.amountFen + 1n) as never },
    { ...line, reference: `${INVENTED}U${line.reference.slice(-20)}`, endToEndId: "AFNOBODY-1" },
    { ...line, reference: `${INVENTED}N${line.reference.slice(-20)}`, endToEndId: undefined },
  ]);
  return statement(`odd-${name.slice(0, 6)}`, [...invented, ...lines]);
}

function statement(id: string, lines: readonly StatementEntry[]): string {
  const [first] = lines;
  if (!first) throw new Error("a statement without lines");
  const groups = [...Map.groupBy(lines, ({ accountNo }) => accountNo)].map(([accountNo, members]) => {
    const entries = members.map(toText);
    return { id: `${id}-${accountNo}`, accountNo, openingFen: 10n ** 12n, entries };
  });
  return writeCamt053(id, first.bookedOn, startOfDay(first.bookedOn), groups);
}

function toText({ reference, endToEndId, direction, amountFen, reasonCode }: StatementEntry): StatementEntryText {
  const optional = { ...(endToEndId !== undefined && { endToEndId }), ...(reasonCode !== undefined && { reasonCode }) };
  return { reference, direction, amountFen, ...optional };
}
