import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";

/** The five levels of 好差评, best first. Source: 国办发〔2019〕51号. */
export const ratingLevels = ["very-satisfied", "satisfied", "acceptable", "dissatisfied", "very-dissatisfied"] as const;
export type RatingLevel = (typeof ratingLevels)[number];

/** Where the firm was served: on these pages, at a window of the hall, on the telephone (12345). */
export const ratingChannels = ["portal", "hall", "phone"] as const;
export type RatingChannel = (typeof ratingChannels)[number];

/** What a firm says of how one case was handled on one channel, under its own name. */
export type Rating = Readonly<{
  id: string;
  firmCode: string;
  entitlementId: string;
  channel: RatingChannel;
  level: RatingLevel;
  /** Why, in the firm's words; may be empty. */
  words: string;
  /** 1 for the first time; each change counts on. */
  nth: number;
  ratedBy: string;
  ratedAt: Date;
  /** Last day for changing it. */
  changeUntil: Day;
}>;

export type Opinion = Readonly<{ level: RatingLevel; words: string; by: string; at: Date }>;

/** Someone who is asked to explain a rating as these is owed an answer. */
export function isNegative(level: RatingLevel): boolean {
  return level === "dissatisfied" || level === "very-dissatisfied";
}

/**
 * The firm says otherwise than before. Saying the same again changes nothing.
 * @throws DomainError rating-closed after the last day
 */
export function rateAgain(current: Rating, { level, words, by, at }: Opinion, today: Day): Rating {
  if (current.level === level && current.words === words) return current;
  if (today > current.changeUntil) {
    throw new DomainError("rating-closed", "评价已过修改期限。The time to change this rating is over.", {
      changeUntil: current.changeUntil,
    });
  }
  return { ...current, level, words, nth: current.nth + 1, ratedBy: by, ratedAt: at };
}
