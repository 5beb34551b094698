import type { Bilingual } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import { LongField, PostForm } from "../kit/form.tsx";
import { Done, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Day, Said } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { commentWords } from "./comment-words.ts";

export type CommentPageProps = Readonly<{
  context: PageContext;
  policy: Readonly<{ id: string; title: Bilingual }>;
  typed?: string | undefined;
  problem?: "empty" | "long" | "too-many" | undefined;
}>;

/** GET /policies/:id/comment. Form: POST to the same address `words _csrf`. */
export function commentPage(props: CommentPageProps): string {
  const { title } = commentWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Comment {...props} /> });
}

function Comment({ policy, typed, problem }: CommentPageProps) {
  const words = useWords(commentWords);
  const address = `/policies/${encodeURIComponent(policy.id)}`;
  return (
    <>
      {problem !== undefined && <ProblemSummary title={words.problem[problem]} />}
      <BackLink href={address}>
        <Said>{policy.title}</Said>
      </BackLink>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <PostForm action={`${address}/comment`} className="card stack">
        <LongField id="words" name="words" label={words.words} hint={words.wordsHint} value={typed} required />
        <button className="main" type="submit">
          {words.send}
        </button>
        <a href={address}>{words.cancel}</a>
      </PostForm>
      <p className="hint">{words.notHere}</p>
    </>
  );
}

/** Said and answered for all to read. */
export type PublishedComment = Readonly<{
  id: string;
  by: "firm" | "public";
  words: string;
  saidOn: string;
  answer: string;
  answeredOn: string;
}>;

type CommentsProps = Readonly<{ policyId: string; comments: readonly PublishedComment[]; isSaid?: boolean }>;

/** On a policy's page: what others said and the department answered, and the way to say something. */
export function Comments({ policyId, comments, isSaid = false }: CommentsProps) {
  const words = useWords(commentWords);
  return (
    <section className="card" aria-labelledby="comments">
      <h2 id="comments">{words.comments}</h2>
      {isSaid && <Done>{words.said}</Done>}
      {comments.length === 0 && <p className="hint">{words.none}</p>}
      {comments.length > 0 && <Answered comments={comments} />}
      <p>
        <a href={`/policies/${encodeURIComponent(policyId)}/comment`}>{words.add}</a>
      </p>
    </section>
  );
}

function Answered({ comments }: Pick<CommentsProps, "comments">) {
  const words = useWords(commentWords);
  return (
    <ul className="rows">
      {comments.map(({ id, by, words: said, saidOn, answer, answeredOn }) => (
        <li key={id}>
          <p className="quote">
            <Said>{said}</Said>
          </p>
          <p className="hint">
            {words.by[by]} · <Day of={saidOn} full />
          </p>
          <p>
            {words.answer}
            <Said>{answer}</Said>{" "}
            <span className="hint">
              <Day of={answeredOn} full />
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
