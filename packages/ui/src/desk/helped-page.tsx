import { lastDayBefore } from "../kit/calendar.ts";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Code, Day, Said, Yuan } from "../kit/text.tsx";
import type { CounterOffer } from "./counter-page.tsx";

export type HelpedProps = Readonly<{
  context: PageContext;
  firms: readonly HelpedFirm[];
  opened?: (HelpedFirm & Readonly<{ offers: readonly CounterOffer[] }>) | undefined;
}>;

export type HelpedFirm = Readonly<{ code: string; name: string }>;

const words = catalogue(
  {
    title: "我帮的企业",
    lead: "只有企业邀请了您，才看得到它待确认的补贴。您可以提醒和解释，不能替企业确认。",
    empty: "还没有企业邀请您。请企业的法定代表人在“授权同事代办”页填写您的登录名。",
    none: "这家企业目前没有待确认的补贴。",
    firm: "企业",
    code: "统一社会信用代码",
    offers: "待确认的补贴",
    benefit: "补贴",
    amount: "金额",
    until: "确认截止日",
    back: "全部企业",
  },
  {
    title: "Firms I help",
    lead: "You see what waits for a firm only after it has invited you. You may remind and explain, not confirm.",
    empty: "No firm has invited you yet. Its legal representative can, with your login, where colleagues are let act.",
    none: "Nothing waits for this firm.",
    firm: "Firm",
    code: "Credit code",
    offers: "Waiting for an answer",
    benefit: "Benefit",
    amount: "Amount",
    until: "Last day",
    back: "All firms",
  },
);

/** GET /desk/helped, /desk/helped/<code>. Nothing here can be answered. */
export function helpedPage(props: HelpedProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Helped {...props} /> });
}

function Helped({ firms, opened }: HelpedProps) {
  const said = useWords(words);
  return (
    <>
      <h1>{said.title}</h1>
      <p className="quiet">{said.lead}</p>
      {opened ? <Offers {...opened} /> : firms.length === 0 ? <Empty>{said.empty}</Empty> : <Firms firms={firms} />}
    </>
  );
}

function Firms({ firms }: Pick<HelpedProps, "firms">) {
  const said = useWords(words);
  return (
    <DataTable
      caption={said.title}
      captionUnseen
      rows={firms}
      keyOf={({ code }) => code}
      columns={[
        {
          head: said.firm,
          cell: ({ code, name }) => (
            <a href={`/desk/helped/${encodeURIComponent(code)}`}>
              <Said>{name}</Said>
            </a>
          ),
        },
        { head: said.code, cell: ({ code }) => <Code>{code}</Code> },
      ]}
    />
  );
}

function Offers({ code, name, offers }: NonNullable<HelpedProps["opened"]>) {
  const said = useWords(words);
  return (
    <>
      <h2>
        <Said>{name}</Said> <Code>{code}</Code>
      </h2>
      {offers.length === 0 ? (
        <Empty>{said.none}</Empty>
      ) : (
        <DataTable
          caption={said.offers}
          rows={offers}
          keyOf={({ id }) => id}
          columns={[
            { head: said.benefit, cell: ({ title }) => <Said>{title}</Said> },
            { head: said.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
            { head: said.until, cell: ({ confirmBefore }) => <Day of={lastDayBefore(confirmBefore)} full /> },
          ]}
        />
      )}
      <p>
        <a href="/desk/helped">{said.back}</a>
      </p>
    </>
  );
}
