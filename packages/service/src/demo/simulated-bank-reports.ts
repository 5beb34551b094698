import type { Day } from "../kernel/day.ts";
import { toDecimalYuan } from "../kernel/money.ts";
import { CAMT_053 } from "../payment/camt053.ts";
import { shanghaiTime } from "../payment/pain001.ts";
import { PAIN_002 } from "../payment/pain002.ts";
import { el, toXml, type Xml } from "../payment/xml.ts";

/** The bank's answers to the payments of one order. */
export type StatusReportText = Readonly<{
  messageId: string;
  originalMessageId: string;
  at: Date;
  /** How many payments the order holds; absent when all of them are listed. */
  originalCount?: number;
  payments: readonly Readonly<{ groupId: string; endToEndId: string; status: string; reasonCode?: string }>[];
  /** Status of the order as a whole; PART when only some of its payments are listed. */
  whole?: string;
}>;

/** Source: ISO 20022 pain.002.001.10. */
export function writePain002({ messageId, originalMessageId, at, payments, ...given }: StatusReportText): string {
  const rejected = payments.filter(({ status }) => status === "RJCT").length;
  const whole = given.whole ?? (rejected === 0 ? "ACCP" : rejected === payments.length ? "RJCT" : "PART");
  const groups = [...Map.groupBy(payments, ({ groupId }) => groupId)].map(([groupId, members]) =>
    el("OrgnlPmtInfAndSts", [
      el("OrgnlPmtInfId", groupId),
      ...members.map(({ endToEndId, status, reasonCode }) =>
        el("TxInfAndSts", [
          el("OrgnlEndToEndId", endToEndId),
          el("TxSts", status),
          reasonCode === undefined ? undefined : el("StsRsnInf", [el("Rsn", [el("Cd", reasonCode)])]),
        ]),
      ),
    ]),
  );
  const report = el("CstmrPmtStsRpt", [
    el("GrpHdr", [el("MsgId", messageId), el("CreDtTm", shanghaiTime(at))]),
    el("OrgnlGrpInfAndSts", [
      el("OrgnlMsgId", originalMessageId),
      el("OrgnlMsgNmId", "pain.001.001.09"),
      el("OrgnlNbOfTxs", String(given.originalCount ?? payments.length)),
      el("GrpSts", whole),
    ]),
    ...groups,
  ]);
  return toXml(el("Document", [report], { xmlns: PAIN_002 }));
}

/** One account's booked movements of one day. */
export type StatementText = Readonly<{
  id: string;
  accountNo: string;
  openingFen: bigint;
  entries: readonly StatementEntryText[];
}>;

export type StatementEntryText = Readonly<{
  reference: string;
  endToEndId?: string;
  direction: "debit" | "credit";
  amountFen: bigint;
  currency?: string;
  /** Why it came back; only on credits. */
  reasonCode?: string;
  /** What the payer wrote. */
  remittance?: string;
}>;

/** Source: ISO 20022 camt.053.001.08. */
export function writeCamt053(
  messageId: string,
  day: Day,
  createdAt: Date,
  statements: readonly StatementText[],
): string {
  const header = el("GrpHdr", [el("MsgId", messageId), el("CreDtTm", shanghaiTime(createdAt))]);
  const body = statements.map((each) => statement(each, day, createdAt));
  return toXml(el("Document", [el("BkToCstmrStmt", [header, ...body])], { xmlns: CAMT_053 }));
}

function statement({ id, accountNo, openingFen, entries }: StatementText, day: Day, createdAt: Date): Xml {
  const own = entries.filter(({ currency = "CNY" }) => currency === "CNY");
  const closingFen = own.reduce(
    (sum, { direction, amountFen }) => sum + (direction === "credit" ? amountFen : -amountFen),
    openingFen,
  );
  return el("Stmt", [
    el("Id", id),
    el("CreDtTm", shanghaiTime(createdAt)),
    el("Acct", [el("Id", [el("Othr", [el("Id", accountNo)])]), el("Ccy", "CNY")]),
    balance("OPBD", openingFen, day),
    balance("CLBD", closingFen, day),
    ...entries.map((entry) => booking(entry, day)),
  ]);
}

function balance(code: "OPBD" | "CLBD", amountFen: bigint, day: Day): Xml {
  return el("Bal", [
    el("Tp", [el("CdOrPrtry", [el("Cd", code)])]),
    money(amountFen < 0n ? -amountFen : amountFen),
    el("CdtDbtInd", amountFen < 0n ? "DBIT" : "CRDT"),
    el("Dt", [el("Dt", day)]),
  ]);
}

/** Source: ISO 20022 bank transaction codes: issued credit transfers, domestic; returned ones RRTN. */
function booking(entry: StatementEntryText, day: Day): Xml {
  const { reference, endToEndId, direction, amountFen, currency, reasonCode, remittance } = entry;
  const subFamily = direction === "debit" || remittance !== undefined ? "DMCT" : "RRTN";
  const details = el("TxDtls", [
    el("Refs", [el("AcctSvcrRef", reference), endToEndId === undefined ? undefined : el("EndToEndId", endToEndId)]),
    money(amountFen, currency),
    el("CdtDbtInd", direction === "debit" ? "DBIT" : "CRDT"),
    remittance === undefined ? undefined : el("RmtInf", [el("Ustrd", remittance)]),
    reasonCode === undefined ? undefined : el("RtrInf", [el("Rsn", [el("Cd", reasonCode)])]),
  ]);
  return el("Ntry", [
    money(amountFen, currency),
    el("CdtDbtInd", direction === "debit" ? "DBIT" : "CRDT"),
    el("Sts", [el("Cd", "BOOK")]),
    el("BookgDt", [el("Dt", day)]),
    el("AcctSvcrRef", reference),
    el("BkTxCd", [el("Domn", [el("Cd", "PMNT"), el("Fmly", [el("Cd", "ICDT"), el("SubFmlyCd", subFamily)])])]),
    el("NtryDtls", [details]),
  ]);
}

function money(amountFen: bigint, currency = "CNY"): Xml {
  return el("Amt", toDecimalYuan(amountFen), { Ccy: currency });
}
