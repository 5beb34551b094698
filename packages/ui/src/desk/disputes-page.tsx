import type { Bilingual } from "../kit/bilingual.ts";
import { inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Code, Day, Instant, Said } from "../kit/text.tsx";
import { disputesWords } from "./disputes-words.ts";

export type DisputesProps = Readonly<{
  context: PageContext;
  disputes: readonly DisputeBrief[];
  opened?: OpenedDispute | undefined;
  problem?: string | undefined;
}>;

export type DisputeBrief = Readonly<{
  id: string;
  label: Bilingual;
  firmCode: string;
  firmName: string;
  sourceId: string;
  status: "open" | "corrected" | "upheld" | "withdrawn";
  answerBy: string;
  overdue: boolean;
}>;

export type OpenedDispute = DisputeBrief &
  Readonly<{
    factId: string;
    unit?: Bilingual | undefined;
    /** Absent: it was unknown. */
    was?: Bilingual | undefined;
    asOf?: string | undefined;
    claim: string;
    grounds: string;
    evidenceName?: string | undefined;
    openedAt: string;
    answer?: string | undefined;
    deliveryId?: string | undefined;
    mayAnswer: boolean;
  }>;

/** GET /desk/disputes, /desk/disputes/:id. Forms: POST …/correct `value answer _csrf`, POST …/uphold `answer _csrf`. */
export function disputesPage(props: DisputesProps): string {
  const { title } = disputesWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Disputes {...props} /> });
}

function Disputes({ disputes, opened, problem }: DisputesProps) {
  const words = useWords(disputesWords);
  return (
    <>
      {problem !== undefined && <ProblemSummary title={problem} />}
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      {opened && <Opened dispute={opened} />}
      {!opened && disputes.length === 0 && <Empty>{words.empty}</Empty>}
      {!opened && disputes.length > 0 && <Queue disputes={disputes} />}
    </>
  );
}

function Queue({ disputes }: Pick<DisputesProps, "disputes">) {
  const words = useWords(disputesWords);
  return (
    <DataTable
      caption={words.caption}
      rows={disputes}
      keyOf={({ id }) => id}
      columns={[
        {
          head: words.fact,
          cell: ({ id, label }) => (
            <a href={`/desk/disputes/${encodeURIComponent(id)}`}>
              <Said>{label}</Said>
            </a>
          ),
        },
        { head: words.firm, cell: ({ firmName }) => <Said>{firmName}</Said> },
        { head: words.source, cell: ({ sourceId }) => <Source of={sourceId} /> },
        { head: words.answerBy, cell: (dispute) => <Deadline of={dispute} /> },
        { head: words.state, cell: ({ status }) => <State of={status} /> },
      ]}
    />
  );
}

function Deadline({ of: { answerBy, overdue } }: Readonly<{ of: DisputeBrief }>) {
  const words = useWords(disputesWords);
  return (
    <>
      <Day of={answerBy} full /> {overdue && <strong className="warn">{words.overdue}</strong>}
    </>
  );
}

function State({ of }: Readonly<{ of: DisputeBrief["status"] }>) {
  const words = useWords(disputesWords);
  return <span className={of === "open" ? "warn" : "quiet"}>{words.status[of]}</span>;
}

function Opened({ dispute }: Readonly<{ dispute: OpenedDispute }>) {
  const words = useWords(disputesWords);
  const { id, label, factId, firmCode, firmName, sourceId, status, was, asOf, claim, grounds } = dispute;
  const path = `/desk/disputes/${encodeURIComponent(id)}`;
  return (
    <>
      <section className="card" aria-labelledby="dispute">
        <h2 id="dispute">
          <Said>{label}</Said> <Code>{factId}</Code>
        </h2>
        <DetailsList
          of={[
            [words.state, <State key="state" of={status} />],
            [words.answerBy, <Deadline key="deadline" of={dispute} />],
            [
              words.firm,
              <span key="firm">
                <Said>{firmName}</Said> <Code>{firmCode}</Code>
              </span>,
            ],
            [words.source, <Source key="source" of={sourceId} />],
            [
              words.was,
              <span key="was">
                {was === undefined ? words.unknown : <Said>{was}</Said>} {asOf !== undefined && <Day of={asOf} full />}
              </span>,
            ],
            [words.claim, <Said key="claim">{claim}</Said>],
            [words.grounds, <Said key="grounds">{grounds}</Said>],
            dispute.evidenceName !== undefined && [
              words.evidence,
              <a key="evidence" href={`${path}/evidence`}>
                <Said>{dispute.evidenceName}</Said>
              </a>,
            ],
            [words.raised, <Instant key="raised" of={dispute.openedAt} />],
            dispute.answer !== undefined && [words.answered, <Said key="answer">{dispute.answer}</Said>],
            dispute.deliveryId !== undefined && [
              words.correction,
              <a key="correction" href={`/desk/deliveries?id=${encodeURIComponent(dispute.deliveryId)}`}>
                <Code>{dispute.deliveryId}</Code>
              </a>,
            ],
          ]}
        />
      </section>
      {dispute.mayAnswer && <Answer path={path} unit={dispute.unit} />}
      <p>
        <a href="/desk/disputes">{words.back}</a>
      </p>
    </>
  );
}

function Answer({ path, unit = "" }: Readonly<{ path: string; unit: Bilingual | undefined }>) {
  const words = useWords(disputesWords);
  const { lang } = useReader();
  return (
    <>
      <PostForm action={`${path}/correct`} className="card stack">
        <Field id="value" name="value" label={words.value} hint={words.valueHint(inLanguage(unit, lang))} required />
        <Field id="answer-correct" name="answer" label={words.answer} required />
        <button className="main" type="submit">
          {words.correct}
        </button>
      </PostForm>
      <PostForm action={`${path}/uphold`} className="card stack">
        <Field id="answer-uphold" name="answer" label={words.answer} required />
        <button className="other" type="submit">
          {words.uphold}
        </button>
      </PostForm>
    </>
  );
}
