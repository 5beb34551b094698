import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Instant, Said, Yuan } from "../kit/text.tsx";
import { bandsWords } from "./bands-words.ts";

export type BandsProps = Readonly<{
  context: PageContext;
  /** Newest first; the first is in force. Never empty. */
  bands: readonly BandView[];
  proposal?: BandProposalView | undefined;
  /** Whether this reader may propose another. */
  mayPropose: boolean;
  done?: "proposed" | "confirmed" | "dropped" | undefined;
  problem?: Readonly<{ message: Bilingual; amount: string; document: string }> | undefined;
}>;

export type BandView = Readonly<{
  nth: number;
  aboveFen: string;
  /** This and the names of persons are absent for what the system began with. */
  document?: string | undefined;
  proposedBy?: string | undefined;
  confirmedBy?: string | undefined;
  at: string;
}>;

export type BandProposalView = Readonly<{
  id: string;
  aboveFen: string;
  document: string;
  proposedBy: string;
  proposedAt: string;
  /** `confirm`: confirm or drop; the next two: drop only. */
  may: "confirm" | "proposed-it" | "not-a-checker" | "no-role";
}>;

/**
 * GET /desk/bands. Forms: POST /desk/bands `amount document _csrf`,
 * POST /desk/bands/:id/confirm `_csrf`, POST /desk/bands/:id/drop `reason _csrf`.
 */
export function bandsPage(props: BandsProps): string {
  const { title } = bandsWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Bands {...props} /> });
}

function Bands({ bands, proposal, mayPropose, done, problem }: BandsProps) {
  const text = useWords(bandsWords);
  const [inForce] = bands;
  return (
    <>
      {problem && (
        <ProblemSummary title={text.problem}>
          <p>
            <Said>{problem.message}</Said>
          </p>
        </ProblemSummary>
      )}
      {done && <Done>{text.done[done]}</Done>}
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {inForce && (
        <DetailsList
          of={[
            [text.inForce, <Yuan key="amount" fen={inForce.aboveFen} />],
            [text.document, <Said key="document">{inForce.document ?? text.byHouse}</Said>],
            [text.since, <Instant key="since" of={inForce.at} />],
          ]}
        />
      )}
      {proposal && <Proposal of={proposal} />}
      {!proposal && mayPropose && <Propose problem={problem} />}
      <History of={bands} />
    </>
  );
}

function Proposal({ of: { id, aboveFen, document, proposedBy, proposedAt, may } }: Readonly<{ of: BandProposalView }>) {
  const text = useWords(bandsWords);
  const path = `/desk/bands/${encodeURIComponent(id)}`;
  return (
    <section className="card" aria-labelledby="proposal">
      <h2 id="proposal">{text.proposal}</h2>
      <DetailsList
        of={[
          [text.amount, <Yuan key="amount" fen={aboveFen} />],
          [text.document, <Said key="document">{document}</Said>],
          [text.proposedBy, <Person key="who" name={proposedBy} at={proposedAt} />],
        ]}
      />
      {may !== "confirm" && <p className="hint">{text.may[may]}</p>}
      {may === "confirm" && (
        <PostForm action={`${path}/confirm`} className="stack">
          <button className="main" type="submit">
            {text.confirm}
          </button>
        </PostForm>
      )}
      {may !== "no-role" && (
        <PostForm action={`${path}/drop`} className="filter">
          <Field id="reason" name="reason" label={text.reason} required />
          <button type="submit">{text.drop}</button>
        </PostForm>
      )}
    </section>
  );
}

function Propose({ problem }: Pick<BandsProps, "problem">) {
  const text = useWords(bandsWords);
  return (
    <section className="card" aria-labelledby="propose">
      <h2 id="propose">{text.propose}</h2>
      <PostForm action="/desk/bands" className="stack">
        <Field
          {...{ id: "amount", name: "amount", label: text.amount, hint: text.amountHint, value: problem?.amount ?? "" }}
          required
        />
        <Field
          {...{ id: "document", name: "document", label: text.document, hint: text.documentHint }}
          value={problem?.document ?? ""}
          required
        />
        <button className="main" type="submit">
          {text.submit}
        </button>
      </PostForm>
    </section>
  );
}

function History({ of }: Readonly<{ of: readonly BandView[] }>) {
  const text = useWords(bandsWords);
  const nobody = "—";
  return (
    <DataTable
      caption={text.history}
      rows={of}
      keyOf={({ nth }) => String(nth)}
      columns={[
        { head: text.amount, figure: true, cell: ({ aboveFen }) => <Yuan fen={aboveFen} /> },
        { head: text.document, cell: ({ document }) => <Said>{document ?? text.byHouse}</Said> },
        { head: text.proposedBy, cell: ({ proposedBy }) => <Said>{proposedBy ?? nobody}</Said> },
        {
          head: text.confirmedBy,
          cell: ({ confirmedBy, at }) => <Person name={confirmedBy ?? nobody} at={at} />,
        },
      ]}
    />
  );
}

function Person({ name, at }: Readonly<{ name: string; at: string }>) {
  return (
    <span>
      <Said>{name}</Said> <Instant of={at} />
    </span>
  );
}
