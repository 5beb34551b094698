import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import type { EntitlementStatus, Outcome } from "../kit/status.ts";
import { Said, Yuan } from "../kit/text.tsx";
import { StatusTag } from "./status-tag.tsx";

export type AuditSearchProps = Readonly<{
  context: PageContext;
  /** What was searched for; absent before the first search. */
  query?: string | undefined;
  results: readonly AuditHit[];
  nextHref?: string | undefined;
}>;

export type AuditHit = Readonly<{
  caseId: string;
  firmName: string;
  firmCode: string;
  policyTitle: Bilingual;
  /** Absent when nothing was offered. */
  amountFen?: string | undefined;
  status?: EntitlementStatus | undefined;
  /** Shown where nothing was offered. */
  outcome?: Outcome | undefined;
  receiptNo?: string | undefined;
}>;

const words = catalogue(
  {
    title: "查案卷",
    lead: "一笔补贴一个案卷：从条款原文到到账，每一环都能查、能重算。",
    query: "查什么",
    hint: "回执编号、信用代码、企业名称、端到端编号或金额",
    search: "查询",
    none: "没有找到。试试回执编号后 4 位，或企业名称里的两个字。",
    caption: "案卷",
    firm: "企业",
    policy: "政策",
    amount: "金额",
    status: "状态",
    knownFacts: "当时知道什么：查一家企业某一天的数据",
    notOffered: "未发要约",
    receipt: "回执编号",
  },
  {
    title: "Cases",
    lead: "One benefit is one case: from the clause to the receipt, each link can be checked and recomputed.",
    query: "Search for",
    hint: "Receipt number, credit code, name of a firm, end-to-end id or amount",
    search: "Search",
    none: "Nothing found. Try the last 4 characters of a receipt number, or part of a name.",
    caption: "Cases",
    firm: "Firm",
    policy: "Policy",
    amount: "Amount",
    status: "State",
    knownFacts: "What was known: the data of a firm on a day",
    notOffered: "not offered",
    receipt: "Receipt",
  },
);

/** GET /audit?q= */
export function auditSearchPage(props: AuditSearchProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <AuditSearch {...props} /> });
}

function AuditSearch({ query, results, nextHref }: AuditSearchProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      <form method="get" action="/audit" className="card filter" aria-label={text.search}>
        <Field id="q" name="q" type="search" label={text.query} hint={text.hint} value={query} />
        <button className="main" type="submit">
          {text.search}
        </button>
      </form>
      {query !== undefined && results.length === 0 && <Empty>{text.none}</Empty>}
      {results.length > 0 && <Results results={results} />}
      <Paging nextHref={nextHref} />
      <p>
        <a href="/audit/facts">{text.knownFacts}</a>
      </p>
    </>
  );
}

function Results({ results }: Pick<AuditSearchProps, "results">) {
  const text = useWords(words);
  return (
    <DataTable
      caption={text.caption}
      rows={results}
      keyOf={({ caseId }) => caseId}
      columns={[
        {
          head: text.firm,
          cell: ({ caseId, firmName, firmCode }) => (
            <span>
              <a href={`/audit/cases/${encodeURIComponent(caseId)}`}>
                <Said>{firmName}</Said>
              </a>
              <br />
              <span className="hint">{firmCode}</span>
            </span>
          ),
        },
        { head: text.policy, cell: ({ policyTitle }) => <Said>{policyTitle}</Said> },
        {
          head: text.amount,
          figure: true,
          cell: ({ amountFen }) => (amountFen === undefined ? text.notOffered : <Yuan fen={amountFen} />),
        },
        {
          head: text.status,
          cell: ({ status, outcome }) =>
            status !== undefined ? (
              <StatusTag kind="entitlement" of={status} />
            ) : (
              outcome !== undefined && <StatusTag kind="outcome" of={outcome} />
            ),
        },
        { head: text.receipt, cell: ({ receiptNo }) => receiptNo ?? "" },
      ]}
    />
  );
}
