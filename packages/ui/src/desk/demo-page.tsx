import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Instant, Said } from "../kit/text.tsx";
import { type DemoAccount, DemoAccounts } from "../portal/sign-in-page.tsx";
import { demoWords } from "./demo-words.ts";

export type DemoProps = Readonly<{
  context: PageContext;
  /** ISO instant of the simulated clock. */
  now: string;
  next?: Readonly<{ at: string; what: Bilingual }> | undefined;
  accounts: readonly DemoAccount[];
  /** The last mails that the local mail server caught, newest first. */
  mails: readonly DemoMail[];
  /** What the last move of the clock set off. */
  ran: readonly Readonly<{ at: string; what: Bilingual }>[];
}>;

export type DemoMail = Readonly<{ id: string; to: string; subject: string; at: string; text: string }>;

/** GET /demo. Form: POST /demo/clock `step` = `hour` | `day` | `next`, `_csrf`. */
export function demoPage(props: DemoProps): string {
  const { title } = demoWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Demo {...props} /> });
}

function Demo(props: DemoProps) {
  const words = useWords(demoWords);
  return (
    <>
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      <div className="columns even demo">
        <div className="stack">
          <Clock {...props} />
          <section className="card" aria-labelledby="walk">
            <h2 id="walk">{words.walk}</h2>
            <ol className="numbered">
              {words.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <p>
              {words.public}
              <a href="/results">{words.results}</a> · <a href="/policies">{words.policies}</a>
            </p>
          </section>
        </div>
        <DemoAccounts accounts={props.accounts} />
        <Mails mails={props.mails} />
      </div>
    </>
  );
}

function Clock({ now, next, ran }: DemoProps) {
  const words = useWords(demoWords);
  return (
    <section className="card" aria-labelledby="clock">
      <h2 id="clock">{words.clock}</h2>
      <p className="clock">
        <Instant of={now} />
      </p>
      {next && (
        <p>
          {words.next}
          <Said>{next.what}</Said> <Instant of={next.at} />
        </p>
      )}
      <PostForm action="/demo/clock" className="buttons">
        <button className="main" type="submit" name="step" value="next">
          {words.toNext}
        </button>
        <button className="other" type="submit" name="step" value="hour">
          {words.hour}
        </button>
        <button className="other" type="submit" name="step" value="day">
          {words.day}
        </button>
      </PostForm>
      <p className="hint">{words.clockHint}</p>
      {ran.length > 0 && (
        <div role="status" className="stack">
          <h3>{words.ran}</h3>
          <ul className="list">
            {ran.map(({ at, what }) => (
              <li key={at + inLanguage(what, "zh")}>
                <Instant of={at} /> <Said>{what}</Said>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Mails({ mails }: Pick<DemoProps, "mails">) {
  const words = useWords(demoWords);
  return (
    <section className="card" aria-labelledby="mails">
      <h2 id="mails">{words.mails}</h2>
      {mails.length === 0 && <Empty>{words.noMails}</Empty>}
      {mails.map(({ id, to, subject, at, text }) => (
        <details key={id}>
          <summary>
            <Said>{subject}</Said>{" "}
            <span className="hint">
              {words.to} {to} · <Instant of={at} />
            </span>
          </summary>
          <p className="letter">
            <Said>{text}</Said>
          </p>
        </details>
      ))}
    </section>
  );
}
