import { z } from "zod";
import { parseDay } from "../kernel/day.ts";
import type { Fen } from "../kernel/money.ts";
import { amount, check, count, dateTime, decimalSum, invalid, readBankXml, text } from "./bank-xml.ts";
import { PAIN_001 } from "./pain001.ts";

/** A payment order as its reader sees it. */
export type OrderRead = Readonly<{ messageId: string; totalFen: Fen; transfers: readonly Transfer[] }>;

export type Transfer = Readonly<{
  endToEndId: string;
  payerName: string;
  payerAccountNo: string;
  holderName: string;
  accountNo: string;
  bankCode: string;
  amountFen: Fen;
  purpose: string;
}>;

/** Narrower than Max35Text: what every bank carries through unchanged. */
const id = z.string().regex(/^[A-Za-z0-9-]{1,35}$/, "is not 1 to 35 letters, digits and hyphens");
const account = z.object({ Id: z.object({ Othr: z.object({ Id: text(34) }) }) });
const agent = z.object({
  FinInstnId: z.object({
    ClrSysMmbId: z.object({
      ClrSysId: z.object({ Cd: z.literal("CNAPS") }),
      MmbId: z.string().regex(/^\d{12}$/, "is not a CNAPS code of 12 digits"),
    }),
  }),
});
const transfer = z.object({
  PmtId: z.object({ InstrId: id, EndToEndId: id }),
  Amt: z.object({
    InstdAmt: amount.refine((given) => given.currency === "CNY" && given.amountFen > 0n, "is not a sum of CNY to pay"),
  }),
  CdtrAgt: agent,
  Cdtr: z.object({ Nm: text(140) }),
  CdtrAcct: account,
  Purp: z.object({ Cd: text(4) }),
  RmtInf: z.object({ Ustrd: z.array(text(140)).length(1) }),
});
const group = z.object({
  PmtInfId: id,
  PmtMtd: z.literal("TRF"),
  NbOfTxs: count,
  CtrlSum: decimalSum,
  ReqdExctnDt: z.object({ Dt: z.string().refine((day) => parseDay(day) !== undefined, "is not a day") }),
  Dbtr: z.object({ Nm: text(140) }),
  DbtrAcct: account.extend({ Ccy: z.literal("CNY") }),
  DbtrAgt: agent,
  CdtTrfTxInf: z.array(transfer).min(1),
});
const initiation = z.object({
  CstmrCdtTrfInitn: z.object({
    GrpHdr: z.object({
      ...{ MsgId: id, CreDtTm: dateTime, NbOfTxs: count, CtrlSum: decimalSum },
      InitgPty: z.object({ Nm: text(140) }),
    }),
    PmtInf: z.array(group).min(1),
  }),
});

type Group = z.output<typeof group>;

/**
 * The order that was signed under this id, to be written in another form.
 *
 * @throws DomainError bank-file-invalid, naming the place
 */
export function readSigned(messageId: string, order: string): OrderRead {
  const read = readPain001(new TextEncoder().encode(order));
  if (read.messageId !== messageId) throw new Error(`the order of ${messageId} calls itself ${read.messageId}`);
  return read;
}

/**
 * Reads a payment order by the rules that its receiver will hold it to: lengths, counts and sums that
 * agree on both levels, ids that occur once.
 *
 * Source: ISO 20022 pain.001.001.09, types of CustomerCreditTransferInitiationV09.
 *
 * @throws DomainError bank-file-invalid, naming the place
 */
export function readPain001(file: Uint8Array): OrderRead {
  const { namespace, document } = readBankXml(file);
  if (namespace !== PAIN_001) throw invalid("Document", `is "${namespace}"; expected ${PAIN_001}`);
  const { GrpHdr: header, PmtInf: groups } = check(initiation, document).CstmrCdtTrfInitn;
  for (const each of groups) refuseOtherTotals(each, each.CdtTrfTxInf, `PmtInf "${each.PmtInfId}"`);
  const all = groups.flatMap(({ CdtTrfTxInf }) => CdtTrfTxInf);
  refuseOtherTotals(header, all, "GrpHdr");
  refuseRepeats(
    groups.map(({ PmtInfId }) => PmtInfId),
    "PmtInfId",
  );
  refuseRepeats(
    all.map(({ PmtId }) => PmtId.EndToEndId),
    "EndToEndId",
  );
  refuseRepeats(
    all.map(({ PmtId }) => PmtId.InstrId),
    "InstrId",
  );
  return { messageId: header.MsgId, totalFen: header.CtrlSum, transfers: groups.flatMap(transfersOf) };
}

function transfersOf({ Dbtr, DbtrAcct, CdtTrfTxInf }: Group): Transfer[] {
  return CdtTrfTxInf.map(({ PmtId, Amt, CdtrAgt, Cdtr, CdtrAcct, RmtInf }) => ({
    endToEndId: PmtId.EndToEndId,
    payerName: Dbtr.Nm,
    payerAccountNo: DbtrAcct.Id.Othr.Id,
    holderName: Cdtr.Nm,
    accountNo: CdtrAcct.Id.Othr.Id,
    bankCode: CdtrAgt.FinInstnId.ClrSysMmbId.MmbId,
    amountFen: Amt.InstdAmt.amountFen,
    purpose: RmtInf.Ustrd.join(" "),
  }));
}

type Totals = Readonly<{ NbOfTxs: number; CtrlSum: Fen }>;

function refuseOtherTotals({ NbOfTxs, CtrlSum }: Totals, transfers: Group["CdtTrfTxInf"], place: string): void {
  if (NbOfTxs !== transfers.length) throw invalid(`${place}.NbOfTxs`, "is not the number of payments");
  const sum = transfers.reduce((total, { Amt }) => total + Amt.InstdAmt.amountFen, 0n);
  if (CtrlSum !== sum) throw invalid(`${place}.CtrlSum`, "is not the sum of the payments");
}

function refuseRepeats(ids: readonly string[], place: string): void {
  const seen = new Set<string>();
  const repeated = ids.find((each) => seen.size === seen.add(each).size);
  if (repeated !== undefined) throw invalid(place, `"${repeated}" occurs twice`);
}
