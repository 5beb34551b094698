import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field } from "../kit/form.tsx";
import { MaskedFirm } from "../kit/masked-firm.tsx";
import { regionName } from "../kit/names.ts";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Day, Said, Yuan } from "../kit/text.tsx";

export type PublicListProps = Readonly<{
  context: PageContext;
  rows: readonly PublicResult[];
  policies: readonly Readonly<{ id: string; title: Bilingual }>[];
  filter: Readonly<{ policy?: string | undefined; q?: string | undefined }>;
  /** Of the whole filtered list, not of this page of it. */
  count: number;
  totalFen: string;
  nextHref?: string | undefined;
  previousHref?: string | undefined;
  /** The same rows for programs. */
  files: Readonly<{ csv: string; json: string; atom: string }>;
}>;

export type PublicResult = Readonly<{
  id: string;
  maskedName: string;
  maskedCode: string;
  policyId: string;
  policyTitle: Bilingual;
  /** GB/T 2260 */
  regionCode: string;
  amountFen: string;
  /** `YYYY-MM-DD` */
  paidOn: string;
}>;

const words = catalogue(
  {
    title: "兑现结果公示",
    lead: "补贴到账后在这里公示。企业名称和代码部分隐去，不含个人和账户信息。",
    policy: "政策",
    allPolicies: "全部政策",
    search: "企业名称或代码",
    show: "查询",
    summaryBefore: (count: number) => `共 ${count} 笔，`,
    caption: "公示名单",
    name: "企业",
    code: "信用代码",
    region: "登记地",
    amount: "金额",
    paidOn: "拨付日期",
    csv: "下载 CSV",
    feed: "订阅（Atom）",
    overdue: "逾期兑付公示",
    waiting: "轮候公示",
    nothingYet: "还没有公示的结果。补贴到账后会出现在这里。",
    empty: "没有找到。可以少输几个字，或选“全部政策”。",
    objection: "对名单有异议，登录后在那一条上提出，限期答复；也可以拨 12345。",
    object: "提出异议",
    objectTo: (name: string) => `对${name}提出异议`,
  },
  {
    title: "Published results",
    lead: "Benefits are published here once paid. Names and codes are partly hidden; no persons, no accounts.",
    policy: "Policy",
    allPolicies: "All policies",
    search: "Name or code of a firm",
    show: "Search",
    summaryBefore: (count) => `${count} payments, together `,
    caption: "Published list",
    name: "Firm",
    code: "Credit code",
    region: "Registered in",
    amount: "Amount",
    paidOn: "Paid on",
    csv: "Download CSV",
    feed: "Feed (Atom)",
    overdue: "Overdue payments",
    waiting: "Waiting list",
    nothingYet: "Nothing has been published yet. Benefits appear here once paid.",
    empty: "Nothing found. Try fewer characters, or all policies.",
    objection: "Sign in and object at the entry itself, and you get an answer in time; or call 12345.",
    object: "Object",
    objectTo: (name) => `Object to ${name}`,
  },
);

/** GET /results?policy=&q= */
export function publicListPage(props: PublicListProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "portal", wide: true, title, children: <PublicList {...props} /> });
}

function PublicList({ rows, policies, filter, count, totalFen, nextHref, previousHref, files }: PublicListProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      <Filter policies={policies} filter={filter} />
      <p className="line">
        <strong role="status">
          {text.summaryBefore(count)}
          <Yuan fen={totalFen} />
        </strong>
        <a href={files.csv} download>
          {text.csv}
        </a>
        <a href={files.json}>JSON</a>
        <a href={files.atom} type="application/atom+xml">
          {text.feed}
        </a>
        <a href="/overdue">{text.overdue}</a>
        <a href="/waiting">{text.waiting}</a>
      </p>
      {rows.length > 0 && <Results rows={rows} />}
      {rows.length === 0 && <Empty>{filter.policy || filter.q ? text.empty : text.nothingYet}</Empty>}
      <Paging previousHref={previousHref} nextHref={nextHref} />
      <p className="hint">{text.objection}</p>
    </>
  );
}

function Filter({ policies, filter }: Pick<PublicListProps, "policies" | "filter">) {
  const text = useWords(words);
  const { lang } = useReader();
  return (
    <form method="get" action="/results" className="card filter" aria-label={text.show}>
      <div className="field">
        <label htmlFor="policy">{text.policy}</label>
        <select id="policy" name="policy" defaultValue={filter.policy ?? ""}>
          <option value="">{text.allPolicies}</option>
          {policies.map(({ id, title }) => (
            <option key={id} value={id}>
              {inLanguage(title, lang)}
            </option>
          ))}
        </select>
      </div>
      <Field id="q" name="q" type="search" label={text.search} value={filter.q} />
      <button className="other" type="submit">
        {text.show}
      </button>
    </form>
  );
}

function Results({ rows }: Pick<PublicListProps, "rows">) {
  const text = useWords(words);
  const { lang } = useReader();
  return (
    <DataTable
      caption={text.caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { head: text.name, cell: (row) => <MaskedFirm of={row} /> },
        { head: text.policy, cell: ({ policyTitle }) => <Said>{policyTitle}</Said> },
        { head: text.region, cell: ({ regionCode }) => regionName(regionCode, lang) },
        { head: text.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
        { head: text.paidOn, cell: ({ paidOn }) => <Day of={paidOn} full /> },
        {
          head: text.object,
          cell: ({ id, maskedName }) => (
            <a href={`/results/${encodeURIComponent(id)}/object`} aria-label={text.objectTo(maskedName)}>
              {text.object}
            </a>
          ),
        },
      ]}
    />
  );
}
