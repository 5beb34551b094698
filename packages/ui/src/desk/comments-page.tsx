import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { LongField, PostForm } from "../kit/form.tsx";
import { Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Day, Said } from "../kit/text.tsx";

export type CommentsProps = Readonly<{
  context: PageContext;
  comments: readonly DeskComment[];
  opened?: (DeskComment & Readonly<{ mayAnswer: boolean }>) | undefined;
  problem?: "empty" | undefined;
}>;

/** Without a firm: the public. */
export type DeskComment = Readonly<{
  id: string;
  policy: Bilingual;
  firm?: string | undefined;
  words: string;
  saidOn: string;
  answerBy: string;
  isLate: boolean;
  status: "open" | "answered" | "set-aside";
  answer?: string | undefined;
  isPublished?: boolean | undefined;
}>;

const words = catalogue(
  {
    title: "政策留言",
    lead: "企业和公众对政策的留言，按期限排列。公开的答复显示在政策页上，不显示是谁说的。",
    empty: "没有留言。",
    caption: "留言",
    policy: "政策",
    by: "留言人",
    publicly: "公众",
    said: "内容",
    on: "时间",
    answerBy: "答复期限",
    late: "已超期",
    state: "状态",
    status: { open: "待答复", answered: "已答复", "set-aside": "不予答复" },
    published: "已公开",
    answered: "答复",
    answer: "答复或理由",
    answerHint: "公开后所有人都能看到，请不要写个人信息。",
    missing: "请写明答复。",
    publish: "答复并公开",
    only: "只答复，不公开",
    setAside: "与政策无关，不予公开",
    back: "回到全部",
  },
  {
    title: "Comments on policies",
    lead: "What firms and the public say of policies, soonest deadline first. What is published stands on the policy's page, without who said it.",
    empty: "There are no comments.",
    caption: "Comments",
    policy: "Policy",
    by: "By",
    publicly: "the public",
    said: "In their words",
    on: "Said on",
    answerBy: "Answer by",
    late: "overdue",
    state: "State",
    status: { open: "to be answered", answered: "answered", "set-aside": "set aside" },
    published: "published",
    answered: "Answer",
    answer: "Answer or reason",
    answerHint: "Once published everybody reads it; no personal data, please.",
    missing: "Write an answer.",
    publish: "Answer and publish",
    only: "Answer without publishing",
    setAside: "Not about the policy: set aside",
    back: "Back to all",
  },
);

/** GET /desk/comments, /desk/comments/:id. Form: POST …/answer `answer how=publish|answer|set-aside _csrf`. */
export function commentsPage(props: CommentsProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <CommentsQueue {...props} /> });
}

function CommentsQueue({ comments, opened, problem }: CommentsProps) {
  const text = useWords(words);
  return (
    <>
      {problem && <ProblemSummary title={text.missing} />}
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {opened && <Opened comment={opened} />}
      {!opened && comments.length === 0 && <Empty>{text.empty}</Empty>}
      {!opened && comments.length > 0 && (
        <DataTable
          caption={text.caption}
          rows={comments}
          keyOf={({ id }) => id}
          columns={[
            {
              head: text.said,
              cell: ({ id, words: said }) => (
                <a href={`/desk/comments/${encodeURIComponent(id)}`}>
                  <Said>{said.length > 60 ? `${said.slice(0, 60)}…` : said}</Said>
                </a>
              ),
            },
            { head: text.policy, cell: ({ policy }) => <Said>{policy}</Said> },
            { head: text.by, cell: (comment) => <By of={comment} /> },
            { head: text.answerBy, cell: (comment) => <Deadline of={comment} /> },
            { head: text.state, cell: (comment) => <State of={comment} /> },
          ]}
        />
      )}
    </>
  );
}

type Of = Readonly<{ of: DeskComment }>;

function By({ of: { firm } }: Of) {
  const { publicly } = useWords(words);
  return firm === undefined ? publicly : <Said>{firm}</Said>;
}

function Deadline({ of: { answerBy, isLate } }: Of) {
  const { late } = useWords(words);
  return (
    <>
      <Day of={answerBy} full /> {isLate && <strong className="warn">{late}</strong>}
    </>
  );
}

function State({ of: { status, isPublished } }: Of) {
  const text = useWords(words);
  return (
    <span className={status === "open" ? "warn" : "quiet"}>
      {text.status[status]}
      {isPublished && ` · ${text.published}`}
    </span>
  );
}

function Opened({ comment }: Readonly<{ comment: NonNullable<CommentsProps["opened"]> }>) {
  const text = useWords(words);
  const { id, policy, words: said, saidOn, answer, mayAnswer } = comment;
  return (
    <>
      <section className="card" aria-labelledby="comment">
        <h2 id="comment">
          <Said>{policy}</Said>
        </h2>
        <DetailsList
          of={[
            [text.by, <By key="by" of={comment} />],
            [text.on, <Day key="on" of={saidOn} full />],
            [text.said, <Said key="said">{said}</Said>],
            [text.answerBy, <Deadline key="deadline" of={comment} />],
            [text.state, <State key="state" of={comment} />],
            answer !== undefined && [text.answered, <Said key="answer">{answer}</Said>],
          ]}
        />
      </section>
      {mayAnswer && (
        <PostForm action={`/desk/comments/${encodeURIComponent(id)}/answer`} className="card stack">
          <LongField id="answer" name="answer" label={text.answer} hint={text.answerHint} required />
          <div className="buttons">
            <button className="main" type="submit" name="how" value="publish">
              {text.publish}
            </button>
            <button className="other" type="submit" name="how" value="answer">
              {text.only}
            </button>
            <button className="other" type="submit" name="how" value="set-aside">
              {text.setAside}
            </button>
          </div>
        </PostForm>
      )}
      <p>
        <a href="/desk/comments">{text.back}</a>
      </p>
    </>
  );
}
