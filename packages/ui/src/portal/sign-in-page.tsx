import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { roleName } from "../kit/names.ts";
import { ProblemSummary } from "../kit/notice.tsx";
import type { PageContext, Role } from "../kit/page-context.ts";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Code, Said } from "../kit/text.tsx";

export type SignInProps = Readonly<{
  context: PageContext;
  /** Where to go afterwards; sent back as hidden `next`. */
  next?: string | undefined;
  login?: string | undefined;
  problem?: "sign-in-failed" | "sign-in-required" | "form-expired" | "too-many-tries" | undefined;
  /** Only in a demo. */
  demoAccounts?: readonly DemoAccount[] | undefined;
}>;

export type DemoAccount = Readonly<{ login: string; password: string; role: Role; displayName: string }>;

const words = catalogue(
  {
    title: "登录",
    lead: "登录后可以看到贵公司能领的补贴、依据和到账进度。不用填表，不用交材料。",
    login: "登录名",
    loginHint: "企业用统一社会信用代码",
    password: "密码",
    submit: "登录",
    problemWord: "错误：",
    problem: {
      "sign-in-failed": "登录名或密码不对。请核对后重试；忘记密码请拨 12345。",
      "sign-in-required": "请先登录，登录后会回到刚才的页面。",
      "form-expired": "页面放置太久，已经过期。请再登录一次。",
      "too-many-tries": "尝试次数太多，请一分钟后再试。忘记密码请拨 12345。",
    },
    demo: "演示账户",
    demoLead: "这里都是虚构数据。点“进入”，就以这个身份登录。",
    enterAs: "进入",
    passwordIs: "密码",
  },
  {
    title: "Sign in",
    lead: "See what your firm is entitled to, why, and where the money is. No forms to fill, no papers to hand in.",
    login: "Login",
    loginHint: "Firms use their unified social credit code",
    password: "Password",
    submit: "Sign in",
    problemWord: "Error: ",
    problem: {
      "sign-in-failed": "Login or password is wrong. Check both and try again; if you forgot the password, call 12345.",
      "sign-in-required": "Please sign in first; you will come back to the page you wanted.",
      "form-expired": "The page was open too long and has expired. Please sign in once more.",
      "too-many-tries": "Too many tries. Wait a minute and try again; if you forgot the password, call 12345.",
    },
    demo: "Demo accounts",
    demoLead: "All data here are invented. “Enter” signs you in as that person.",
    enterAs: "Enter",
    passwordIs: "password",
  },
);

/** GET /sign-in. Form: POST /sign-in `login password next _csrf`. */
export function signInPage(props: SignInProps): string {
  const { title, problemWord } = words[props.context.lang];
  const heading = props.problem === undefined ? title : problemWord + title;
  return renderDocument(props.context, { surface: "portal", title: heading, children: <SignIn {...props} /> });
}

function SignIn({ next, login, problem, demoAccounts = [] }: SignInProps) {
  const text = useWords(words);
  return (
    <>
      {problem && <ProblemSummary title={text.problem[problem]} />}
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      <PostForm action="/sign-in" className="card">
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
        <button className="main" type="submit">
          {text.submit}
        </button>
      </PostForm>
      {demoAccounts.length > 0 && <DemoAccounts accounts={demoAccounts} next={next} />}
    </>
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
