import { z } from "zod";
import { addDays, type Day, dayOf, startOfDay } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import { addWorkingDays, isWorkingDay } from "../kernel/working-day.ts";
import { amount, check, readBankXml, text } from "../payment/bank-xml.ts";

/** One credit transfer that a customer orders. */
export type Instruction = Readonly<{
  groupId: string;
  endToEndId: string;
  debtorAccount: string;
  creditorAccount: string;
  creditorName: string;
  amountFen: bigint;
}>;

export type Order = Readonly<{ messageId: string; instructions: readonly Instruction[] }>;

const account = z.object({ Id: z.object({ Othr: z.object({ Id: text(34) }) }) });
const one = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(schema));
const initiation = z.object({
  CstmrCdtTrfInitn: z.object({
    GrpHdr: z.object({ MsgId: text(35), NbOfTxs: z.string() }),
    PmtInf: one(
      z.object({
        PmtInfId: text(35),
        DbtrAcct: account,
        CdtTrfTxInf: one(
          z.object({
            PmtId: z.object({ EndToEndId: text(35) }),
            Amt: z.object({ InstdAmt: amount }),
            Cdtr: z.object({ Nm: text(140) }),
            CdtrAcct: account,
          }),
        ),
      }),
    ),
  }),
});

/** @throws DomainError bank-file-invalid */
export function readOrder(file: Uint8Array): Order {
  const { GrpHdr: header, PmtInf: groups } = check(initiation, readBankXml(file).document).CstmrCdtTrfInitn;
  const instructions = groups.flatMap(({ PmtInfId: groupId, DbtrAcct, CdtTrfTxInf }) =>
    CdtTrfTxInf.map(({ PmtId, Amt, Cdtr, CdtrAcct }) => ({
      groupId,
      endToEndId: PmtId.EndToEndId,
      debtorAccount: DbtrAcct.Id.Othr.Id,
      creditorAccount: CdtrAcct.Id.Othr.Id,
      creditorName: Cdtr.Nm,
      amountFen: Amt.InstdAmt.amountFen,
    })),
  );
  if (String(instructions.length) !== header.NbOfTxs) throw new Error("NbOfTxs is not the number of payments");
  return { messageId: header.MsgId, instructions };
}

/** What the bank knows of the accounts it can reach. */
export type Customers = Readonly<{
  /** Account number → name of its holder. */
  holders: ReadonlyMap<string, string>;
  closed?: ReadonlySet<string>;
}>;

export type Verdict = Readonly<{ status: "ACCP" }> | Readonly<{ status: "RJCT"; reasonCode: "AC01" | "AC04" | "AM04" }>;

/** The holder's name is compared by the receiving bank, after the money has left: not here. */
export function judge({ creditorAccount }: Instruction, customers: Customers, covered: boolean): Verdict {
  if (!customers.holders.has(creditorAccount)) return { status: "RJCT", reasonCode: "AC01" };
  if (customers.closed?.has(creditorAccount)) return { status: "RJCT", reasonCode: "AC04" };
  return covered ? { status: "ACCP" } : { status: "RJCT", reasonCode: "AM04" };
}

const HOUR = 3_600_000;
const CUT_OFF_HOUR = 17;
const CLOSING_HOUR = 18;

/** Taken by 17:00 of a working day is booked on it, else on the next one. */
export function bookingDay(takenAt: Date): Day {
  const day = dayOf(takenAt);
  const inTime = takenAt.getTime() < startOfDay(day).getTime() + CUT_OFF_HOUR * HOUR;
  return inTime && isWorkingDay(day) !== "no" ? day : addWorkingDays(day, 1);
}

/** The receiving bank sends back what it cannot credit on the working day after. */
export function returnDay(booked: Day): Day {
  return addWorkingDays(booked, 1);
}

/** The last day whose books are closed: statements exist up to it. */
export function lastClosedDay(now: Date): Day {
  const day = dayOf(now);
  return now.getTime() >= startOfDay(day).getTime() + CLOSING_HOUR * HOUR ? day : addDays(day, -1);
}

/** The bank's own reference of a booking. */
export function referenceOf(messageId: string, nth: number, kind: "debit" | "return"): string {
  return derivedId("B", messageId, nth, kind).replace("_", "");
}
