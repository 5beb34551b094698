import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import type { Fund } from "../kit/fund.ts";
import { FundBar } from "../kit/fund-bar.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Day, Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { Comments, type PublishedComment } from "./comment-page.tsx";
import { GuideCard, type GuideView } from "./guide-card.tsx";
import { policyWords } from "./policy-words.ts";
import { widgetSnippet } from "./widget-snippet.ts";

/** What a benefit is: money of the treasury, or something that reaches the firm without it. */
export type BenefitKind = "cash" | "taxRelief" | "billDeduction" | "rentReduction" | "qualification";

export type PolicyBrief = Readonly<{
  id: string;
  version: number;
  title: Bilingual;
  /** One sentence: who gets how much. */
  summary?: Bilingual | undefined;
  issuer?: Bilingual | undefined;
  kind: BenefitKind;
  /** GB/T 2260, where the rule binds firms to one place. */
  regionCode?: string | undefined;
  validFrom: string;
  validTo?: string | undefined;
  paidCount: number;
  paidFen: string;
}>;

export function Validity({ validFrom, validTo }: Pick<PolicyBrief, "validFrom" | "validTo">) {
  const words = useWords(policyWords);
  return (
    <>
      <Day of={validFrom} full />
      {words.to}
      {validTo === undefined ? words.openEnd : <Day of={validTo} full />}
    </>
  );
}

export function PaidSoFar({ paidCount, paidFen }: Pick<PolicyBrief, "paidCount" | "paidFen">) {
  const words = useWords(policyWords);
  return (
    <>
      {words.paidSoFar(paidCount)}
      <Yuan fen={paidFen} />
    </>
  );
}

export type PolicyProps = Readonly<{
  context: PageContext;
  policy: PolicyBrief;
  /** The rule in plain words; nested groups as children. */
  rule: readonly RuleLine[];
  benefit: Bilingual;
  /** How the money is given out when it is short, and by when it is paid. */
  money?: readonly Bilingual[] | undefined;
  clauses: readonly Clause[];
  document?: string | undefined;
  guide: GuideView;
  /** Absolute address of the page that other sites may frame. */
  widget?: string | undefined;
  fund?: Fund | undefined;
  /** Every version that was published, the newest first. */
  history?: readonly PublishedVersion[] | undefined;
  /** Published with their answers, the newest first; absent where nobody can comment. */
  comments?: readonly PublishedComment[] | undefined;
  /** The reader has just said something. */
  isCommented?: boolean;
}>;

export type PublishedVersion = Readonly<{
  version: number;
  validFrom: string;
  validTo?: string | undefined;
  publishedOn: string;
}>;

export type RuleLine = Readonly<{
  sentence: Bilingual;
  clause?: string | undefined;
  source?: Bilingual | undefined;
  children?: readonly RuleLine[] | undefined;
}>;

/** As published, in Chinese. */
export type Clause = Readonly<{ name: string; text: string }>;

/** GET /policies/:id */
export function policyPage(props: PolicyProps): string {
  const title = inLanguage(props.policy.title, props.context.lang);
  return renderDocument(props.context, { surface: "portal", title, children: <Policy {...props} /> });
}

function Policy({
  policy,
  rule,
  benefit,
  money = [],
  clauses,
  document,
  guide,
  widget,
  fund,
  history = [],
  comments,
  isCommented = false,
}: PolicyProps) {
  const words = useWords(policyWords);
  return (
    <>
      <BackLink href="/policies">{words.title}</BackLink>
      <h1>
        <Said>{policy.title}</Said>
      </h1>
      {policy.summary !== undefined && (
        <p className="lead">
          <Said>{policy.summary}</Said>
        </p>
      )}
      <section className="card" aria-labelledby="who">
        <h2 id="who">{words.who}</h2>
        <RuleList lines={rule} />
      </section>
      <section className="card" aria-labelledby="how-much">
        <h2 id="how-much">{words.howMuch}</h2>
        <p>
          <Said>{benefit}</Said>
        </p>
        {money.length > 0 && (
          <>
            <h3>{words.whenShort}</h3>
            <ul className="list">
              {money.map((sentence) => (
                <li key={inLanguage(sentence, "zh")}>
                  <Said>{sentence}</Said>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <GuideCard guide={guide} />
      <section className="card" aria-labelledby="text">
        <h2 id="text">{words.document}</h2>
        <DetailsList
          of={[
            policy.issuer !== undefined && [words.issuer, <Said key="issuer">{policy.issuer}</Said>],
            document !== undefined && [words.document, <Said key="document">{document}</Said>],
            [words.validity, <Validity key="validity" {...policy} />],
            [words.version, words.versionNo(policy.version)],
          ]}
        />
        {history.length > 1 && <History of={history} />}
        {widget !== undefined && <Embed address={widget} title={policy.title} />}
      </section>
      {fund && (
        <section className="card" aria-labelledby="fund">
          <h2 id="fund">{words.fund}</h2>
          <FundBar fund={fund} />
          <p className="hint">
            <PaidSoFar {...policy} /> ·{" "}
            <a href={`/results?policy=${encodeURIComponent(policy.id)}`}>{words.toResults}</a>
          </p>
        </section>
      )}
      <Clauses clauses={clauses} />
      {comments && <Comments policyId={policy.id} comments={comments} isSaid={isCommented} />}
    </>
  );
}

/** A correction is a new version; decisions keep theirs. */
function History({ of }: Readonly<{ of: readonly PublishedVersion[] }>) {
  const words = useWords(policyWords);
  return (
    <details>
      <summary>{words.history}</summary>
      <ul className="list">
        {of.map((each) => (
          <li key={each.version}>
            {words.versionNo(each.version)} · <Validity {...each} /> · {words.published}{" "}
            <Day of={each.publishedOn} full />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Embed({ address, title }: Readonly<{ address: string; title: Bilingual }>) {
  const words = useWords(policyWords);
  const { lang } = useReader();
  return (
    <details>
      <summary>{words.embed}</summary>
      <p className="hint">{words.embedHow}</p>
      <p>
        <code className="code">
          <Said>{widgetSnippet(address, inLanguage(title, lang))}</Said>
        </code>
      </p>
    </details>
  );
}

function RuleList({ lines }: Readonly<{ lines: readonly RuleLine[] }>) {
  const words = useWords(policyWords);
  return (
    <ul className="conditions">
      {lines.map(({ sentence, clause, source, children }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <li key={index}>
          <Said>{sentence}</Said>
          <p className="evidence">
            {source !== undefined && (
              <>
                {words.dataFrom}
                <Source of={source} />
              </>
            )}
            {source !== undefined && clause !== undefined && " · "}
            {clause !== undefined && <Said>{words.basis(clause)}</Said>}
          </p>
          {children && children.length > 0 && <RuleList lines={children} />}
        </li>
      ))}
    </ul>
  );
}

function Clauses({ clauses }: Pick<PolicyProps, "clauses">) {
  const words = useWords(policyWords);
  if (clauses.length === 0) return null;
  return (
    <section className="card" aria-labelledby="clauses">
      <h2 id="clauses">{words.clauses}</h2>
      {clauses.map(({ name, text }) => (
        <div key={name} lang="zh-CN" className="stack">
          <h3>{name}</h3>
          <p className="quote">{text}</p>
        </div>
      ))}
    </section>
  );
}
