import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Code, Said } from "../kit/text.tsx";

export type ErrorProps = Readonly<{
  context: PageContext;
  status: number;
  /** Code of the problem; known ones get their own words and way on. */
  code: string;
  /** The sentence of the problem; shown when the code has no words of its own. */
  message: Bilingual;
  requestId: string;
  /** Where to go on; `/` when absent. */
  backHref?: string | undefined;
}>;

type Words = Readonly<{ title: string; next: string }>;

const words = catalogue(
  {
    known: {
      "not-found": { title: "没有找到这个页面", next: "地址可能不完整，或者它不属于您。请从首页进入。" },
      "not-allowed": { title: "您没有权限看这个页面", next: "如果工作需要，请换一个账户登录，或联系管理员。" },
      "form-expired": {
        title: "页面已经过期",
        next: "放置太久，或在别处重新登录过。请返回后再提交一次，什么都没有丢。",
      },
      "sign-in-required": {
        title: "您的登录已经结束",
        next: "刚才的内容没有提交，什么都没有丢。请从首页重新登录，再办一次。",
      },
      "changed-meanwhile": { title: "信息刚刚有变化", next: "请返回核对最新内容，再办理一次。" },
      "confirmation-closed": { title: "确认期限已过", next: "如果不是您的原因，请拨 12345 或到政务大厅窗口说明。" },
      "entitlement-not-open": { title: "这项补贴现在不能这样办理", next: "可能已经办过了。请到首页看最新进度。" },
    } as Readonly<Record<string, Words>>,
    mistake: { next: "请返回改正后再试。" },
    failure: {
      title: "系统出错了",
      next: "是我们的问题，您的数据没有丢。请过几分钟再试；还不行请拨 12345，报请求编号。",
    },
    request: "请求编号",
    retry: "返回",
    home: "回到首页",
  },
  {
    known: {
      "not-found": {
        title: "There is no such page",
        next: "The address may be incomplete, or it is not yours. Start from the home page.",
      },
      "not-allowed": {
        title: "You may not see this page",
        next: "If your work needs it, sign in with another account or ask the administrator.",
      },
      "form-expired": {
        title: "The page has expired",
        next: "It was open too long, or you signed in elsewhere. Go back and send it once more; nothing is lost.",
      },
      "sign-in-required": {
        title: "You are no longer signed in",
        next: "Nothing was sent and nothing is lost. Sign in again from the home page and do it once more.",
      },
      "changed-meanwhile": {
        title: "Something has just changed",
        next: "Go back, look at the newest state and do it once more.",
      },
      "confirmation-closed": {
        title: "The time to confirm has passed",
        next: "Not your doing? Call 12345 or visit a service hall.",
      },
      "entitlement-not-open": {
        title: "Not possible in the present state",
        next: "It may have been done already. The home page shows the newest state.",
      },
    },
    mistake: { next: "Please go back, correct it and try again." },
    failure: {
      title: "Something went wrong",
      next: "The fault is ours and your data are safe. Try again in a few minutes; if it stays, call 12345 and give the request number.",
    },
    request: "Request number",
    retry: "Go back",
    home: "Back to home",
  },
);

const sameAs: Readonly<Record<string, string>> = {
  "case-not-found": "not-found",
  "guardianship-not-found": "not-found",
  "batch-not-found": "not-found",
  "policy-not-found": "not-found",
  "payment-not-found": "not-found",
  "entitlement-not-found": "not-found",
};

function wordsOf({ context: { lang }, status, code, message }: ErrorProps): Words {
  const text = words[lang];
  const known = text.known[sameAs[code] ?? code];
  if (known) return known;
  if (status >= 500) return text.failure;
  return { title: inLanguage(message, lang), next: text.mistake.next };
}

/** Any problem, for a person. */
export function errorPage(props: ErrorProps): string {
  const { title } = wordsOf(props);
  const surface = props.context.user && props.context.user.role !== "enterprise" ? "desk" : "portal";
  return renderDocument(props.context, { surface, title, children: <Problem {...props} /> });
}

function Problem(props: ErrorProps) {
  const { request, retry, home } = useWords(words);
  const { title, next } = wordsOf({ ...props, context: useReader() });
  return (
    <>
      <h1>
        <Said>{title}</Said>
      </h1>
      <p>{next}</p>
      <p className="hint">
        {request} <Code>{props.requestId}</Code>
      </p>
      <div className="buttons">
        <a className="button" href={props.backHref ?? "/"}>
          {props.backHref === undefined ? home : retry}
        </a>
      </div>
    </>
  );
}
