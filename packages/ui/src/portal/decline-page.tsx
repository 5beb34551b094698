import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import { ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import type { Offer } from "./benefit.ts";
import { Deadline } from "./deadline.tsx";
import { declineReasons, declineWords } from "./decline-words.ts";

export type DeclineProps = Readonly<{
  context: PageContext;
  requestKey: string;
  /** The offers that may be declined; `chosen` ones are ticked. */
  offers: readonly Pick<Offer, "id" | "title" | "amountFen" | "confirmBefore">[];
  chosen: readonly string[];
  reason?: string | undefined;
  note?: string | undefined;
  problem?: "nothing-chosen" | "reason-missing" | "confirmation-closed" | "form-expired" | undefined;
}>;

/** GET /offers/decline?id=… Form: POST /decline `chosen` (repeated) `reason note requestKey _csrf`. */
export function declinePage(props: DeclineProps): string {
  const { title, problemWord } = declineWords[props.context.lang];
  const heading = props.problem === undefined ? title : problemWord + title;
  return renderDocument(props.context, { surface: "portal", title: heading, children: <Decline {...props} /> });
}

function Decline({ requestKey, offers, chosen, reason, note, problem }: DeclineProps) {
  const words = useWords(declineWords);
  return (
    <>
      {problem && <ProblemSummary title={words.problem[problem]} />}
      <BackLink href="/offers">{words.backTo}</BackLink>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <PostForm action="/decline" requestKey={requestKey} className="stack">
        <fieldset className="card">
          <legend className="unseen">{words.which}</legend>
          <p aria-hidden="true">
            <strong>{words.which}</strong>
          </p>
          {offers.map(({ id, title, amountFen, confirmBefore }) => (
            <label key={id} className="choice">
              <input type="checkbox" name="chosen" value={id} defaultChecked={chosen.includes(id)} />
              <span>
                <Said>{title}</Said> <Yuan fen={amountFen} />
                <br />
                <span className="hint">
                  <Deadline confirmBefore={confirmBefore} />
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <fieldset className="card" aria-describedby="why-hint">
          <legend className="unseen">{words.why}</legend>
          <p aria-hidden="true">
            <strong>{words.why}</strong>
          </p>
          <p className="hint" id="why-hint">
            {words.whyHint}
          </p>
          {declineReasons.map((value) => (
            <label key={value} className="choice">
              <input type="radio" name="reason" value={value} defaultChecked={value === reason} required />
              {words.reasons[value]}
            </label>
          ))}
          <div className="field">
            <label htmlFor="note">{words.note}</label>
            <textarea id="note" name="note" rows={3} maxLength={500} defaultValue={note} />
          </div>
        </fieldset>
        <div className="buttons">
          <button className="main" type="submit">
            {words.submit}
          </button>
          <a className="button other" href="/offers">
            {words.back}
          </a>
        </div>
      </PostForm>
    </>
  );
}
