import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { roleName } from "../kit/names.ts";
import { ProblemSummary } from "../kit/notice.tsx";
import type { PageContext, Role } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Code, Said } from "../kit/text.tsx";
import { signInWords as words } from "./sign-in-words.ts";

export type SignInProps = Readonly<{
  context: PageContext;
  /** Where to go afterwards; sent back as hidden `next`. */
  next?: string | undefined;
  login?: string | undefined;
  problem?: SignInProblem | undefined;
  /** Ways in beside login and password. */
  ways?: Readonly<{ identity?: boolean; code?: boolean }> | undefined;
  /** Only in a demo. */
  demoAccounts?: readonly DemoAccount[] | undefined;
}>;

export type SignInProblem = keyof (typeof words)["zh"]["problem"];

export type DemoAccount = Readonly<{ login: string; password: string; role: Role; displayName: string }>;

/** GET /sign-in. Links: /sign-in/identity, /sign-in/code, both `?next=`. Form: POST /sign-in `login password next _csrf`. */
export function signInPage(props: SignInProps): string {
  const { title, problemWord } = words[props.context.lang];
  const heading = props.problem === undefined ? title : problemWord + title;
  return renderDocument(props.context, { surface: "portal", title: heading, children: <SignIn {...props} /> });
}

function SignIn({ next, login, problem, ways = {}, demoAccounts = [] }: SignInProps) {
  const text = useWords(words);
  const others = ways.identity || ways.code;
  return (
    <>
      {problem && <ProblemSummary title={text.problem[problem]} />}
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      {others && <OtherWays ways={ways} next={next} />}
      <PostForm action="/sign-in" className="card">
        {others && <h2>{text.byPassword}</h2>}
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <Field
          id="login"
          name="login"
          label={text.login}
          hint={text.loginHint}
          value={login}
          autoComplete="username"
          required
        />
        <Field
          id="password"
          name="password"
          type="password"
          label={text.password}
          autoComplete="current-password"
          required
        />
        <button className={others ? "other" : "main"} type="submit">
          {text.submit}
        </button>
      </PostForm>
      {demoAccounts.length > 0 && <DemoAccounts accounts={demoAccounts} next={next} />}
    </>
  );
}

function OtherWays({ ways, next }: Readonly<{ ways: NonNullable<SignInProps["ways"]>; next: string | undefined }>) {
  const text = useWords(words);
  const query = next === undefined ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <div className="card stack">
      {ways.identity && (
        <>
          <p className="hint">{text.byIdentityHint}</p>
          <p className="buttons">
            <a className="button" href={`/sign-in/identity${query}`}>
              {text.byIdentity}
            </a>
          </p>
        </>
      )}
      {ways.code && (
        <p>
          <a href={`/sign-in/code${query}`}>{text.byCode}</a>
          <br />
          <span className="hint">{text.byCodeHint}</span>
        </p>
      )}
    </div>
  );
}

type DemoAccountsProps = Readonly<{ accounts: readonly DemoAccount[]; next?: string | undefined }>;

/** One press per role. Only a demo has these; their passwords are no secret. */
export function DemoAccounts({ accounts, next }: DemoAccountsProps) {
  const text = useWords(words);
  const { lang } = useReader();
  return (
    <section className="card" aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{text.demo}</h2>
      <p className="hint">{text.demoLead}</p>
      <ul className="list rows">
        {accounts.map(({ login, password, role, displayName }) => (
          <li key={login}>
            <PostForm action="/sign-in" className="account">
              <p>
                <strong>{roleName(role, lang)}</strong>
                <br />
                <Said>{displayName}</Said>
                <br />
                <span className="hint">
                  <Code>{login}</Code> · {text.passwordIs} <Code>{password}</Code>
                </span>
              </p>
              <input type="hidden" name="login" value={login} />
              <input type="hidden" name="password" value={password} />
              {next !== undefined && <input type="hidden" name="next" value={next} />}
              <button className="other" type="submit">
                {text.enterAs}
                <span className="unseen">
                  {" "}
                  <Said>{displayName}</Said>
                </span>
              </button>
            </PostForm>
          </li>
        ))}
      </ul>
    </section>
  );
}

export type SignedOutProps = Readonly<{
  context: PageContext;
  /** Where the provider forgets the person too. */
  elsewhereHref?: string | undefined;
}>;

/** What is shown after POST /sign-out where somebody signed in elsewhere, and GET /signed-out. */
export function signedOutPage(props: SignedOutProps): string {
  const { signedOut } = words[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title: signedOut, children: <SignedOut {...props} /> });
}

function SignedOut({ elsewhereHref }: SignedOutProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.signedOut}</h1>
      <p>{text.signedOutLead}</p>
      {elsewhereHref !== undefined && <p>{text.elsewhere}</p>}
      <p className="buttons">
        {elsewhereHref !== undefined && (
          <a className="button" href={elsewhereHref}>
            {text.goElsewhere}
          </a>
        )}
        <a href="/sign-in">{text.again}</a>
      </p>
    </>
  );
}
