import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Instant } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { codeWords } from "./code-words.ts";

export type CodeProblem =
  | Readonly<{ code: "bad-input" | "code-expired" }>
  | Readonly<{ code: "code-wrong"; left: number }>
  /** `retryAt`: ISO instant. */
  | Readonly<{ code: "too-many-tries"; retryAt: string }>;

export type CodeWay = "sms" | "email";

type Shared = Readonly<{
  context: PageContext;
  /** Where to go afterwards; sent back as hidden `next`. */
  next?: string | undefined;
  problem?: CodeProblem | undefined;
}>;

export type AskCodeProps = Shared &
  Readonly<{
    login?: string | undefined;
    /** The first is chosen unless `way` says otherwise. */
    ways: readonly CodeWay[];
    way?: CodeWay | undefined;
  }>;

/** GET /sign-in/code?next=. Form: POST /sign-in/code `login way next _csrf`. */
export function askCodePage(props: AskCodeProps): string {
  const { title } = codeWords[props.context.lang];
  return document(props, title, <AskCode {...props} />);
}

/** GET /sign-in/code/enter?next=. Form: POST /sign-in/code/enter `code next _csrf`. */
export function enterCodePage(props: Shared): string {
  const { enterTitle } = codeWords[props.context.lang];
  return document(props, enterTitle, <EnterCode {...props} />);
}

function document({ context, problem }: Shared, title: string, children: React.ReactNode): string {
  const { problemWord } = codeWords[context.lang];
  const heading = problem === undefined ? title : problemWord + title;
  return renderDocument(context, { surface: "portal", title: heading, children });
}

function AskCode({ login, next, ways, way = ways[0], problem }: AskCodeProps) {
  const words = useWords(codeWords);
  return (
    <>
      <CodeProblemSummary of={problem} />
      <BackLink href={signInHref("/sign-in", next)}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <PostForm action="/sign-in/code" className="card">
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <Field id="login" name="login" label={words.login} value={login} autoComplete="username" required />
        {ways.length > 1 && (
          <fieldset className="stack">
            <legend>{words.way}</legend>
            {ways.map((each) => (
              <label className="choice" key={each}>
                <input type="radio" name="way" value={each} defaultChecked={each === way} />
                <span>{words.ways[each]}</span>
              </label>
            ))}
          </fieldset>
        )}
        <button className="main" type="submit">
          {words.send}
        </button>
      </PostForm>
      <p className="hint">{words.delegates}</p>
    </>
  );
}

function EnterCode({ next, problem }: Shared) {
  const words = useWords(codeWords);
  const askHref = signInHref("/sign-in/code", next);
  const isLocked = problem?.code === "too-many-tries";
  return (
    <>
      <CodeProblemSummary of={problem} />
      <BackLink href={signInHref("/sign-in", next)}>{words.back}</BackLink>
      <h1>{words.enterTitle}</h1>
      {problem === undefined && (
        <p className="lead" role="status">
          {words.sent}
        </p>
      )}
      {!isLocked && problem?.code !== "code-expired" && (
        <PostForm action="/sign-in/code/enter" className="card">
          {next !== undefined && <input type="hidden" name="next" value={next} />}
          <Field
            id="code"
            name="code"
            label={words.code}
            hint={words.codeHint}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
          />
          <button className="main" type="submit">
            {words.submit}
          </button>
        </PostForm>
      )}
      <section aria-labelledby="nothing">
        <h2 id="nothing">{words.nothing}</h2>
        <p>{words.nothingHint}</p>
        <p className="buttons">
          <a className="button" href={askHref}>
            {words.again}
          </a>
        </p>
      </section>
    </>
  );
}

export function CodeProblemSummary({ of }: Readonly<{ of: CodeProblem | undefined }>) {
  const { problem } = useWords(codeWords);
  if (!of) return null;
  if (of.code === "code-wrong") return <ProblemSummary title={problem["code-wrong"](of.left)} />;
  return (
    <ProblemSummary title={problem[of.code]}>
      {of.code === "too-many-tries" && (
        <p>
          <Instant of={of.retryAt} />
        </p>
      )}
    </ProblemSummary>
  );
}

function signInHref(path: string, next: string | undefined): string {
  return next === undefined ? path : `${path}?next=${encodeURIComponent(next)}`;
}
