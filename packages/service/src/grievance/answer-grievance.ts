import type { Clock } from "../kernel/clock.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { grievanceNotice } from "../notice/notice.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";
import { answerTo, caseOf, type Grievance, kindOf } from "./grievance.ts";
import type { OpenGrievanceStores } from "./raise-grievance.ts";

export type AnswerGrievanceStores = OpenGrievanceStores & Readonly<{ notices: NoticeBoard }>;
export type AnswerGrievanceDeps<Stores extends AnswerGrievanceStores = AnswerGrievanceStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
}>;

export type GrievanceAnswer = Readonly<{ id: string; by: string; isCorrected: boolean; answer: string }>;

/**
 * A person answers: what was put right, or the reason why it stays. The firm is told in the same
 * transaction, with the remedies of the law.
 * @throws DomainError grievance-not-found | grievance-not-open | maker-is-checker | bad-input
 */
export async function answerGrievance<Stores extends AnswerGrievanceStores>(
  { transaction, clock }: AnswerGrievanceDeps<Stores>,
  { id, by, isCorrected, answer }: GrievanceAnswer,
): Promise<Grievance> {
  return transaction(async ({ grievances, notices, journal }) => {
    const current = await grievances.get(id);
    const at = clock.now();
    const closed = answerTo(current, { by, at, isCorrected, answer });
    await grievances.save(closed);
    const { firmCode, about } = closed;
    const kind = kindOf(about);
    const entitlementId = caseOf(about) ?? null;
    if (firmCode !== undefined) {
      const text = grievanceNotice(kind, isCorrected, answer);
      const noticeId = derivedId("notice", "grievance", id);
      const entitlementIds = entitlementId === null ? [] : [entitlementId];
      await notices.post({ ...text, id: noticeId, firmCode, kind: "grievance-answered", entitlementIds, at });
    }
    const status = isCorrected ? ("corrected" as const) : ("explained" as const);
    await journal.append({
      type: "grievance-closed",
      subject: id,
      actor: by,
      at,
      payload: { kind, status, entitlementId },
    });
    return closed;
  });
}
