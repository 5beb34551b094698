import { z } from "zod";
import { type Day, dayOf, parseDay } from "../kernel/day.ts";
import type { Fen } from "../kernel/money.ts";
import { amount, type BankXml, check, count, dateTime, decimalSum, invalid, optional, text } from "./bank-xml.ts";
import type { OtherChannel } from "./channel-tables.ts";

export const CAMT_053 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

/** One booked movement on one of our accounts. */
export type StatementEntry = Readonly<{
  /** The bank's own reference: the same line in another file is the same line. */
  reference: string;
  endToEndId: string | undefined;
  accountNo: string;
  direction: "debit" | "credit";
  amountFen: Fen;
  currency: string;
  bookedOn: Day;
  /** Why the bank sent money back. Source: ISO 20022 ExternalReturnReason1Code. */
  reasonCode?: string;
  reason?: string;
  /** What the payer wrote (附言). */
  remittance?: string;
  /** Which channel's statement it is of; absent: the bank's. */
  channel?: OtherChannel;
}>;

const direction = z.enum(["DBIT", "CRDT"]);
const day = z.union([z.object({ Dt: text(10) }), z.object({ DtTm: text(40) })]).transform((given, context): Day => {
  const instant = "DtTm" in given ? new Date(given.DtTm) : undefined;
  const parsed =
    "Dt" in given ? parseDay(given.Dt) : Number.isNaN(instant?.getTime()) ? undefined : instant && dayOf(instant);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: "custom", message: "not a date" });
  return z.NEVER;
});

const transactionDetails = z.object({
  Refs: optional(z.object({ AcctSvcrRef: optional(text(35)), EndToEndId: optional(text(35)) })),
  Amt: amount.optional(),
  CdtDbtInd: direction.optional(),
  RmtInf: optional(z.object({ Ustrd: z.array(text(140)).optional() })),
  RtrInf: optional(
    z.object({
      Rsn: optional(z.union([z.object({ Cd: text(4) }), z.object({ Prtry: text(35) })])),
      AddtlInf: z.array(text(105)).optional(),
    }),
  ),
});

const entry = z.object({
  NtryRef: optional(text(35)),
  Amt: amount,
  CdtDbtInd: direction,
  // Source: ISO 20022 ExternalEntryStatus1Code; another code may well mean "booked".
  Sts: z.object({ Cd: z.enum(["BOOK", "PDNG", "INFO", "FUTR"]) }),
  BookgDt: day.optional(),
  AcctSvcrRef: optional(text(35)),
  NtryDtls: z.array(optional(z.object({ TxDtls: z.array(transactionDetails).optional() }))).optional(),
});

const statement = z.object({
  Id: text(35),
  Acct: z.object({ Id: z.union([z.object({ Othr: z.object({ Id: text(34) }) }), z.object({ IBAN: text(34) })]) }),
  Bal: z
    .array(
      z.object({
        Tp: z.object({ CdOrPrtry: z.object({ Cd: text(4).optional() }) }),
        Amt: amount,
        CdtDbtInd: direction,
      }),
    )
    .optional(),
  TxsSummry: optional(
    z.object({ TtlNtries: optional(z.object({ NbOfNtries: count.optional(), Sum: decimalSum.optional() })) }),
  ),
  Ntry: z.array(entry).optional(),
});

const message = z.object({
  BkToCstmrStmt: z.object({
    GrpHdr: z.object({
      MsgId: text(35),
      CreDtTm: dateTime,
      MsgPgntn: z.object({ PgNb: text(5), LastPgInd: z.enum(["true", "false"]) }).optional(),
    }),
    Stmt: z.array(statement).min(1),
  }),
});

type Entry = z.output<typeof entry>;
type Statement = z.output<typeof statement>;

/**
 * The booked movements of a statement; what is only announced (PDNG, INFO) is left out.
 *
 * @throws DomainError bank-file-invalid, naming the place: a missing element, an amount that is not
 *   exact, opening balance and movements that do not give the closing balance, a statement twice
 */
export function readCamt053({ document }: BankXml): StatementEntry[] {
  const { GrpHdr: header, Stmt: statements } = check(message, document).BkToCstmrStmt;
  const { PgNb, LastPgInd } = header.MsgPgntn ?? { PgNb: "1", LastPgInd: "true" };
  const whole = PgNb === "1" && LastPgInd === "true";
  const repeated = statements.find(({ Id }, nth) => statements.findIndex((other) => other.Id === Id) !== nth);
  if (repeated) throw invalid("BkToCstmrStmt.Stmt", `"${repeated.Id}" stands there twice`);
  return statements.flatMap((each, nth) => {
    const place = `BkToCstmrStmt.Stmt[${nth + 1}]`;
    if (whole) refuseUnbalanced(each, place);
    if (whole) refuseOtherTotals(each, place);
    const accountNo = "Othr" in each.Acct.Id ? each.Acct.Id.Othr.Id : each.Acct.Id.IBAN;
    return (each.Ntry ?? []).flatMap((movement, line) =>
      movement.Sts.Cd === "BOOK" && movement.Amt.amountFen > 0n
        ? linesOf(movement, `${each.Id}/${line + 1}`, accountNo, `${place}.Ntry[${line + 1}]`)
        : [],
    );
  });
}

/** One line per payment: a bank may book several payments as one entry and list them below it. */
function linesOf(movement: Entry, fallback: string, accountNo: string, place: string): StatementEntry[] {
  const { Amt: whole, CdtDbtInd, BookgDt: bookedOn, AcctSvcrRef, NtryRef, NtryDtls = [] } = movement;
  if (bookedOn === undefined) throw invalid(`${place}.BookgDt`, "a booked entry without its day");
  const own = AcctSvcrRef ?? NtryRef ?? fallback;
  const details = NtryDtls.flatMap((group) => group?.TxDtls ?? []);
  const base = { accountNo, direction: CdtDbtInd === "DBIT" ? "debit" : "credit", bookedOn } as const;
  if (details.length === 0) return [{ ...base, ...whole, reference: own, endToEndId: undefined }];
  if (details.length > 1 || details[0]?.Amt) refuseOtherSum(details, whole, place);
  return details.map(({ Refs, Amt = whole, RmtInf, RtrInf }, nth) => ({
    ...base,
    ...Amt,
    reference: details.length === 1 ? own : (Refs?.AcctSvcrRef ?? `${own}/${nth + 1}`),
    endToEndId: Refs?.EndToEndId === "NOTPROVIDED" ? undefined : Refs?.EndToEndId,
    ...(RmtInf?.Ustrd && { remittance: RmtInf.Ustrd.join(" ") }),
    ...reasonOf(RtrInf),
  }));
}

function reasonOf(given: z.output<typeof transactionDetails>["RtrInf"]): Pick<StatementEntry, "reasonCode" | "reason"> {
  const code = given?.Rsn && ("Cd" in given.Rsn ? given.Rsn.Cd : given.Rsn.Prtry);
  const reason = given?.AddtlInf?.join(" ");
  return { ...(code !== undefined && { reasonCode: code }), ...(reason !== undefined && { reason }) };
}

function refuseOtherSum(details: readonly z.output<typeof transactionDetails>[], whole: Entry["Amt"], place: string) {
  const missing = details.findIndex(({ Amt }) => Amt?.currency !== whole.currency);
  if (missing >= 0) throw invalid(`${place}.NtryDtls`, `payment ${missing + 1} has no amount in ${whole.currency}`);
  const sum = details.reduce((total, { Amt }) => total + (Amt?.amountFen ?? 0n), 0n);
  if (sum !== whole.amountFen) throw invalid(`${place}.Amt`, "is not the sum of the payments below it");
}

/** Opening balance plus what was booked must give the closing balance; else lines are missing or forged. */
function refuseUnbalanced({ Bal: balances = [], Ntry: entries = [] }: Statement, place: string): void {
  const signed = ({ Amt, CdtDbtInd }: Pick<Entry, "Amt" | "CdtDbtInd">) =>
    CdtDbtInd === "CRDT" ? Amt.amountFen : -Amt.amountFen;
  const balance = (code: string) => balances.find(({ Tp }) => Tp.CdOrPrtry.Cd === code);
  // Some banks open with the closing balance of the day before.
  const [opening, closing] = [balance("OPBD") ?? balance("PRCD"), balance("CLBD")];
  if (!opening || !closing) throw invalid(`${place}.Bal`, "opening or closing balance (OPBD, CLBD) is missing");
  const booked = entries.filter(({ Sts, Amt }) => Sts.Cd === "BOOK" && Amt.currency === opening.Amt.currency);
  const expected = booked.reduce((sum, movement) => sum + signed(movement), signed(opening) as bigint);
  if (signed(closing) !== expected)
    throw invalid(`${place}.Bal`, "opening balance and entries do not give the closing balance");
}

/** The statement's own count and sum of its entries, where the bank gives them. */
function refuseOtherTotals({ TxsSummry, Ntry: entries = [] }: Statement, place: string): void {
  const { NbOfNtries, Sum } = TxsSummry?.TtlNtries ?? {};
  const sum = entries.reduce((total, { Amt }) => total + Amt.amountFen, 0n);
  const wrong = (NbOfNtries !== undefined && NbOfNtries !== entries.length) || (Sum !== undefined && Sum !== sum);
  if (wrong) throw invalid(`${place}.TxsSummry`, "is not the count and sum of the entries");
}
