import type { Bilingual } from "../kit/bilingual.ts";
import { Clocks } from "../kit/clocks.tsx";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { MaskedFirm } from "../kit/masked-firm.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import type { ClockView } from "../kit/payment-clock.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Day, Said, Yuan } from "../kit/text.tsx";

export type OverdueProps = Readonly<{ context: PageContext; rows: readonly OverdueRow[]; csvHref: string }>;

/** A promise that was not kept: paid too late, or not at all yet. */
export type OverdueRow = Readonly<{
  id: string;
  maskedName: string;
  maskedCode: string;
  policyTitle: Bilingual;
  department?: string | undefined;
  amountFen: string;
  /** `YYYY-MM-DD` */
  paidOn?: string | undefined;
  clocks: readonly ClockView[];
}>;

const words = catalogue(
  {
    title: "逾期兑付公示",
    lead: "超过法定或承诺时限才到账、或还没到账的，自动列在这里，没有人可以撤下。付清满一年后不再显示。",
    empty: "没有逾期的款项。",
    caption: "逾期名单",
    name: "企业",
    policy: "政策",
    office: "责任部门",
    amount: "金额",
    paid: "到账",
    unpaid: "未到账",
    limits: "时限",
    csv: "下载 CSV",
    back: "兑现结果公示",
  },
  {
    title: "Overdue payments",
    lead: "What arrived after the limit of the law or the promise, or has not arrived yet, appears here by itself; nobody can take it off. It is shown for a year after it was paid.",
    empty: "Nothing is overdue.",
    caption: "Overdue payments",
    name: "Firm",
    policy: "Policy",
    office: "Office",
    amount: "Amount",
    paid: "Paid",
    unpaid: "not paid",
    limits: "Limits",
    csv: "Download CSV",
    back: "Published results",
  },
);

/** GET /overdue */
export function overduePage(props: OverdueProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "portal", wide: true, title, children: <Overdue {...props} /> });
}

function Overdue({ rows, csvHref }: OverdueProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      <p className="line">
        <a href={csvHref} download>
          {text.csv}
        </a>
        <a href="/results">{text.back}</a>
      </p>
      {rows.length === 0 && <Empty>{text.empty}</Empty>}
      {rows.length > 0 && (
        <DataTable
          caption={text.caption}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { head: text.name, cell: (row) => <MaskedFirm of={row} /> },
            { head: text.policy, cell: ({ policyTitle }) => <Said>{policyTitle}</Said> },
            { head: text.office, cell: ({ department }) => department !== undefined && <Said>{department}</Said> },
            { head: text.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
            {
              head: text.paid,
              cell: ({ paidOn }) => (paidOn === undefined ? text.unpaid : <Day of={paidOn} full />),
            },
            { head: text.limits, cell: ({ clocks }) => <Clocks of={clocks} /> },
          ]}
        />
      )}
    </>
  );
}
