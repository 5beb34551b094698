import { renderDocument } from "../kit/document.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";

const words = catalogue(
  {
    start: "自助终端",
    startLead: "查看贵公司能领的补贴、确认领取。用完请点右上角“退出”；3 分钟没有操作会自动退出，不留任何资料。",
    begin: "登录",
    policies: "先看政策，不登录",
    still: "还在办理吗？",
    stillLead: (seconds: number) => `${seconds} 秒内没有操作就自动退出，不留资料。已提交的都已保存。`,
    goOn: "继续办理",
    leave: "我办完了，退出",
    ended: "已退出，没有留下资料",
    endedLead: "您的登录已经结束，本机没有留下您的信息。正在回到首页。",
    toStart: "回到自助终端首页",
  },
  {
    start: "Self-service terminal",
    startLead:
      "See what your firm is entitled to, and confirm it. Press “Sign out” when you are done; after 3 minutes without use it ends by itself and keeps nothing.",
    begin: "Sign in",
    policies: "Look at policies without signing in",
    still: "Are you still there?",
    stillLead: (seconds) =>
      `Without a press within ${seconds} seconds you are signed out, and nothing of yours stays here. What you sent is kept.`,
    goOn: "Go on",
    leave: "I am done, sign out",
    ended: "Signed out; nothing stays here",
    endedLead: "Your session has ended, and nothing of yours stays on this machine. The first page opens by itself.",
    toStart: "To the first page of the terminal",
  },
);

type Shown = Readonly<{ context: PageContext }>;

/** GET /kiosk: where a terminal begins, and where it returns to. */
export function kioskPage({ context }: Shown): string {
  return renderDocument(context, { surface: "portal", title: words[context.lang].start, children: <Start /> });
}

/** GET /kiosk/still-there: asked before a terminal ends by itself. @param from the page to go on with */
export function kioskWarningPage({
  context,
  from,
  seconds,
}: Shown & Readonly<{ from: string; seconds: number }>): string {
  const children = <StillThere from={from} seconds={seconds} />;
  return renderDocument(context, { surface: "portal", title: words[context.lang].still, children });
}

/** GET /kiosk/end. */
export function kioskEndPage({ context }: Shown): string {
  return renderDocument(context, { surface: "portal", title: words[context.lang].ended, children: <Ended /> });
}

function Start() {
  const text = useWords(words);
  return (
    <>
      <h1>{text.start}</h1>
      <p className="lead">{text.startLead}</p>
      <p className="buttons">
        <a className="button" href="/sign-in">
          {text.begin}
        </a>
        <a href="/policies">{text.policies}</a>
      </p>
    </>
  );
}

function StillThere({ from, seconds }: Readonly<{ from: string; seconds: number }>) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.still}</h1>
      <p className="lead" role="status">
        {text.stillLead(seconds)}
      </p>
      <p className="buttons">
        <a className="button" href={from}>
          {text.goOn}
        </a>
        <a href="/kiosk/end">{text.leave}</a>
      </p>
    </>
  );
}

function Ended() {
  const text = useWords(words);
  return (
    <>
      <h1>{text.ended}</h1>
      <p className="lead">{text.endedLead}</p>
      <p className="buttons">
        <a className="button" href="/kiosk">
          {text.toStart}
        </a>
      </p>
    </>
  );
}
