import { inLanguage } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import { type GrievanceView, grievanceWords } from "../kit/grievance.ts";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { OwedAnswer } from "./owed-answer.tsx";
import { type OwnComment, OwnComments } from "./own-comments.tsx";
import { ticketsWords } from "./tickets-words.ts";

export type TicketsProps = Readonly<{
  context: PageContext;
  tickets: readonly GrievanceView[];
  comments?: readonly OwnComment[];
}>;

/** GET /tickets. Form: POST /tickets/:id/withdraw. */
export function ticketsPage(props: TicketsProps): string {
  const { title } = ticketsWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Tickets {...props} /> });
}

function Tickets({ context, tickets, comments = [] }: TicketsProps) {
  const words = useWords(ticketsWords);
  return (
    <>
      <h1>{words.title}</h1>
      <p className="lead">
        {words.lead} {context.user?.role === "enterprise" && <a href="/my-data">{words.toData}</a>}
      </p>
      {tickets.length === 0 && comments.length === 0 && <Empty>{words.empty}</Empty>}
      {tickets.map((ticket) => (
        <Ticket key={ticket.id} ticket={ticket} />
      ))}
      {tickets.some(({ answer }) => answer !== undefined) && (
        <section className="card" aria-labelledby="remedies">
          <h2 id="remedies">{words.remedies}</h2>
          <ul>
            <li>{words.remedyReview}</li>
            <li>{words.remedyCourt}</li>
          </ul>
        </section>
      )}
      <OwnComments comments={comments} />
    </>
  );
}

function Ticket({ ticket }: Readonly<{ ticket: GrievanceView }>) {
  const { id, kind, subject, condition, words: said, status, answerBy, late, answer } = ticket;
  const words = useWords(ticketsWords);
  const known = useWords(grievanceWords);
  const { lang } = useReader();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>
        {known.kind[kind]}
        {lang === "zh" ? "：" : ": "}
        <Said>{subject}</Said>
      </h2>
      <p className="line">
        <span>
          <Said>{condition === undefined ? said : inLanguage(condition, lang)}</Said>
        </span>
        <strong className={status === "open" ? "warn" : undefined}>{known.status[status]}</strong>
      </p>
      {condition !== undefined && said !== "" && (
        <p>
          <Said>{said}</Said>
        </p>
      )}
      <OwedAnswer isOpen={status === "open"} {...{ answerBy, late, answer, words }} />
      {status === "open" && kind !== "rectification" && (
        <PostForm action={`/tickets/${encodeURIComponent(id)}/withdraw`}>
          <button className="link" type="submit">
            {words.withdraw}
          </button>
        </PostForm>
      )}
    </section>
  );
}
