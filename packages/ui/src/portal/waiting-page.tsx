import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { MaskedFirm } from "../kit/masked-firm.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Instant, Said, Yuan } from "../kit/text.tsx";

export type WaitingProps = Readonly<{ context: PageContext; queues: readonly WaitingQueue[] }>;

/** Who waits for one fund, in the order in which its money will reach them. */
export type WaitingQueue = Readonly<{
  line: string;
  lineTitle: Bilingual;
  rows: readonly WaitingRow[];
}>;

export type WaitingRow = Readonly<{
  id: string;
  /** From 1; absent while consents are still collected. */
  place?: number | undefined;
  maskedName: string;
  maskedCode: string;
  policyTitle: Bilingual;
  amountFen: string;
  agreedAt: string;
}>;

const words = catalogue(
  {
    title: "轮候公示",
    lead: "已经确认、等资金的企业，按办理次序排列。资金补充后从第一位起依次兑付，没有人可以插队。",
    empty: "没有企业在等资金。",
    place: "次序",
    collecting: "确认中，截止后一并分配",
    name: "企业",
    policy: "政策",
    amount: "金额",
    agreed: "确认时间",
    back: "兑现结果公示",
  },
  {
    title: "Waiting list",
    lead: "Firms that have agreed and wait for money, in the order in which it will reach them. Nobody can overtake.",
    empty: "Nobody waits for money.",
    place: "Place",
    collecting: "given out together when the window closes",
    name: "Firm",
    policy: "Policy",
    amount: "Amount",
    agreed: "Agreed",
    back: "Published results",
  },
);

/** GET /waiting */
export function waitingPage(props: WaitingProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "portal", wide: true, title, children: <Waiting {...props} /> });
}

function Waiting({ queues }: WaitingProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      <p className="line">
        <a href="/results">{text.back}</a>
      </p>
      {queues.length === 0 && <Empty>{text.empty}</Empty>}
      {queues.map(({ line, lineTitle, rows }) => (
        <section key={line} aria-labelledby={`line-${line}`} className="stack">
          <h2 id={`line-${line}`}>
            <Said>{lineTitle}</Said>
          </h2>
          <Queue caption={lineTitle} rows={rows} />
        </section>
      ))}
    </>
  );
}

function Queue({ caption, rows }: Readonly<{ caption: Bilingual; rows: readonly WaitingRow[] }>) {
  const text = useWords(words);
  const { lang } = useReader();
  return (
    <DataTable
      caption={inLanguage(caption, lang)}
      captionUnseen
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { head: text.place, cell: ({ place }) => (place === undefined ? text.collecting : String(place)) },
        { head: text.name, cell: (row) => <MaskedFirm of={row} /> },
        { head: text.policy, cell: ({ policyTitle }) => <Said>{policyTitle}</Said> },
        { head: text.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
        { head: text.agreed, cell: ({ agreedAt }) => <Instant of={agreedAt} /> },
      ]}
    />
  );
}
