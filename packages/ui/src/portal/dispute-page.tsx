import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { fullDayText } from "../kit/calendar.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Day, Said } from "../kit/text.tsx";
import { disputeWords } from "./dispute-words.ts";

export type DisputeFormProps = Readonly<{
  context: PageContext;
  fact: Readonly<{
    id: string;
    label: Bilingual;
    source: Bilingual;
    /** Absent: unknown. */
    value?: Bilingual | undefined;
    asOf?: string | undefined;
  }>;
  /** What was typed before, where something was wrong with it. */
  typed?: Readonly<{ claim: string; grounds: string }> | undefined;
  problem?: Bilingual | undefined;
}>;

/** A dispute as the firm sees it. */
export type DisputeView = Readonly<{
  id: string;
  factId: string;
  label: Bilingual;
  claim: string;
  status: "open" | "corrected" | "upheld" | "withdrawn";
  answerBy: string;
  overdue: boolean;
  answer?: string | undefined;
}>;

/** GET /my-data/dispute?fact=. Form: POST /my-data/dispute multipart `fact claim grounds evidence _csrf`. */
export function disputePage(props: DisputeFormProps): string {
  const { title } = disputeWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <DisputeForm {...props} /> });
}

function DisputeForm({ fact, typed, problem }: DisputeFormProps) {
  const words = useWords(disputeWords);
  const { lang } = useReader();
  return (
    <>
      {problem !== undefined && <ProblemSummary title={inLanguage(problem, lang)} />}
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <div className="card">
        <h2>
          <Said>{fact.label}</Said>
        </h2>
        <DetailsList
          of={[
            [words.now, fact.value === undefined ? words.unknown : <Said key="value">{fact.value}</Said>],
            [words.from, <Source key="source" of={fact.source} />],
            fact.asOf !== undefined && [words.asOf, <Day key="asOf" of={fact.asOf} full />],
          ]}
        />
      </div>
      <PostForm action="/my-data/dispute" multipart className="card stack">
        <input type="hidden" name="fact" value={fact.id} />
        <Field id="claim" name="claim" label={words.claim} value={typed?.claim} required />
        <Field id="grounds" name="grounds" label={words.grounds} value={typed?.grounds} required />
        <div className="field">
          <label htmlFor="evidence">{words.evidence}</label>
          <input id="evidence" name="evidence" type="file" accept=".pdf,.jpg,.jpeg,.png" />
        </div>
        <button className="main" type="submit">
          {words.send}
        </button>
        <a href="/my-data">{words.cancel}</a>
      </PostForm>
    </>
  );
}

/** Disputes of the firm, newest first; nothing where it has none. */
export function MyDisputes({ disputes }: Readonly<{ disputes: readonly DisputeView[] }>) {
  const words = useWords(disputeWords);
  const { lang } = useReader();
  if (disputes.length === 0) return null;
  return (
    <section className="card" aria-labelledby="disputes">
      <h2 id="disputes">{words.mine}</h2>
      <ul className="rows">
        {disputes.map(({ id, factId, label, claim, status, answerBy, overdue, answer }) => (
          <li key={id}>
            <p className="line">
              <span>
                <Said>{words.says(inLanguage(label, lang), claim)}</Said>
              </span>
              <strong className={status === "open" ? "warn" : undefined}>{words.status[status]}</strong>
            </p>
            {status === "open" && (
              <p className="hint">{overdue ? words.overdue : words.answerBy(fullDayText(answerBy, lang))}</p>
            )}
            {answer !== undefined && (
              <p className="hint">
                <Said>{words.answered(answer)}</Said>
              </p>
            )}
            {status === "upheld" && (
              <a href={`/my-data/complain?fact=${encodeURIComponent(factId)}`}>{words.stillWrong}</a>
            )}
            {status === "open" && (
              <PostForm action={`/my-data/dispute/${encodeURIComponent(id)}/withdraw`}>
                <button className="link" type="submit">
                  {words.withdraw}
                </button>
              </PostForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
