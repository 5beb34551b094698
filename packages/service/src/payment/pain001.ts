import type { PayerAccount } from "../budget/payer-account.ts";
import { dayOf } from "../kernel/day.ts";
import { sumFen, toDecimalYuan } from "../kernel/money.ts";
import type { Payment } from "./payment.ts";
import { el, toXml, upTo, type Xml } from "./xml.ts";

/** What the file says beside the payments themselves. */
export type Order = Readonly<{
  messageId: string;
  createdAt: Date;
  /** One group of payments per budget line, each paid from the line's own account. */
  groups: readonly Readonly<{ payer: PayerAccount; payments: readonly Remittance[] }>[];
}>;

/** `purpose` is what the firm reads on its own statement. */
export type Remittance = Readonly<{ payment: Payment; purpose: string }>;

export const PAIN_001 = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

/**
 * Writes a customer credit transfer initiation. The same order gives the same bytes.
 *
 * Source: ISO 20022 pain.001.001.09, element order of CustomerCreditTransferInitiationV09.
 */
export function writePain001({ messageId, createdAt, groups }: Order): string {
  const all = groups.flatMap(({ payments }) => payments);
  const [first] = groups;
  if (!first) throw new Error("a payment order without payments");
  const header = el("GrpHdr", [
    el("MsgId", messageId),
    el("CreDtTm", shanghaiTime(createdAt)),
    el("NbOfTxs", String(all.length)),
    el("CtrlSum", total(all)),
    el("InitgPty", [el("Nm", upTo(140, first.payer.name))]),
  ]);
  const groupsXml = groups.map(({ payer, payments }, nth) =>
    paymentInformation(`${messageId}-${String(nth + 1).padStart(3, "0")}`, payer, payments, createdAt),
  );
  return toXml(el("Document", [el("CstmrCdtTrfInitn", [header, ...groupsXml])], { xmlns: PAIN_001 }));
}

function paymentInformation(id: string, payer: PayerAccount, payments: readonly Remittance[], createdAt: Date): Xml {
  return el("PmtInf", [
    el("PmtInfId", id),
    el("PmtMtd", "TRF"),
    el("BtchBookg", "false"), // one statement line per payment, so that each can be matched
    el("NbOfTxs", String(payments.length)),
    el("CtrlSum", total(payments)),
    el("ReqdExctnDt", [el("Dt", dayOf(createdAt))]),
    el("Dbtr", [el("Nm", upTo(140, payer.name))]),
    el("DbtrAcct", [accountId(payer.accountNo), el("Ccy", "CNY")]),
    el("DbtrAgt", [agent(payer.bankCode)]),
    ...payments.map(creditTransfer),
  ]);
}

function creditTransfer({ payment, purpose }: Remittance): Xml {
  return el("CdtTrfTxInf", [
    el("PmtId", [el("InstrId", payment.endToEndId), el("EndToEndId", payment.endToEndId)]),
    el("Amt", [el("InstdAmt", toDecimalYuan(payment.amountFen), { Ccy: "CNY" })]),
    el("CdtrAgt", [agent(payment.bankCode)]),
    el("Cdtr", [el("Nm", upTo(140, payment.holderName))]),
    el("CdtrAcct", [accountId(payment.accountNo)]),
    el("Purp", [el("Cd", "GOVT")]), // Source: ISO 20022 ExternalPurpose1Code, "GovernmentPayment"
    el("RmtInf", [el("Ustrd", upTo(140, purpose))]),
  ]);
}

function accountId(accountNo: string): Xml {
  return el("Id", [el("Othr", [el("Id", accountNo)])]);
}

/** Source: ISO 20022 ExternalClearingSystemIdentification1Code, "CNAPS". */
function agent(cnaps: string): Xml {
  const member = el("ClrSysMmbId", [el("ClrSysId", [el("Cd", "CNAPS")]), el("MmbId", cnaps)]);
  return el("FinInstnId", [member]);
}

function total(payments: readonly Remittance[]): string {
  return toDecimalYuan(sumFen(payments.map(({ payment }) => payment.amountFen)));
}

/** `2025-11-04T16:30:00+08:00` */
export function shanghaiTime(instant: Date): string {
  return `${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
