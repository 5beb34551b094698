import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { entryOf, isWithin, withChoice } from "./address.ts";
import { PostForm } from "./form.tsx";
import { layoutWords } from "./layout-words.ts";
import { menuOf } from "./menu.ts";
import type { PageContext } from "./page-context.ts";
import { ReaderProvider, useReader, useWords } from "./reader.ts";
import { assetPath } from "./static-assets.ts";
import { Instant, Said } from "./text.tsx";

type DocumentProps = Readonly<{
  /** Portal: one column, phone first, large type. Desk: wide, dense. */
  surface: "portal" | "desk";
  title: string;
  script?: "confirm.js";
  /** For a portal page that is a table. */
  wide?: boolean;
  children: ReactNode;
}>;

/** A complete HTML document. Plain markup: no state, no inline style or script, nothing to hydrate. */
export function renderDocument(context: PageContext, props: DocumentProps): string {
  const markup = renderToStaticMarkup(
    <ReaderProvider value={context}>
      <Document {...props} />
    </ReaderProvider>,
  );
  return `<!doctype html>${markup}`;
}

function Document({ surface, title, script, wide, children }: DocumentProps) {
  const { lang, largeText, user } = useReader();
  const words = useWords(layoutWords);
  return (
    <html
      lang={lang === "zh" ? "zh-CN" : "en"}
      className={[surface, largeText && "large", wide && "wide"].filter(Boolean).join(" ")}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${words.name}`}</title>
        <link rel="icon" href={assetPath("icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath(`${surface}.css`)} />
        {script && <script src={assetPath(script)} defer />}
      </head>
      <body>
        <a className="skip" href="#main">
          {words.skip}
        </a>
        <Masthead surface={surface} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer className="footer">
          {user && (
            <p>
              <a href="/sessions">{words.sessions}</a>
            </p>
          )}
          <p>{surface === "portal" ? words.footerHelp : words.footerDesk}</p>
          {surface === "portal" && user?.role !== "auditor" && <p>{words.footerTrust}</p>}
        </footer>
      </body>
    </html>
  );
}

function Masthead({ surface }: Pick<DocumentProps, "surface">) {
  const { user, demoClock } = useReader();
  const words = useWords(layoutWords);
  const homeHref = user === undefined ? "/" : (menuOf(user.role)[0]?.href ?? "/");
  return (
    <header className="masthead">
      <div className="bar">
        <a className="brand" href={homeHref}>
          {surface === "portal" ? words.name : words.deskName}
        </a>
        <Settings />
      </div>
      {user && (
        <div className="bar who">
          <p>
            <Said>{user.firmName ?? user.displayName}</Said>
            {user.firmName && (
              <span className="quiet">
                {" · "}
                <Said>{user.displayName}</Said>
              </span>
            )}
          </p>
          {user.isGuardian && (
            <PostForm action="/wards/back">
              <button className="link" type="submit">
                {words.backToOwn}
              </button>
            </PostForm>
          )}
          <PostForm action="/sign-out">
            <button className="link" type="submit">
              {words.signOut}
            </button>
          </PostForm>
        </div>
      )}
      <Menu />
      {demoClock && (
        <p className="demo-clock">
          {words.demoClock} <Instant of={demoClock} /> · <a href="/demo">{words.demoLink}</a>
        </p>
      )}
    </header>
  );
}

function Settings() {
  const { lang, largeText, path } = useReader();
  const words = useWords(layoutWords);
  const other = lang === "zh" ? "en" : "zh";
  return (
    <nav className="settings" aria-label={words.settings}>
      <a href={withChoice(path, "lang", other)} lang={other === "zh" ? "zh-CN" : "en"} hrefLang={other}>
        {words.otherLanguage}
      </a>
      <a href={withChoice(path, "large", largeText ? "0" : "1")}>{largeText ? words.normalText : words.largeText}</a>
    </nav>
  );
}

function Menu() {
  const { user, path, unreadMessages = 0 } = useReader();
  const words = useWords(layoutWords);
  const entries = menuOf(user?.role);
  const current = entryOf(
    path,
    entries.map(({ href }) => href),
  );
  return (
    <nav className="menu" aria-label={words.menu}>
      <ul>
        {entries.map(({ href, word }) => (
          <li key={href}>
            <a href={href} {...(href === current && { "aria-current": "page" })}>
              {words[word]}
              {word === "messages" && unreadMessages > 0 && (
                <span className="badge">
                  {unreadMessages}
                  <span className="unseen"> {words.unread(unreadMessages)}</span>
                </span>
              )}
            </a>
          </li>
        ))}
        {!user && (
          <li>
            <a href="/sign-in" {...(isWithin(path, "/sign-in") && { "aria-current": "page" })}>
              {words.signIn}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
