import { renderToStaticMarkup } from "react-dom/server";
import type { Bilingual } from "../kit/bilingual.ts";
import { inLanguage } from "../kit/bilingual.ts";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, ReaderProvider, useReader, useWords } from "../kit/reader.ts";
import { assetPath } from "../kit/static-assets.ts";
import { Said } from "../kit/text.tsx";
import { PaidSoFar, type PolicyBrief, Validity } from "./policy-page.tsx";

export type WidgetProps = Readonly<{
  /** Language and size alone: a page that any site may frame knows nothing of who looks at it. */
  context: Pick<PageContext, "lang" | "largeText">;
  /** Absent where there is no such policy, or no longer. */
  policy?: PolicyBrief | undefined;
  /** Address on this site of the policy's page, or of all policies; a frame resolves it against the widget's own. */
  href: string;
}>;

const words = catalogue(
  {
    lead: "免申即享：符合条件就发放，不用您提出。",
    more: "看条件、指南和资金（新窗口）",
    gone: "没有这项政策",
    all: "看在执行的政策（新窗口）",
  },
  {
    lead: "Whoever meets the conditions is paid without asking.",
    more: "Conditions, guide and fund (new window)",
    gone: "There is no such policy",
    all: "Policies in force (new window)",
  },
);

/** GET /widget/:policy, for frames on other sites: no menu, no form, no script, nobody's name. */
export function widgetPage(props: WidgetProps): string {
  const context = { ...props.context, path: "/" };
  const markup = renderToStaticMarkup(
    <ReaderProvider value={context}>
      <Widget {...props} />
    </ReaderProvider>,
  );
  return `<!doctype html>${markup}`;
}

function Widget({ policy, href }: WidgetProps) {
  const { lang, largeText } = useReader();
  const text = useWords(words);
  const title: Bilingual = policy?.title ?? text.gone;
  return (
    <html lang={lang === "zh" ? "zh-CN" : "en"} className={largeText ? "portal large" : "portal"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{inLanguage(title, lang)}</title>
        <link rel="stylesheet" href={assetPath("portal.css")} />
      </head>
      <body>
        <main id="main">
          <h1>
            <Said>{title}</Said>
          </h1>
          {policy && <Facts policy={policy} />}
          <p>
            <a href={href} target="_blank" rel="noopener">
              {policy ? text.more : text.all}
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}

function Facts({ policy }: Readonly<{ policy: PolicyBrief }>) {
  return (
    <>
      <p className="lead">{useWords(words).lead}</p>
      {policy.summary !== undefined && (
        <p>
          <Said>{policy.summary}</Said>
        </p>
      )}
      <p className="hint">
        <Validity {...policy} />
        <br />
        <PaidSoFar {...policy} />
      </p>
    </>
  );
}
