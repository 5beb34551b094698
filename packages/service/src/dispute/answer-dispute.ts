import type { Vocabulary } from "@apply-free/rules";
import { arrivalOf, type KeepStores, keepStatement } from "../facts/keep-delivery.ts";
import { typedValue } from "../facts/typed-value.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { disputeNotice } from "../notice/notice.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";
import { correct, type Dispute, uphold } from "./dispute.ts";
import type { DisputeStore } from "./dispute-store.ts";

/** Whether a department has officers of its own. */
export type DataOfficers = { hasOfficers(sourceId: string): Promise<boolean> };

export type AnswerDisputeStores = KeepStores &
  Readonly<{ disputes: DisputeStore; notices: NoticeBoard; dataOfficers: DataOfficers }>;

export type AnswerDisputeDeps<Stores extends AnswerDisputeStores = AnswerDisputeStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
}>;

/**
 * `value`: the right value, as typed; absent: the department stands by what it said. `officeOf`: the
 * department that the person belongs to; absent for the office that runs the system.
 */
export type DisputeAnswer = Readonly<{
  id: string;
  by: string;
  officeOf?: string;
  answer: string;
  value?: string | undefined;
}>;

/** The department that said it answers. The office does only for a department that has nobody here. */
export function mayAnswer(
  { sourceId }: Pick<Dispute, "sourceId">,
  { officeOf, hasOfficers }: Readonly<{ officeOf?: string; hasOfficers: boolean }>,
): boolean {
  return officeOf === undefined ? !hasOfficers : officeOf === sourceId;
}

/**
 * The department answers. A correction is a delivery of its own, of one fact about the same day: what
 * was said before stays what was known then, and everything that follows from a delivery follows.
 * Whoever raised the dispute does not answer it.
 * @throws DomainError dispute-not-found | dispute-not-open | not-allowed | maker-is-checker | bad-input
 */
export async function answerDispute<Stores extends AnswerDisputeStores>(
  { transaction, clock }: AnswerDisputeDeps<Stores>,
  vocabulary: Vocabulary,
  { id, by, officeOf, answer, value }: DisputeAnswer,
): Promise<Dispute> {
  return transaction(async (stores) => {
    const current = await stores.disputes.get(id);
    if (current.openedBy === by) {
      throw new DomainError("maker-is-checker", "提出人不能自己答复。Who raised it cannot answer it.", { id });
    }
    const hasOfficers = await stores.dataOfficers.hasOfficers(current.sourceId);
    if (!mayAnswer(current, { ...(officeOf !== undefined && { officeOf }), hasOfficers })) {
      throw new DomainError("not-allowed", "由提供这项数据的部门答复。The department that supplied the fact answers.", {
        id,
      });
    }
    const word = { by, answer, at: clock.now() };
    const closed =
      value === undefined
        ? uphold(current, word)
        : correct(current, word, await deliverCorrection(stores, clock, vocabulary, current, value, by));
    await stores.disputes.save(closed);
    const { factId, firmCode } = closed;
    const label = vocabulary.facts.get(factId)?.label ?? { zh: factId, en: factId };
    const isCorrected = closed.status === "corrected";
    const text = disputeNotice(label, isCorrected, answer);
    const noticeId = derivedId("notice", "dispute", id);
    await stores.notices.post({ ...text, id: noticeId, firmCode, kind: "dispute-answered", at: word.at });
    const payload = {
      status: isCorrected ? ("corrected" as const) : ("upheld" as const),
      deliveryId: closed.status === "corrected" ? closed.deliveryId : null,
    };
    await stores.journal.append({ type: "dispute-closed", subject: id, actor: by, at: word.at, payload });
    return closed;
  });
}

async function deliverCorrection(
  stores: KeepStores,
  clock: Clock,
  vocabulary: Vocabulary,
  { id, firmCode, factId, sourceId, disputed }: Dispute,
  typed: string,
  importedBy: string,
): Promise<string> {
  const definition = vocabulary.facts.get(factId);
  if (!definition) throw new DomainError("fact-not-disputable", `没有数据项“${factId}”。There is no fact "${factId}".`);
  const asOf = disputed.asOf ?? today(clock);
  const value = typedValue(definition, typed, asOf, vocabulary);
  const obtainedAt = await arrivalOf(stores.deliveries, sourceId, clock.now());
  const sha256 = digestOf({ dispute: id, value });
  const origin = { sourceId, fileName: id, sha256, asOf, obtainedAt, importedBy };
  return keepStatement(stores, origin, [{ firmCode, factId, value }]);
}
