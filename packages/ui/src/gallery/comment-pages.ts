import { commentsPage, type DeskComment } from "../desk/comments-page.tsx";
import { commentPage, type PublishedComment } from "../portal/comment-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo } from "./readers.ts";
import { policy } from "./sample-policy.ts";

export const publishedComments: readonly PublishedComment[] = [
  {
    ...{ id: "comment_1", by: "firm", words: "裁员率怎么算，\n退休的算不算？", saidOn: "2025-11-04" },
    ...{ answer: "退休不算裁员。", answeredOn: "2025-11-06" },
  },
];

const open: DeskComment = {
  ...{ id: "comment_2", policy: policy.title, words: "希望小微企业也能领。".repeat(9), saidOn: "2025-11-04" },
  ...{ answerBy: "2025-11-18", isLate: true, status: "open" },
};

export const deskComments: readonly DeskComment[] = [
  open,
  {
    ...{
      id: "comment_1",
      policy: policy.title,
      firm: "郑州星河科技有限公司",
      words: "退休的算不算？",
      saidOn: "2025-11-04",
    },
    ...{ answerBy: "2025-11-18", isLate: false, status: "answered", answer: "退休不算裁员。", isPublished: true },
  },
  {
    ...{ id: "comment_3", policy: policy.title, words: "加微信贷款", saidOn: "2025-11-04", answerBy: "2025-11-18" },
    ...{ isLate: false, status: "set-aside", answer: "广告" },
  },
];

export const commentPages: readonly GalleryPage[] = [
  { name: "comment", render: (context) => commentPage({ context, policy }) },
  shownTo("enterprise", "comment-too-often", (context) =>
    commentPage({ context, policy, typed: "2", problem: "too-many" }),
  ),
  shownTo("author", "desk-comments", (context) => commentsPage({ context, comments: deskComments })),
  shownTo("author", "desk-comments-none", (context) => commentsPage({ context, comments: [] })),
  shownTo("author", "desk-comment", (context) =>
    commentsPage({ context, comments: [], opened: { ...open, mayAnswer: true }, problem: "empty" }),
  ),
];
