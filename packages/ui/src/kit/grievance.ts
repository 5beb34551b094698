import type { Bilingual } from "./bilingual.ts";
import { catalogue } from "./reader.ts";

export type RatingLevel = "very-satisfied" | "satisfied" | "acceptable" | "dissatisfied" | "very-dissatisfied";
export type RatingChannel = "portal" | "hall" | "phone";
export type GrievanceKind = "rectification" | "complaint" | "objection";
export type GrievanceStatus = "open" | "corrected" | "explained" | "withdrawn";

/** Best first, as people know them. */
export const ratingLevels: readonly RatingLevel[] = [
  "very-satisfied",
  "satisfied",
  "acceptable",
  "dissatisfied",
  "very-dissatisfied",
];
export const ratingChannels: readonly RatingChannel[] = ["portal", "hall", "phone"];

/** Something that somebody is owed an answer to, as both sides see it. */
export type GrievanceView = Readonly<{
  id: string;
  kind: GrievanceKind;
  /** Title of the benefit, label of the fact, or the entry of the public list. */
  subject: Bilingual;
  /** The condition of the decision that it is about, in its sentence. */
  condition?: Bilingual | undefined;
  words: string;
  status: GrievanceStatus;
  /** `YYYY-MM-DD` */
  answerBy: string;
  late: boolean;
  answer?: string | undefined;
}>;

export const grievanceWords = catalogue(
  {
    level: {
      "very-satisfied": "非常满意",
      satisfied: "满意",
      acceptable: "基本满意",
      dissatisfied: "不满意",
      "very-dissatisfied": "非常不满意",
    },
    channel: { portal: "网上", hall: "政务大厅窗口", phone: "12345 热线" },
    kind: { rectification: "差评整改", complaint: "投诉", objection: "公示异议" },
    status: { open: "待答复", corrected: "已改正", explained: "已说明理由", withdrawn: "已撤回" },
    late: "已超期",
  },
  {
    level: {
      "very-satisfied": "Very satisfied",
      satisfied: "Satisfied",
      acceptable: "Fairly satisfied",
      dissatisfied: "Dissatisfied",
      "very-dissatisfied": "Very dissatisfied",
    },
    channel: { portal: "On these pages", hall: "At a window of the hall", phone: "By telephone (12345)" },
    kind: { rectification: "Bad rating", complaint: "Complaint", objection: "Objection to the public list" },
    status: { open: "to be answered", corrected: "put right", explained: "reasons given", withdrawn: "taken back" },
    late: "overdue",
  },
);
