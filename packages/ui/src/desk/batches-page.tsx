import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import type { BatchStatus } from "../kit/status.ts";
import { Instant, Said, Yuan } from "../kit/text.tsx";
import { StatusTag } from "./status-tag.tsx";

export type BatchBrief = Readonly<{
  id: string;
  messageId: string;
  status: BatchStatus;
  count: number;
  totalFen: string;
  /** Names of persons. */
  maker: string;
  checker?: string | undefined;
  /** Of two, who checked first; the other one still has to, or approved. */
  firstChecker?: string | undefined;
  /** A large batch takes two. */
  checkersNeeded?: 1 | 2 | undefined;
  draftedAt: string;
  approvedAt?: string | undefined;
  sentAt?: string | undefined;
  closedAt?: string | undefined;
}>;

export type BatchesProps = Readonly<{
  context: PageContext;
  batches: readonly BatchBrief[];
  nextHref?: string | undefined;
}>;

const words = catalogue(
  {
    title: "拨付批次",
    lead: "批次由经办人生成，由另一人复核后才送银行。",
    bands: "双人复核限额",
    caption: "全部批次",
    empty: "还没有批次。企业确认后，拨付任务会自动生成。",
    messageId: "批次号",
    status: "状态",
    count: "笔数",
    total: "金额",
    maker: "经办",
    checker: "复核",
    drafted: "生成时间",
    nobody: "尚无",
  },
  {
    title: "Payment batches",
    lead: "A batch is made by one person and goes to the bank only after another approved it.",
    bands: "Amount that two checkers sign",
    caption: "All batches",
    empty: "There is no batch yet. The payment run makes one after firms have confirmed.",
    messageId: "Batch",
    status: "State",
    count: "Payments",
    total: "Total",
    maker: "Maker",
    checker: "Checker",
    drafted: "Drafted",
    nobody: "none yet",
  },
);

/** GET /desk/batches */
export function batchesPage(props: BatchesProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Batches {...props} /> });
}

function Batches({ batches, nextHref }: BatchesProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">
        {text.lead} <a href="/desk/bands">{text.bands}</a>
      </p>
      {batches.length === 0 && <Empty>{text.empty}</Empty>}
      {batches.length > 0 && (
        <DataTable
          caption={text.caption}
          rows={batches}
          keyOf={({ id }) => id}
          columns={[
            {
              head: text.messageId,
              cell: ({ id, messageId }) => <a href={`/desk/batches/${encodeURIComponent(id)}`}>{messageId}</a>,
            },
            { head: text.status, cell: ({ status }) => <StatusTag kind="batch" of={status} /> },
            { head: text.count, figure: true, cell: ({ count }) => count },
            { head: text.total, figure: true, cell: ({ totalFen }) => <Yuan fen={totalFen} /> },
            { head: text.maker, cell: ({ maker }) => <Said>{maker}</Said> },
            { head: text.checker, cell: ({ checker }) => <Said>{checker ?? text.nobody}</Said> },
            { head: text.drafted, cell: ({ draftedAt }) => <Instant of={draftedAt} /> },
          ]}
        />
      )}
      <Paging nextHref={nextHref} />
    </>
  );
}
