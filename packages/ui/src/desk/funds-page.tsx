import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Said, Yuan } from "../kit/text.tsx";
import type { PaymentStopView } from "./ageing-page.tsx";
import { type FundAccount, fundsWords } from "./funds-words.ts";
import { StopBanner } from "./stop-banner.tsx";

export type FundsProps = Readonly<{
  context: PageContext;
  lines: readonly FundLineView[];
  stop?: PaymentStopView | undefined;
}>;

/** One budget line; amounts are decimal fen as text. */
export type FundLineView = Readonly<{
  id: string;
  title: Bilingual;
  year: number;
  department?: string | undefined;
  /** Where its money is, each the sum of its entries. */
  accounts: readonly Readonly<{ account: FundAccount; amountFen: string }>[];
  waiting: Readonly<{ count: number; amountFen: string }>;
  unpaid: Readonly<{ count: number; overdue: number }>;
  forecast: ForecastView;
}>;

export type ForecastView = Readonly<{
  months: readonly Readonly<{
    /** `YYYY-MM` */
    month: string;
    offeredFen: string;
    expectedFen: string;
    leftExpectedFen: string;
    leftAllFen: string;
  }>[];
  /** What was answered so far; absent while nothing is. */
  answered?: Readonly<{ agreedFen: string; allFen: string }> | undefined;
  shortExpected?: string | undefined;
  shortAll?: string | undefined;
}>;

/** GET /desk/funds */
export function fundsPage(props: FundsProps): string {
  const { title } = fundsWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Funds {...props} /> });
}

function Funds({ lines, stop }: FundsProps) {
  const text = useWords(fundsWords);
  return (
    <>
      <StopBanner stop={stop} />
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {lines.length === 0 && <Empty>{text.empty}</Empty>}
      {lines.map((line) => (
        <Line key={line.id} of={line} />
      ))}
    </>
  );
}

function Line({ of: line }: Readonly<{ of: FundLineView }>) {
  const text = useWords(fundsWords);
  const { id, title, year, department, accounts, waiting, unpaid } = line;
  const path = `/desk/funds/${encodeURIComponent(id)}`;
  return (
    <section className="card" aria-labelledby={`line-${id}`}>
      <h2 id={`line-${id}`}>
        <Said>{title}</Said> <span className="quiet">{year}</span>
      </h2>
      {department !== undefined && (
        <p className="hint">
          <Said>{department}</Said>
        </p>
      )}
      <DetailsList
        of={[
          ...accounts.map(({ account, amountFen }) => {
            const label = text.account[account];
            return [
              label,
              <a key={account} href={`${path}?account=${account}`}>
                <span className="unseen">{label} </span>
                <Yuan fen={amountFen} />
              </a>,
            ] as const;
          }),
          [
            text.waiting,
            <a key="waiting" href="/waiting">
              {text.waitingCount(waiting.count)}
              <Yuan fen={waiting.amountFen} />
            </a>,
          ],
          [
            text.unpaid,
            <a key="unpaid" href="/desk/ageing">
              {text.unpaidCount(unpaid.count, unpaid.overdue)}
            </a>,
          ],
        ]}
      />
      <Forecast of={line.forecast} title={title} />
    </section>
  );
}

function Forecast({ of: forecast, title }: Readonly<{ of: ForecastView; title: Bilingual }>) {
  const text = useWords(fundsWords);
  const { months, answered } = forecast;
  return (
    <>
      <h3>
        {text.forecast}{" "}
        <span className="unseen">
          <Said>{title}</Said>
        </span>
      </h3>
      <p {...(isShort(forecast) && { className: "warn" })}>
        <strong>{verdictOf(forecast, text)}</strong>
      </p>
      <DataTable
        caption={text.forecast}
        captionUnseen
        rows={months}
        keyOf={({ month }) => month}
        columns={[
          { head: text.month, cell: ({ month }) => <time dateTime={month}>{month}</time> },
          { head: text.offered, figure: true, cell: ({ offeredFen }) => <Yuan fen={offeredFen} /> },
          { head: text.expected, figure: true, cell: ({ expectedFen }) => <Yuan fen={expectedFen} /> },
          { head: text.leftExpected, figure: true, cell: ({ leftExpectedFen }) => <Yuan fen={leftExpectedFen} /> },
          { head: text.leftAll, figure: true, cell: ({ leftAllFen }) => <Yuan fen={leftAllFen} /> },
        ]}
      />
      <p className="hint">{text.assumptions}</p>
      <p className="hint">
        {answered === undefined ? (
          text.noShare
        ) : (
          <>
            {text.share} <Yuan fen={answered.agreedFen} />
            {text.shareOf}
            <Yuan fen={answered.allFen} />
          </>
        )}
      </p>
    </>
  );
}

const isShort = ({ shortExpected, shortAll }: ForecastView) => shortExpected !== undefined || shortAll !== undefined;

function verdictOf({ shortExpected, shortAll }: ForecastView, text: (typeof fundsWords)["zh"]): string {
  if (shortExpected !== undefined) return text.shortExpected(shortExpected);
  return shortAll === undefined ? text.enough : text.shortAll(shortAll);
}
