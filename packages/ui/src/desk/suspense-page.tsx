import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Code, Day, Said, Yuan } from "../kit/text.tsx";

export type SuspenseProps = Readonly<{ context: PageContext; lines: readonly SuspenseLine[] }>;

/** A line of a bank statement that matches nothing of ours. */
export type SuspenseLine = Readonly<{
  id: string;
  reference: string;
  endToEndId?: string | undefined;
  direction: "debit" | "credit";
  amountFen: string;
  bookedOn: string;
  note?: string | undefined;
  /** What the payer wrote. */
  remittance?: string | undefined;
}>;

const words = catalogue(
  {
    title: "待查款项",
    lead: "银行对账单里对不上的每一笔。没查清前不动任何账。",
    empty: "没有待查款项，对账单全部对上了。",
    caption: "对不上的银行流水",
    reference: "银行流水号",
    booked: "记账日",
    direction: "方向",
    debit: "付出",
    credit: "收入",
    amount: "金额",
    endToEnd: "端到端编号",
    none: "无",
    note: "为什么对不上",
    remittance: "附言",
  },
  {
    title: "Suspense",
    lead: "Every line of a bank statement that matches nothing. No account moves until it is explained.",
    empty: "Nothing in suspense: every line of the statements was matched.",
    caption: "Unmatched bank lines",
    reference: "Bank reference",
    booked: "Booked",
    direction: "Direction",
    debit: "out",
    credit: "in",
    amount: "Amount",
    endToEnd: "End-to-end id",
    none: "none",
    note: "Why it does not match",
    remittance: "Payer's words",
  },
);

/** GET /desk/suspense */
export function suspensePage(props: SuspenseProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Suspense {...props} /> });
}

function Suspense({ lines }: SuspenseProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {lines.length === 0 && <Empty>{text.empty}</Empty>}
      {lines.length > 0 && (
        <DataTable
          caption={text.caption}
          rows={lines}
          keyOf={({ id }) => id}
          columns={[
            { head: text.reference, cell: ({ reference }) => <Code>{reference}</Code> },
            { head: text.booked, cell: ({ bookedOn }) => <Day of={bookedOn} full /> },
            { head: text.direction, cell: ({ direction }) => text[direction] },
            { head: text.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
            { head: text.endToEnd, cell: ({ endToEndId }) => (endToEndId ? <Code>{endToEndId}</Code> : text.none) },
            { head: text.remittance, cell: ({ remittance }) => <Said>{remittance ?? ""}</Said> },
            { head: text.note, cell: ({ note }) => <Said>{note ?? ""}</Said> },
          ]}
        />
      )}
    </>
  );
}
