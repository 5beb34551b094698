import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { LongField, PostForm } from "../kit/form.tsx";
import { type GrievanceView, grievanceWords, type RatingChannel, type RatingLevel } from "../kit/grievance.ts";
import { Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Code, Day, Instant, Said } from "../kit/text.tsx";
import { grievancesWords } from "./grievances-words.ts";

export type GrievancesProps = Readonly<{
  context: PageContext;
  grievances: readonly DeskGrievance[];
  /** Of all bad ratings so far; absent where one is opened. */
  rectified?: Rectified | undefined;
  opened?: OpenedGrievance | undefined;
  typed?: string | undefined;
  problem?: Bilingual | undefined;
}>;

export type Rectified = Readonly<{ inTime: number; tooLate: number; open: number; overdue: number }>;

/** Without a firm: an official objects. */
export type DeskGrievance = GrievanceView & Readonly<{ firm?: Readonly<{ code: string; name: string }> | undefined }>;

export type OpenedGrievance = DeskGrievance &
  Readonly<{
    rating?: Readonly<{ level: RatingLevel; channel: RatingChannel }> | undefined;
    entitlementId?: string | undefined;
    openedAt: string;
    mayAnswer: boolean;
  }>;

/** GET /desk/grievances, /desk/grievances/:id. Form: POST …/answer `answer how=corrected|explained _csrf`. */
export function grievancesPage(props: GrievancesProps): string {
  const { title } = grievancesWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Grievances {...props} /> });
}

function Grievances({ grievances, rectified, opened, typed, problem }: GrievancesProps) {
  const words = useWords(grievancesWords);
  const { lang } = useReader();
  return (
    <>
      {problem !== undefined && <ProblemSummary title={inLanguage(problem, lang)} />}
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      {rectified && (
        <p className={rectified.overdue > 0 ? "warn" : undefined}>
          {words.rectified(rectified.inTime, rectified.tooLate, rectified.open, rectified.overdue)}
        </p>
      )}
      {opened && <Opened grievance={opened} typed={typed} />}
      {!opened && grievances.length === 0 && <Empty>{words.empty}</Empty>}
      {!opened && grievances.length > 0 && <Queue grievances={grievances} />}
    </>
  );
}

function Queue({ grievances }: Pick<GrievancesProps, "grievances">) {
  const words = useWords(grievancesWords);
  const { kind } = useWords(grievanceWords);
  return (
    <DataTable
      caption={words.caption}
      rows={grievances}
      keyOf={({ id }) => id}
      columns={[
        {
          head: words.subject,
          cell: ({ id, subject }) => (
            <a href={`/desk/grievances/${encodeURIComponent(id)}`}>
              <Said>{subject}</Said>
            </a>
          ),
        },
        { head: words.kind, cell: (grievance) => kind[grievance.kind] },
        { head: words.firm, cell: (grievance) => <RaisedBy of={grievance} /> },
        { head: words.answerBy, cell: (grievance) => <Deadline of={grievance} /> },
        { head: words.state, cell: (grievance) => <State of={grievance} /> },
      ]}
    />
  );
}

type Of = Readonly<{ of: DeskGrievance }>;

function RaisedBy({ of: { firm } }: Of) {
  const words = useWords(grievancesWords);
  return firm === undefined ? words.official : <Said>{firm.name}</Said>;
}

function Deadline({ of: { answerBy, late } }: Of) {
  const words = useWords(grievanceWords);
  return (
    <>
      <Day of={answerBy} full /> {late && <strong className="warn">{words.late}</strong>}
    </>
  );
}

function State({ of: { status } }: Of) {
  const words = useWords(grievanceWords);
  return <span className={status === "open" ? "warn" : "quiet"}>{words.status[status]}</span>;
}

function Opened({ grievance, typed }: Readonly<{ grievance: OpenedGrievance; typed: string | undefined }>) {
  const words = useWords(grievancesWords);
  const known = useWords(grievanceWords);
  const { id, subject, kind, firm, condition, rating, entitlementId, words: said, openedAt, answer } = grievance;
  return (
    <>
      <section className="card" aria-labelledby="grievance">
        <h2 id="grievance">
          <Said>{subject}</Said>
        </h2>
        <DetailsList
          of={[
            [words.kind, known.kind[kind]],
            [words.state, <State key="state" of={grievance} />],
            [words.answerBy, <Deadline key="deadline" of={grievance} />],
            [
              words.firm,
              <span key="firm">
                <RaisedBy of={grievance} /> {firm && <Code>{firm.code}</Code>}
              </span>,
            ],
            rating && [words.rating, `${known.level[rating.level]} · ${known.channel[rating.channel]}`],
            condition !== undefined && [words.condition, <Said key="condition">{condition}</Said>],
            [words.words, said === "" ? words.noWords : <Said key="words">{said}</Said>],
            entitlementId !== undefined && [words.caseLink, <Code key="case">{entitlementId}</Code>],
            [words.raised, <Instant key="raised" of={openedAt} />],
            answer !== undefined && [words.answered, <Said key="answer">{answer}</Said>],
          ]}
        />
      </section>
      {grievance.mayAnswer && <Answer id={id} typed={typed} />}
      <p>
        <a href="/desk/grievances">{words.back}</a>
      </p>
    </>
  );
}

function Answer({ id, typed }: Readonly<{ id: string; typed: string | undefined }>) {
  const words = useWords(grievancesWords);
  return (
    <PostForm action={`/desk/grievances/${encodeURIComponent(id)}/answer`} className="card stack">
      <LongField id="answer" name="answer" label={words.answer} value={typed} required />
      <div className="buttons">
        <button className="main" type="submit" name="how" value="corrected">
          {words.corrected}
        </button>
        <button className="other" type="submit" name="how" value="explained">
          {words.explained}
        </button>
      </div>
    </PostForm>
  );
}
