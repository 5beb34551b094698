import type { ReactNode } from "react";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Code, Day, Instant, Said } from "../kit/text.tsx";
import type { FactRow } from "../portal/my-data-page.tsx";

type Unused<Row> = Row extends unknown ? Omit<Row, "usedFor" | "detail"> : never;
export type KnownFact = Unused<FactRow> &
  Readonly<{
    /** What the sources say, where they are too old or disagree. */
    detail?: string | undefined;
    deliveryId?: string | undefined;
  }>;

export type KnownFactsProps = Readonly<{
  context: PageContext;
  filter: Readonly<{ firm: string; about: string; knownOn: string }>;
  /** Absent before the first search, and where there is no such firm. */
  firm?: Readonly<{ code: string; name: string }> | undefined;
  facts: readonly KnownFact[];
  /** People's data among them are hidden, and this reader may see them for a reason. */
  hidesPeople?: boolean | undefined;
  /** Why they are shown. */
  reason?: string | undefined;
}>;

const words = catalogue(
  {
    title: "当时知道什么",
    lead: "一家企业在某一天的数据，按另一天已经收到的为准。后来补交、更正的不算在内；什么都没有被覆盖。",
    firm: "统一社会信用代码",
    about: "数据说的是哪一天",
    knownOn: "截至哪一天收到的",
    show: "查看",
    noFirm: "登记里没有这家企业。请核对统一社会信用代码。",
    empty: "截至那一天，没有收到关于这家企业的数据。",
    hidden: "个人信息已隐去。确需查看的，请写明理由；理由连同您的姓名记入日志。",
    why: "查看理由",
    reveal: "写明理由并查看",
    revealed: (reason: string) => `个人信息已按理由“${reason}”显示，并已记入日志。`,
    fact: "数据项",
    value: "值",
    source: "来源",
    asOf: "数据日期",
    obtained: "收到时间",
    reason: {
      "not-obtained": "没有",
      "not-connected": "部门未接通",
      "answers-only": "部门只答复是否符合",
      stale: "太旧，不作数",
      conflict: "来源之间不一致，不作数",
    },
  },
  {
    title: "What was known",
    lead: "What holds of a firm on one day, by what had arrived on another. What came or was corrected later is left out; nothing was ever overwritten.",
    firm: "Credit code",
    about: "Day the data speak of",
    knownOn: "Arrived by",
    show: "Show",
    noFirm: "No such firm is registered. Check the credit code.",
    empty: "By that day nothing had arrived about this firm.",
    hidden: "People's data are hidden. If you need them, say why; the reason goes into the journal with your name.",
    why: "Reason",
    reveal: "Give the reason and show",
    revealed: (reason) => `People's data are shown for the reason "${reason}", which is in the journal.`,
    fact: "Fact",
    value: "Value",
    source: "Source",
    asOf: "As of",
    obtained: "Arrived",
    reason: {
      "not-obtained": "none",
      "not-connected": "department not connected",
      "answers-only": "department only confirms or denies",
      stale: "too old to count",
      conflict: "sources disagree; does not count",
    },
  },
);

/** GET /audit/facts?firm=&about=&known=; POST /audit/facts `firm about known reason` shows people's data too. */
export function knownFactsPage(props: KnownFactsProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <KnownFacts {...props} /> });
}

function KnownFacts({ filter, firm, facts, hidesPeople = false, reason }: KnownFactsProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      <form method="get" action="/audit/facts" className="card filter" aria-label={text.show}>
        <Field id="firm" name="firm" label={text.firm} value={filter.firm} required />
        <Field id="about" name="about" type="date" label={text.about} value={filter.about} />
        <Field id="known" name="known" type="date" label={text.knownOn} value={filter.knownOn} />
        <button className="main" type="submit">
          {text.show}
        </button>
      </form>
      {filter.firm !== "" && !firm && <Empty>{text.noFirm}</Empty>}
      {firm && facts.length === 0 && <Empty>{text.empty}</Empty>}
      {firm && facts.length > 0 && (
        <section className="stack" aria-labelledby="whose">
          <h2 id="whose">
            <Said>{firm.name}</Said>
          </h2>
          {reason !== undefined && <p className="warn">{text.revealed(reason)}</p>}
          <Facts facts={facts} />
          {hidesPeople && (
            <PostForm action="/audit/facts" className="card stack" aria-label={text.reveal}>
              <p>{text.hidden}</p>
              <input type="hidden" name="firm" value={filter.firm} />
              <input type="hidden" name="about" value={filter.about} />
              <input type="hidden" name="known" value={filter.knownOn} />
              <Field id="reason" name="reason" label={text.why} value="" required />
              <button type="submit">{text.reveal}</button>
            </PostForm>
          )}
        </section>
      )}
    </>
  );
}

function Facts({ facts }: Pick<KnownFactsProps, "facts">) {
  const text = useWords(words);
  return (
    <DataTable
      caption={text.fact}
      captionUnseen
      rows={facts}
      keyOf={({ id }) => id}
      columns={[
        {
          head: text.fact,
          cell: ({ id, label }) => (
            <>
              <Said>{label}</Said> <Code>{id}</Code>
            </>
          ),
        },
        { head: text.value, cell: (fact) => <Value fact={fact} /> },
        { head: text.source, cell: ({ source }) => <Source of={source} /> },
        { head: text.asOf, cell: (fact) => fact.state === "known" && <Day of={fact.asOf} full /> },
        {
          head: text.obtained,
          cell: ({ deliveryId, ...fact }) =>
            fact.state === "known" &&
            fact.obtainedAt !== undefined && (
              <DeliveryLink id={deliveryId}>
                <Instant of={fact.obtainedAt} />
              </DeliveryLink>
            ),
        },
      ]}
    />
  );
}

function DeliveryLink({ id, children }: Readonly<{ id: string | undefined; children: ReactNode }>) {
  return id === undefined ? children : <a href={`/desk/deliveries?id=${encodeURIComponent(id)}`}>{children}</a>;
}

function Value({ fact }: Readonly<{ fact: KnownFact }>) {
  const text = useWords(words);
  if (fact.state === "known") return <Said>{fact.value}</Said>;
  return (
    <>
      <span className="warn">{text.reason[fact.reason]}</span>
      {fact.detail !== undefined && (
        <>
          <br />
          <span className="hint">{fact.detail}</span>
        </>
      )}
    </>
  );
}
