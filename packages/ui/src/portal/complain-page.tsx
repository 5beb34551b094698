import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import { LongField, PostForm } from "../kit/form.tsx";
import { ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { ticketsWords } from "./tickets-words.ts";

export type ComplainProps = Readonly<{
  context: PageContext;
  kind: "complaint" | "objection";
  /** Title of the benefit, label of the fact, or the entry of the public list. */
  subject: Bilingual;
  /** Where the form goes to: `/cases/…/complain`. */
  action: string;
  cancelHref: string;
  /** The conditions of the decision to choose from; absent where it is no case. */
  conditions?: readonly Readonly<{ name: string; sentence: Bilingual }>[] | undefined;
  typed?: Readonly<{ words: string; condition?: string | undefined }> | undefined;
  problem?: Bilingual | undefined;
}>;

/**
 * GET /cases/:id/complain, /my-data/complain?fact=, /results/:id/object. Forms: POST to the same address
 * `words condition _csrf`.
 */
export function complainPage(props: ComplainProps): string {
  const words = ticketsWords[props.context.lang];
  const title = props.kind === "objection" ? words.objectTitle : words.complainTitle;
  return renderDocument(props.context, { surface: "portal", title, children: <Complain {...props} /> });
}

function Complain({ kind, subject, action, cancelHref, conditions = [], typed, problem }: ComplainProps) {
  const words = useWords(ticketsWords);
  const { lang } = useReader();
  return (
    <>
      {problem !== undefined && <ProblemSummary title={inLanguage(problem, lang)} />}
      <h1>{kind === "objection" ? words.objectTitle : words.complainTitle}</h1>
      <p className="lead">{kind === "objection" ? words.objectLead : words.complainLead}</p>
      <PostForm action={action} className="card stack">
        <h2>
          <Said>{subject}</Said>
        </h2>
        {conditions.length > 0 && (
          <div className="field">
            <label htmlFor="condition">{words.which}</label>
            <select id="condition" name="condition" defaultValue={typed?.condition ?? ""}>
              <option value="">{words.wholeCase}</option>
              {conditions.map(({ name, sentence }) => (
                <option key={name} value={name}>
                  {inLanguage(sentence, lang)}
                </option>
              ))}
            </select>
          </div>
        )}
        <LongField id="words" name="words" label={words.words} hint={words.wordsHint} value={typed?.words} required />
        <button className="main" type="submit">
          {words.send}
        </button>
        <a href={cancelHref}>{words.cancel}</a>
      </PostForm>
    </>
  );
}
