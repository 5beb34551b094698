import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { fullDayText } from "../kit/calendar.ts";
import { renderDocument } from "../kit/document.tsx";
import { LongField, PostForm } from "../kit/form.tsx";
import {
  grievanceWords,
  type RatingChannel,
  type RatingLevel,
  ratingChannels,
  ratingLevels,
} from "../kit/grievance.ts";
import { ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { rateWords } from "./rate-words.ts";

export type RateProps = Readonly<{
  context: PageContext;
  caseId: string;
  title: Bilingual;
  /** What the firm said of this case so far. */
  said: readonly SaidRating[];
  typed?: Readonly<{ level?: string | undefined; channel?: string | undefined; words: string }> | undefined;
  problem?: Bilingual | undefined;
}>;

export type SaidRating = Readonly<{
  channel: RatingChannel;
  level: RatingLevel;
  words: string;
  /** `YYYY-MM-DD` */
  changeUntil: string;
  mayChange: boolean;
}>;

/** GET /cases/:id/rate. Form: POST /cases/:id/rate `level channel words _csrf`. */
export function ratePage(props: RateProps): string {
  const { title } = rateWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Rate {...props} /> });
}

function Rate({ caseId, title, said, typed, problem }: RateProps) {
  const words = useWords(rateWords);
  const { level, channel } = useWords(grievanceWords);
  const { lang } = useReader();
  const path = `/cases/${encodeURIComponent(caseId)}`;
  const chosen = typed?.channel ?? "portal";
  return (
    <>
      {problem !== undefined && <ProblemSummary title={inLanguage(problem, lang)} />}
      <BackLink href={path}>
        <Said>{title}</Said>
      </BackLink>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {said.length > 0 && <SaidBefore said={said} />}
      <PostForm action={`${path}/rate`} className="stack">
        <Choices legend={words.level} name="level" of={ratingLevels} labels={level} chosen={typed?.level} />
        <Choices legend={words.channel} name="channel" of={ratingChannels} labels={channel} chosen={chosen} />
        <div className="card">
          <LongField id="words" name="words" label={words.words} hint={words.wordsHint} value={typed?.words} />
        </div>
        <button className="main" type="submit">
          {words.send}
        </button>
        <a href={path}>{words.back}</a>
      </PostForm>
    </>
  );
}

type ChoicesProps<Value extends string> = Readonly<{
  legend: string;
  name: string;
  of: readonly Value[];
  labels: Readonly<Record<Value, string>>;
  chosen: string | undefined;
}>;

function Choices<Value extends string>({ legend, name, of, labels, chosen }: ChoicesProps<Value>) {
  return (
    <fieldset className="card">
      <legend className="unseen">{legend}</legend>
      <p aria-hidden="true">
        <strong>{legend}</strong>
      </p>
      {of.map((value) => (
        <label key={value} className="choice">
          <input type="radio" name={name} value={value} defaultChecked={value === chosen} required />
          <span>{labels[value]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function SaidBefore({ said }: Pick<RateProps, "said">) {
  const words = useWords(rateWords);
  const { level, channel } = useWords(grievanceWords);
  const { lang } = useReader();
  return (
    <section className="card" aria-labelledby="said">
      <h2 id="said">{words.said}</h2>
      <ul className="rows">
        {said.map((rating) => (
          <li key={rating.channel}>
            <p className="line">
              <span>{channel[rating.channel]}</span>
              <strong>{level[rating.level]}</strong>
            </p>
            {rating.words !== "" && (
              <p>
                <Said>{rating.words}</Said>
              </p>
            )}
            <p className="hint">
              {rating.mayChange ? words.changeUntil(fullDayText(rating.changeUntil, lang)) : words.closed}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
