import type { OpenedGrievance } from "../desk/grievances-page.tsx";
import type { GrievanceView } from "../kit/grievance.ts";
import type { OwnComment } from "../portal/own-comments.tsx";
import type { SaidRating } from "../portal/rate-page.tsx";

const subject = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };

export const saidRatings: readonly SaidRating[] = [
  { channel: "portal", level: "dissatisfied", words: "退回后没有人打电话", changeUntil: "2025-11-17", mayChange: true },
  { channel: "hall", level: "satisfied", words: "", changeUntil: "2025-10-17", mayChange: false },
];

export const caseConditions = [
  { name: "layoff-rate", sentence: { zh: "裁员率 6.1%，不高于 5.5%", en: "Layoff rate 6.1%, at most 5.5%" } },
  { name: "paid", sentence: { zh: "足额缴费 12 个月", en: "Paid in full for 12 months" } },
];

export const tickets: readonly GrievanceView[] = [
  {
    ...{ id: "grievance_1", kind: "rectification", subject, words: "退回后没有人打电话", status: "open" },
    ...{ answerBy: "2025-11-10", late: false },
  },
  {
    ...{ id: "grievance_2", kind: "complaint", subject, words: "算错了", status: "open" },
    condition: caseConditions[0]?.sentence,
    ...{ answerBy: "2025-10-31", late: true },
  },
  {
    ...{ id: "grievance_3", kind: "objection", words: "已经注销", status: "explained" },
    subject: { zh: "郑州****有限公司 · 失业保险稳岗返还", en: "郑州****有限公司 · Refund of unemployment insurance" },
    ...{ answerBy: "2025-10-20", late: true, answer: "经核查，企业登记状态为存续。" },
  },
];

const policy = { policyId: "henan-2025-job-retention-refund", policy: subject };
export const ownComments: readonly OwnComment[] = [
  {
    ...{ ...policy, id: "comment_1", words: "小微企业的名单哪里可以查到？", status: "open" },
    ...{ answerBy: "2025-11-10", late: false },
  },
  {
    ...{ ...policy, id: "comment_2", words: "裁员率按哪一年的人数计算，正文没有写清楚。", status: "published" },
    ...{ answerBy: "2025-10-31", late: false, answer: "按上一年度末参保人数计算，已补充到政策解读。" },
  },
  {
    ...{ ...policy, id: "comment_3", words: "请给我们单独办理。", status: "set-aside" },
    ...{ answerBy: "2025-10-20", late: true, answer: "留言不涉及政策内容，所以没有公开。" },
  },
];

export const openedGrievance: OpenedGrievance = {
  ...{ id: "grievance_1", kind: "rectification", subject, words: "退回后没有人打电话", status: "open" },
  ...{ answerBy: "2025-11-10", late: true, openedAt: "2025-11-03T01:00:00.000Z", mayAnswer: true },
  firm: { code: "91410100MA0000000X", name: "郑州示例机械有限公司" },
  rating: { level: "dissatisfied", channel: "portal" },
  entitlementId: "entitlement_1",
};
