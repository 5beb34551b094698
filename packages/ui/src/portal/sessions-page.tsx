import { instantText } from "../kit/calendar.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import { Done } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Instant } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { sessionsWords } from "./sessions-words.ts";

export type SessionView = Readonly<{
  id: string;
  method: "password" | "identity" | "code";
  isKiosk: boolean;
  /** ISO instants. */
  openedAt: string;
  lastSeenAt: string;
  expiresAt: string;
}>;

export type SessionsProps = Readonly<{
  context: PageContext;
  /** Last used first. */
  sessions: readonly SessionView[];
  /** Id of the one that reads this. */
  own: string;
  done?: boolean;
}>;

/** GET /sessions. Forms: POST /sessions/<id>/end `_csrf`, POST /sessions/end-all `_csrf`. */
export function sessionsPage(props: SessionsProps): string {
  const { title } = sessionsWords[props.context.lang];
  const surface = props.context.user?.role === "enterprise" ? "portal" : "desk";
  return renderDocument(props.context, { surface, title, children: <Sessions {...props} /> });
}

function Sessions({ sessions, own, done }: SessionsProps) {
  const words = useWords(sessionsWords);
  return (
    <>
      <BackLink href="/">{words.back}</BackLink>
      <h1>{words.title}</h1>
      {done && <Done>{words.done}</Done>}
      <p className="lead">{words.lead}</p>
      <ul className="list stack">
        {sessions.map((session) => (
          <li className="card stack" key={session.id}>
            <SessionCard session={session} isOwn={session.id === own} />
          </li>
        ))}
      </ul>
      <PostForm action="/sessions/end-all" className="card">
        <p>{words.everywhereHint}</p>
        <button className="main" type="submit">
          {words.everywhere}
        </button>
      </PostForm>
      <p className="hint">{words.idle}</p>
    </>
  );
}

function SessionCard({ session, isOwn }: Readonly<{ session: SessionView; isOwn: boolean }>) {
  const words = useWords(sessionsWords);
  const { lang } = useReader();
  const { id, method, isKiosk, openedAt, lastSeenAt, expiresAt } = session;
  return (
    <>
      {isOwn && <strong>{words.this}</strong>}
      <DetailsList
        of={[
          [words.how, words.method[method] + (isKiosk ? ` · ${words.kiosk}` : "")],
          [words.opened, <Instant key="opened" of={openedAt} />],
          [words.seen, <Instant key="seen" of={lastSeenAt} />],
          [words.until, <Instant key="until" of={expiresAt} />],
        ]}
      />
      {!isOwn && (
        <PostForm action={`/sessions/${encodeURIComponent(id)}/end`}>
          <button className="other" type="submit">
            {words.end}
            <span className="unseen">{words.of(instantText(openedAt, lang))}</span>
          </button>
        </PostForm>
      )}
    </>
  );
}
