import type { AnswerDays } from "../kernel/answer-days.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { addWorkingDays } from "../kernel/working-day.ts";
import type { RatingStore } from "./grievance-store.ts";
import { open, type RaiseGrievanceStores } from "./raise-grievance.ts";
import { isNegative, type Opinion, type Rating, type RatingChannel, type RatingLevel, rateAgain } from "./rating.ts";

/** Working days within which a firm may change what it said. */
export const CHANGE_WITHIN_WORKING_DAYS = 10;

export type RateCaseStores = RaiseGrievanceStores & Readonly<{ ratings: RatingStore }>;
export type RateCaseDeps<Stores extends RateCaseStores = RateCaseStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  answerDays?: AnswerDays;
}>;

export type RatingForm = Readonly<{
  firmCode: string;
  by: string;
  entitlementId: string;
  channel: RatingChannel;
  level: RatingLevel;
  words: string;
}>;

/**
 * A firm rates how its case was handled on one channel, or says otherwise than before. A bad rating
 * opens a task to put things right, which stays open whatever the firm says later: a person answers it.
 * @throws DomainError entitlement-not-found for another firm's case | rating-closed
 */
export async function rateCase<Stores extends RateCaseStores>(
  { transaction, clock, answerDays }: RateCaseDeps<Stores>,
  { firmCode, by, entitlementId, channel, level, words }: RatingForm,
): Promise<Rating> {
  return transaction(async (stores) => {
    const { entitlement } = await stores.entitlements.get(entitlementId);
    if (entitlement.firmCode !== firmCode) {
      throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id: entitlementId });
    }
    const current = await stores.ratings.find(entitlementId, channel);
    const opinion: Opinion = { level, words, by, at: clock.now() };
    const rating = current
      ? rateAgain(current, opinion, today(clock))
      : firstRating({ firmCode, entitlementId, channel }, opinion, clock);
    if (rating === current) return rating;
    await (current ? stores.ratings.save(rating) : stores.ratings.insert(rating));
    const { id: subject, nth, ratedAt: at } = rating;
    const payload = { entitlementId, channel, level, nth };
    await stores.journal.append({ type: "case-rated", subject, actor: by, at, payload });
    if (isNegative(level)) {
      const about = { of: "rating", ratingId: rating.id, entitlementId } as const;
      await open(stores, { clock, answerDays }, { about, words, by, firmCode });
    }
    return rating;
  });
}

function firstRating(
  of: Pick<Rating, "firmCode" | "entitlementId" | "channel">,
  { level, words, by, at }: Opinion,
  clock: Clock,
): Rating {
  return {
    id: derivedId("rating", of.entitlementId, of.channel),
    ...of,
    ...{ level, words, nth: 1, ratedBy: by, ratedAt: at },
    changeUntil: addWorkingDays(today(clock), CHANGE_WITHIN_WORKING_DAYS),
  };
}
