import { renderDocument } from "../kit/document.tsx";
import { Field } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import { Code, Instant } from "../kit/text.tsx";
import { type JournalEventView, JournalTable } from "./journal-table.tsx";

export type AuditJournalProps = Readonly<{
  context: PageContext;
  events: readonly JournalEventView[];
  /** As in the URL; days as `YYYY-MM-DD`. */
  filter: Readonly<{
    type?: string | undefined;
    subject?: string | undefined;
    actor?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  }>;
  /** Every event type, for the filter. */
  types: readonly string[];
  chain: ChainView;
  nextHref?: string | undefined;
  previousHref?: string | undefined;
}>;

export type ChainView = Readonly<{
  verified: boolean;
  sealed: number;
  events: number;
  checkedAt?: string | undefined;
  /** Index of the first seal that does not hold. */
  brokenAt?: string | undefined;
  /** Hash of the newest seal. */
  head?: string | undefined;
}>;

const words = catalogue(
  {
    title: "日志",
    lead: "发生过的每件事，只增不改。每条事件由封存链锁住，改动任何一条都会被发现。",
    verified: "封存链完整",
    broken: "封存链断裂",
    brokenAt: (index: string) => `从第 ${index} 号封存开始对不上。请保全数据库，并报告审计机关。`,
    sealed: (sealed: number, events: number) => `共 ${events} 条事件，已封存 ${sealed} 条`,
    checked: "核验于",
    head: "最新封存",
    type: "事件类型",
    allTypes: "全部类型",
    subject: "对象编号",
    actor: "谁",
    from: "从",
    to: "到",
    search: "筛选",
    caption: "事件",
    empty: "没有符合的事件。可以放宽日期或类型。",
  },
  {
    title: "Journal",
    lead: "Everything that happened; only ever added to. A chain of seals locks each event, so that any change shows.",
    verified: "The chain of seals holds",
    broken: "The chain of seals is broken",
    brokenAt: (index) => `It does not hold from seal ${index} on. Preserve the database and report it.`,
    sealed: (sealed, events) => `${events} events, ${sealed} sealed`,
    checked: "checked",
    head: "Newest seal",
    type: "Event type",
    allTypes: "All types",
    subject: "Subject id",
    actor: "By",
    from: "From",
    to: "To",
    search: "Filter",
    caption: "Events",
    empty: "No such events. Try wider dates or all types.",
  },
);

/** GET /audit/journal?type=&subject=&actor=&from=&to= */
export function auditJournalPage(props: AuditJournalProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <AuditJournal {...props} /> });
}

function AuditJournal({ events, filter, types, chain, nextHref, previousHref }: AuditJournalProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      <Chain chain={chain} />
      <Filter filter={filter} types={types} />
      {events.length === 0 ? <Empty>{text.empty}</Empty> : <JournalTable caption={text.caption} events={events} />}
      <Paging previousHref={previousHref} nextHref={nextHref} />
    </>
  );
}

function Chain({ chain }: Pick<AuditJournalProps, "chain">) {
  const text = useWords(words);
  return (
    <div className={`card ${chain.verified ? "verified" : "broken"}`} role="status">
      <p className="badge-line">
        <strong className={chain.verified ? "good" : "bad"}>{chain.verified ? text.verified : text.broken}</strong>
        <span>{text.sealed(chain.sealed, chain.events)}</span>
        {chain.checkedAt !== undefined && (
          <span className="quiet">
            {text.checked} <Instant of={chain.checkedAt} />
          </span>
        )}
      </p>
      {chain.brokenAt !== undefined && <p className="bad">{text.brokenAt(chain.brokenAt)}</p>}
      {chain.head !== undefined && (
        <p className="hint">
          {text.head} <Code>{chain.head}</Code>
        </p>
      )}
    </div>
  );
}

function Filter({ filter, types }: Pick<AuditJournalProps, "filter" | "types">) {
  const text = useWords(words);
  return (
    <form method="get" action="/audit/journal" className="card filter" aria-label={text.search}>
      <div className="field">
        <label htmlFor="type">{text.type}</label>
        <select id="type" name="type" defaultValue={filter.type ?? ""}>
          <option value="">{text.allTypes}</option>
          {types.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </select>
      </div>
      <Field id="subject" name="subject" label={text.subject} value={filter.subject} />
      <Field id="actor" name="actor" label={text.actor} value={filter.actor} />
      <Field id="from" name="from" type="date" label={text.from} value={filter.from} />
      <Field id="to" name="to" type="date" label={text.to} value={filter.to} />
      <button className="main" type="submit">
        {text.search}
      </button>
    </form>
  );
}
