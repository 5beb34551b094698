import { z } from "zod";
import type { Fen } from "../kernel/money.ts";
import { type BankXml, check, count, dateTime, decimalSum, invalid, optional, text } from "./bank-xml.ts";

export const PAIN_002 = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10";

/** The bank's answer to one payment order. */
export type StatusReport = Readonly<{
  originalMessageId: string;
  /** What the bank says that it got, where it says so: payments and their sum. */
  originalCount?: number;
  originalTotalFen?: Fen;
  /** For all payments that are not listed; `undefined` = it says nothing about them. */
  whole: Verdict | undefined;
  payments: readonly PaymentStatusReport[];
}>;

export type PaymentStatusReport = Verdict & Readonly<{ endToEndId: string }>;

type Verdict = Readonly<{ answer: "accepted" | "rejected" | "pending"; reasonCode?: string; reason?: string }>;

/** Source: ISO 20022 ExternalPaymentTransactionStatus1Code and ExternalPaymentGroupStatus1Code. */
const answers: Readonly<Record<string, Verdict["answer"]>> = {
  ACTC: "accepted",
  ACCP: "accepted",
  ACSP: "accepted",
  ACWC: "accepted",
  // Settled on the bank's side; for us only the booked statement settles.
  ACSC: "accepted",
  ACCC: "accepted",
  RCVD: "pending",
  PDNG: "pending",
  RJCT: "rejected",
};

const reasons = z
  .array(
    z.object({
      Rsn: optional(z.union([z.object({ Cd: text(4) }), z.object({ Prtry: text(35) })])),
      AddtlInf: z.array(text(105)).optional(),
    }),
  )
  .optional();

const report = z.object({
  CstmrPmtStsRpt: z.object({
    GrpHdr: z.object({ MsgId: text(35), CreDtTm: dateTime }),
    OrgnlGrpInfAndSts: z.object({
      OrgnlMsgId: text(35),
      OrgnlMsgNmId: text(35),
      OrgnlNbOfTxs: count.optional(),
      OrgnlCtrlSum: decimalSum.optional(),
      GrpSts: text(4).optional(),
      StsRsnInf: reasons,
    }),
    OrgnlPmtInfAndSts: z
      .array(
        z.object({
          OrgnlPmtInfId: text(35),
          PmtInfSts: text(4).optional(),
          TxInfAndSts: z.array(z.object({ OrgnlEndToEndId: text(35), TxSts: text(4), StsRsnInf: reasons })).optional(),
        }),
      )
      .optional(),
  }),
});

/** @throws DomainError bank-file-invalid, naming the place; an unknown status is not a yes */
export function readPain002({ document }: BankXml): StatusReport {
  const { OrgnlGrpInfAndSts: original, OrgnlPmtInfAndSts: groups = [] } = check(report, document).CstmrPmtStsRpt;
  if (!original.OrgnlMsgNmId.startsWith("pain.001")) {
    throw invalid("OrgnlGrpInfAndSts.OrgnlMsgNmId", `answers a ${original.OrgnlMsgNmId}, not our pain.001`);
  }
  const payments = groups.flatMap(({ TxInfAndSts = [], PmtInfSts, OrgnlPmtInfId }) => {
    if (TxInfAndSts.length === 0 && PmtInfSts !== undefined) {
      throw invalid(`OrgnlPmtInfAndSts "${OrgnlPmtInfId}"`, "has a status but lists no payments");
    }
    return TxInfAndSts.map(({ OrgnlEndToEndId: endToEndId, TxSts, StsRsnInf }) => ({
      endToEndId,
      ...verdict(TxSts, StsRsnInf, `TxSts of "${endToEndId}"`),
    }));
  });
  const { GrpSts, StsRsnInf } = original;
  // PART says that the payments differ: each must be listed.
  const whole = GrpSts === undefined || GrpSts === "PART" ? undefined : verdict(GrpSts, StsRsnInf, "GrpSts");
  refuseContradictions(whole, payments);
  const { OrgnlNbOfTxs: originalCount, OrgnlCtrlSum: originalTotalFen } = original;
  const got = { ...(originalCount !== undefined && { originalCount }), ...(originalTotalFen && { originalTotalFen }) };
  return { originalMessageId: original.OrgnlMsgId, ...got, whole, payments };
}

/**
 * One report cannot say two things about one payment: to believe either could pay it twice.
 *
 * @throws DomainError bank-file-invalid
 */
export function refuseContradictions(whole: Verdict | undefined, payments: readonly PaymentStatusReport[]): void {
  const seen = new Map<string, Verdict["answer"]>();
  for (const { endToEndId, answer } of payments) {
    const place = `TxSts of "${endToEndId}"`;
    if ((seen.get(endToEndId) ?? answer) !== answer) throw invalid(place, "stands there twice with different answers");
    if (whole?.answer === "rejected" && answer !== "rejected") throw invalid(place, "contradicts GrpSts");
    seen.set(endToEndId, answer);
  }
}

function verdict(status: string, given: z.output<typeof reasons>, place: string): Verdict {
  const answer = answers[status];
  if (answer === undefined) throw invalid(place, `unknown status "${status}"`);
  const [first] = given ?? [];
  const code = first?.Rsn && ("Cd" in first.Rsn ? first.Rsn.Cd : first.Rsn.Prtry);
  const reason = first?.AddtlInf?.join(" ");
  return { answer, ...(code !== undefined && { reasonCode: code }), ...(reason !== undefined && { reason }) };
}
