import type { Bilingual } from "../kit/bilingual.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { OwedAnswer } from "./owed-answer.tsx";

/** What the reader's firm has said of a policy, and what became of it. */
export type OwnComment = Readonly<{
  id: string;
  policyId: string;
  policy: Bilingual;
  words: string;
  status: "open" | "published" | "answered" | "set-aside";
  /** `YYYY-MM-DD`; last day for the answer. */
  answerBy: string;
  late: boolean;
  answer?: string | undefined;
}>;

const ownCommentWords = catalogue(
  {
    title: "对政策的留言",
    status: { open: "待答复", published: "已公开答复", answered: "已答复", "set-aside": "未公开，已说明理由" },
    answerBy: (day: string) => `部门应在 ${day} 前答复`,
    lateOpen: "已超过答复期限，部门仍须答复",
    lateClosed: "超过期限才答复",
    answered: (answer: string) => `答复：${answer}`,
  },
  {
    title: "What you said of policies",
    status: {
      open: "to be answered",
      published: "answered in public",
      answered: "answered",
      "set-aside": "not published, with the reason",
    },
    answerBy: (day) => `the department has until ${day}`,
    lateOpen: "overdue; the department still owes you an answer",
    lateClosed: "answered too late",
    answered: (answer) => `Answer: ${answer}`,
  },
);

export function OwnComments({ comments }: Readonly<{ comments: readonly OwnComment[] }>) {
  const words = useWords(ownCommentWords);
  if (comments.length === 0) return null;
  return (
    <section className="card" aria-labelledby="own-comments">
      <h2 id="own-comments">{words.title}</h2>
      {comments.map((comment) => (
        <Comment key={comment.id} comment={comment} />
      ))}
    </section>
  );
}

function Comment({ comment }: Readonly<{ comment: OwnComment }>) {
  const { policyId, policy, words: said, status, answerBy, late, answer } = comment;
  const words = useWords(ownCommentWords);
  return (
    <article>
      <p className="line">
        <a href={`/policies/${encodeURIComponent(policyId)}`}>
          <Said>{policy}</Said>
        </a>
        <strong className={status === "open" ? "warn" : undefined}>{words.status[status]}</strong>
      </p>
      <p>
        <Said>{said}</Said>
      </p>
      <OwedAnswer isOpen={status === "open"} {...{ answerBy, late, answer, words }} />
    </article>
  );
}
