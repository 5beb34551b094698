import type { NoticeKind } from "./notice.ts";

/**
 * What a message is about. `decisions` is everything that has to be told by law or that a right depends
 * on: what is offered, taken back or closed, what the bank returned, what a department answered.
 */
export type Topic = "decisions" | MutedTopic;

/** What a firm may turn off: it finds these in its inbox and gets no letter about them. */
export const mutableTopics = ["reminders", "progress", "nearly"] as const;
export type MutedTopic = (typeof mutableTopics)[number];

export function topicOf(kind: NoticeKind): Topic {
  switch (kind) {
    case "reminder":
      return "reminders";
    case "confirmed":
    case "paid":
    case "published":
    case "comment-answered":
      return "progress";
    case "repair":
      return "nearly";
    default:
      return "decisions";
  }
}

/**
 * Whether a person has to tell it when no channel can. An offer by itself waits for the days before it
 * runs out: its firm may well see it in the meantime.
 */
export function needsPerson(kinds: readonly NoticeKind[], hadChannel: boolean): boolean {
  return kinds.some((kind) => topicOf(kind) === "decisions" && (hadChannel || kind !== "offer"));
}
