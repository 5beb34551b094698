import { refusal } from "../budget/posting.ts";
import { type Answered, takeAnswer } from "./bank-answer.ts";
import { invalid } from "./bank-xml.ts";
import type { Batch } from "./batch.ts";
import type { OtherChannel } from "./channel-tables.ts";
import { closeFinishedBatches } from "./close-batches.ts";
import type { PaymentStatusReport, StatusReport } from "./pain002.ts";
import type { Payment } from "./payment.ts";
import type { ReconcileStores } from "./reconcile-statement.ts";
import { noteSent } from "./send-batch.ts";

type File = Readonly<{ id: string; sha256: string; receivedAt: Date }>;
type Outcome = Readonly<{ accepted: number; rejected: number; suspended: number }>;

/**
 * Takes the bank's answers to one batch, payment by payment. A rejected payment's money is kept for
 * the firm's next attempt. What the bank cannot mean is journalled and changes nothing.
 *
 * @throws DomainError bank-file-invalid: it answers a message that we never sent, or not as we sent it
 */
export async function reconcileStatus(
  stores: ReconcileStores,
  report: StatusReport,
  file: File,
  channel?: OtherChannel,
): Promise<Outcome> {
  const { batch, payments } = await answeredBatch(stores, report);
  if (batch.channel !== channel) {
    throw invalid("OrgnlGrpInfAndSts.OrgnlMsgId", `"${report.originalMessageId}" went by another channel`);
  }
  if (batch.status === "sending") await noteSent(stores, batch.id, file.receivedAt);
  const answers = answersFor(payments, report);
  const changed = [...lastWord(answers).values()];
  await stores.payments.saveAll(changed);
  const rejected = changed.filter((payment) => payment.status === "rejected");
  const moves = rejected.map(({ id, budgetLine: line, amountFen }) => refusal({ line, amountFen }, id));
  await stores.budget.move(moves, file.receivedAt);
  for (const payment of rejected) await journalRejection(stores, payment, file);
  const outcome = { accepted: changed.length - rejected.length, rejected: rejected.length };
  const suspended = await journalContradictions(stores, answers, file);
  await journalAnswer(stores, batch, outcome, file);
  await closeFinishedBatches(stores, [batch.id], file.receivedAt);
  return { ...outcome, suspended };
}

type Answering = Readonly<{ batch: Batch; payments: readonly Payment[] }>;

async function answeredBatch(stores: ReconcileStores, report: StatusReport): Promise<Answering> {
  const { originalMessageId, originalCount, originalTotalFen } = report;
  const id = await stores.batches.idOf(originalMessageId);
  const payments = id === undefined ? [] : await stores.payments.lockBatch(id);
  const batch = id === undefined ? undefined : await stores.batches.lock(id);
  if (batch && (originalCount ?? batch.count) !== batch.count) {
    throw invalid("OrgnlGrpInfAndSts.OrgnlNbOfTxs", `is ${originalCount}; we sent ${batch.count} payments`);
  }
  if (batch && (originalTotalFen ?? batch.totalFen) !== batch.totalFen) {
    throw invalid("OrgnlGrpInfAndSts.OrgnlCtrlSum", "is not the sum of what we sent");
  }
  if (batch?.status === "sending" || batch?.status === "sent" || batch?.status === "closed") return { batch, payments };
  throw invalid("OrgnlGrpInfAndSts.OrgnlMsgId", `"${originalMessageId}" is not a message that we sent`);
}

type Answer = Readonly<{ endToEndId: string; answered: Answered }>;

/** The listed payments by their own status, the others by that of the whole, if it has one. */
function answersFor(payments: readonly Payment[], { whole, payments: listed }: StatusReport): Answer[] {
  const byId = new Map(payments.map((payment) => [payment.endToEndId, payment]));
  const named = new Set(listed.map(({ endToEndId }) => endToEndId));
  const rest = whole ? payments.filter(({ endToEndId }) => !named.has(endToEndId)) : [];
  const all: readonly PaymentStatusReport[] = [
    ...listed,
    ...rest.flatMap(({ endToEndId }) => (whole ? [{ ...whole, endToEndId }] : [])),
  ];
  return all.map((each) => {
    const payment = byId.get(each.endToEndId);
    const unknown: Answered = { kind: "contradiction", note: "the bank answers a payment that is not in this batch" };
    const answered = payment ? takeAnswer(payment, each) : unknown;
    if ("payment" in answered) byId.set(each.endToEndId, answered.payment);
    return { endToEndId: each.endToEndId, answered };
  });
}

/** A payment may be listed twice; its last word counts. */
function lastWord(answers: readonly Answer[]): Map<string, Payment> {
  return new Map(
    answers.flatMap(({ answered }) =>
      "payment" in answered ? [[answered.payment.id, answered.payment] as const] : [],
    ),
  );
}

async function journalRejection({ journal }: ReconcileStores, payment: Payment, { receivedAt: at }: File) {
  if (payment.status !== "rejected") return;
  const { id: subject, entitlementId, reasonCode } = payment;
  const payload = { entitlementId, reasonCode };
  await journal.append({ type: "payment-rejected", subject, actor: "system:reconcile", at, payload });
}

async function journalContradictions({ journal }: ReconcileStores, answers: readonly Answer[], file: File) {
  let count = 0;
  for (const { endToEndId, answered } of answers) {
    if (answered.kind !== "contradiction") continue;
    count += 1;
    const payload = { reference: endToEndId, note: answered.note };
    const event = { subject: file.id, actor: "system:reconcile", at: file.receivedAt, payload };
    await journal.append({ type: "statement-line-suspended", ...event });
  }
  return count;
}

async function journalAnswer(
  { journal }: ReconcileStores,
  { id: subject, messageId }: Batch,
  outcome: Readonly<{ accepted: number; rejected: number }>,
  { sha256: fileSha256, receivedAt: at }: File,
) {
  const payload = { messageId, fileSha256, ...outcome };
  await journal.append({ type: "batch-answered", subject, actor: "system:reconcile", at, payload });
}
