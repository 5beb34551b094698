import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Instant, Said } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";

export type MessageBrief = Readonly<{
  id: string;
  subject: Bilingual;
  /** ISO instant. */
  createdAt: string;
  read: boolean;
}>;

export type InboxProps = Readonly<{
  context: PageContext;
  messages: readonly MessageBrief[];
  nextHref?: string | undefined;
}>;

const words = catalogue(
  {
    title: "消息",
    empty: "还没有消息。有新的补贴或进度，我们会发到这里，也会发邮件。",
    unread: "未读",
    settings: "怎么通知您",
    toCase: "查看办理进度",
    toOffers: "去核对并确认",
  },
  {
    title: "Messages",
    empty: "No messages yet. News about benefits and payments comes here and by e-mail.",
    unread: "Unread",
    settings: "How we tell you",
    toCase: "See how far it is",
    toOffers: "Check and confirm",
  },
);

/** GET /messages */
export function inboxPage(props: InboxProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Inbox {...props} /> });
}

function Inbox({ messages, nextHref }: InboxProps) {
  const { title, empty, settings } = useWords(words);
  return (
    <>
      <h1>{title}</h1>
      {messages.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <div className="card">
          <MessageList messages={messages} />
        </div>
      )}
      <Paging nextHref={nextHref} />
      <p>
        <a href="/messages/settings">{settings}</a>
      </p>
    </>
  );
}

export function MessageList({ messages }: Pick<InboxProps, "messages">) {
  const { unread } = useWords(words);
  return (
    <ul className="list">
      {messages.map(({ id, subject, createdAt, read }) => (
        <li key={id}>
          <a href={`/messages/${encodeURIComponent(id)}`} {...(!read && { className: "unread" })}>
            {!read && <span className="tag">{unread}</span>}
            <Said>{subject}</Said>
          </a>
          <p className="hint">
            <Instant of={createdAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}

export type MessageProps = Readonly<{
  context: PageContext;
  message: MessageBrief &
    Readonly<{
      /** Plain text; line breaks are kept. */
      body: Bilingual;
      kind: string;
      entitlementId?: string | undefined;
    }>;
}>;

/** GET /messages/:id */
export function messagePage({ context, message }: MessageProps): string {
  const children = <Message message={message} />;
  return renderDocument(context, { surface: "portal", title: inLanguage(message.subject, context.lang), children });
}

function Message({ message: { subject, createdAt, body, kind, entitlementId } }: Pick<MessageProps, "message">) {
  const { title, toCase, toOffers } = useWords(words);
  const { lang } = useReader();
  return (
    <>
      <BackLink href="/messages">{title}</BackLink>
      <article className="card">
        <h1>
          <Said>{subject}</Said>
        </h1>
        <p className="hint">
          <Instant of={createdAt} />
        </p>
        {inLanguage(body, lang)
          .split(/\n{2,}/)
          .map((paragraph) => (
            <p key={paragraph} className="letter" lang={/\p{Script=Han}/u.test(paragraph) ? "zh-CN" : "en"}>
              {paragraph}
            </p>
          ))}
        {kind === "offer" || kind === "reminder" ? (
          <a className="button" href="/offers">
            {toOffers}
          </a>
        ) : (
          entitlementId !== undefined && (
            <a className="button other" href={`/cases/${encodeURIComponent(entitlementId)}`}>
              {toCase}
            </a>
          )
        )}
      </article>
    </>
  );
}
