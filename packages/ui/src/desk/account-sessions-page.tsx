import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";

export type AccountSessionsProps = Readonly<{
  context: PageContext;
  typed?: Readonly<{ login: string; reason: string }> | undefined;
  problem?: string | undefined;
  /** How many sessions were ended just now. */
  ended?: number | undefined;
}>;

const words = catalogue(
  {
    title: "结束登录",
    lead: "账户可能被他人使用、人员调离、设备遗失时，立即结束这个账户在所有设备上的登录。谁、为什么，都记入日志。",
    login: "登录名",
    loginHint: "企业用统一社会信用代码；经办人在后面加横线和序号",
    reason: "原因",
    reasonHint: "记入日志，请不要写个人信息",
    submit: "结束所有登录",
    done: (count: number) => `已结束 ${count} 个登录。`,
    problem: "没有结束",
  },
  {
    title: "End sessions",
    lead: "When an account may be in others' hands, somebody has left, or a device is lost: ends the account's sessions on every device at once. Who did it and why goes into the journal.",
    login: "Login",
    loginHint: "Firms: the unified social credit code; delegates have a hyphen and a number after it",
    reason: "Reason",
    reasonHint: "Goes into the journal; no personal data, please",
    submit: "End all sessions",
    done: (count) => `${count} ended.`,
    problem: "Nothing was ended",
  },
);

/** GET /desk/sessions. Form: POST /desk/sessions `login reason _csrf`. */
export function accountSessionsPage(props: AccountSessionsProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <AccountSessions {...props} /> });
}

function AccountSessions({ typed, problem, ended }: AccountSessionsProps) {
  const text = useWords(words);
  return (
    <>
      {problem !== undefined && (
        <ProblemSummary title={text.problem}>
          <p>
            <Said>{problem}</Said>
          </p>
        </ProblemSummary>
      )}
      <h1>{text.title}</h1>
      {ended !== undefined && <Done>{text.done(ended)}</Done>}
      <p className="quiet">{text.lead}</p>
      <PostForm action="/desk/sessions" className="card">
        <Field id="login" name="login" label={text.login} hint={text.loginHint} value={typed?.login} required />
        <Field id="reason" name="reason" label={text.reason} hint={text.reasonHint} value={typed?.reason} required />
        <button className="main" type="submit">
          {text.submit}
        </button>
      </PostForm>
    </>
  );
}
