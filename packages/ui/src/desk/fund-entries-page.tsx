import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { useWords } from "../kit/reader.ts";
import { Code, Instant, Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "../portal/back-link.tsx";
import { type FundAccount, fundsWords } from "./funds-words.ts";

export type FundEntriesProps = Readonly<{
  context: PageContext;
  lineTitle: Bilingual;
  account: FundAccount;
  /** Added up from all entries, also those on other pages. */
  sumFen: string;
  /** As the line's balance has it. */
  balanceFen: string;
  entries: readonly FundEntry[];
  nextHref?: string | undefined;
}>;

export type FundEntry = Readonly<{
  id: string;
  at: string;
  /** What happened, once: `settle:<payment>`. */
  businessKey: string;
  amountFen: string;
  /** Whose benefit it is about, where it is about one. */
  about?: Readonly<{ firmName: string; policyTitle: Bilingual }> | undefined;
  /** Where this reader finds more. */
  links: readonly Readonly<{ kind: "case" | "batch" | "recovery"; href: string }>[];
}>;

/** GET /desk/funds/:line?account=reserved&cursor= */
export function fundEntriesPage(props: FundEntriesProps): string {
  const words = fundsWords[props.context.lang];
  const title = words.entriesTitle(words.account[props.account]);
  return renderDocument(props.context, { surface: "desk", title, children: <Entries {...props} /> });
}

function Entries({ lineTitle, account, sumFen, balanceFen, entries, nextHref }: FundEntriesProps) {
  const text = useWords(fundsWords);
  return (
    <>
      {sumFen !== balanceFen && <ProblemSummary title={text.differs} />}
      <BackLink href="/desk/funds">{text.back}</BackLink>
      <h1>{text.entriesTitle(text.account[account])}</h1>
      <p className="quiet">
        <Said>{lineTitle}</Said>
      </p>
      <DetailsList
        of={[
          [text.sum, <Yuan key="sum" fen={sumFen} />],
          [text.balance, <Yuan key="balance" fen={balanceFen} />],
        ]}
      />
      {entries.length === 0 ? <Empty>{text.noEntries}</Empty> : <Table of={entries} />}
      <Paging nextHref={nextHref} />
    </>
  );
}

function Table({ of }: Readonly<{ of: readonly FundEntry[] }>) {
  const text = useWords(fundsWords);
  return (
    <DataTable
      caption={text.entries}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        { head: text.at, cell: ({ at }) => <Instant of={at} /> },
        { head: text.business, cell: ({ businessKey }) => <Code>{businessKey}</Code> },
        {
          head: text.firm,
          cell: ({ about }) =>
            about && (
              <span>
                <Said>{about.firmName}</Said>
                <br />
                <span className="hint">
                  <Said>{about.policyTitle}</Said>
                </span>
              </span>
            ),
        },
        { head: text.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
        {
          head: text.goTo,
          cell: ({ links }) =>
            links.length > 0 && (
              <span className="badge-line">
                {links.map(({ kind, href }) => (
                  <a key={href} href={href}>
                    {text.link[kind]}
                  </a>
                ))}
              </span>
            ),
        },
      ]}
    />
  );
}
