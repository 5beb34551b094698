import type { Bilingual } from "../kit/bilingual.ts";
import { Clocks } from "../kit/clocks.tsx";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import type { ClockView } from "../kit/payment-clock.ts";
import { useWords } from "../kit/reader.ts";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";
import { ageingWords } from "./ageing-words.ts";

export type AgeingProps = Readonly<{
  context: PageContext;
  /** Everything approved and unpaid, the latest first. */
  debts: readonly DebtView[];
  totalFen: string;
  /** Why no money leaves. */
  stop?: PaymentStopView | undefined;
  done?: "resumed" | undefined;
  problem?: Bilingual | undefined;
}>;

export type DebtView = Readonly<{
  caseId: string;
  firmName: string;
  policyTitle: Bilingual;
  lineTitle: Bilingual;
  /** The office that answers for the line now. */
  department?: string | undefined;
  amountFen: string;
  /** `YYYY-MM-DD`, the day on which the money was kept for the firm. */
  startedOn: string;
  ageWorkingDays: number;
  clocks: readonly ClockView[];
  /** The bank refused the account: the firm has to name another. */
  waitsForFirm: boolean;
}>;

export type PaymentStopView = Readonly<{
  stoppedAt: string;
  causes: readonly Readonly<{ sentence: string; subject: string; detail: string }>[];
  mayResume: boolean;
}>;

/** GET /desk/ageing. Form: POST /desk/ageing/resume `reason _csrf`. */
export function ageingPage(props: AgeingProps): string {
  const { title } = ageingWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Ageing {...props} /> });
}

function Ageing({ debts, totalFen, stop, done, problem }: AgeingProps) {
  const text = useWords(ageingWords);
  return (
    <>
      {problem !== undefined && (
        <ProblemSummary title={text.problem}>
          <p>
            <Said>{problem}</Said>
          </p>
        </ProblemSummary>
      )}
      {done && <Done>{text.done[done]}</Done>}
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {stop && <Stop of={stop} />}
      {debts.length === 0 && <Empty>{text.empty}</Empty>}
      {debts.length > 0 && (
        <>
          <p className="line">
            <strong>
              {text.count(debts.length)}
              <Yuan fen={totalFen} />
            </strong>
          </p>
          <Debts of={debts} />
        </>
      )}
    </>
  );
}

function Stop({ of: { stoppedAt, causes, mayResume } }: Readonly<{ of: PaymentStopView }>) {
  const text = useWords(ageingWords);
  return (
    <section className="card" aria-labelledby="stop">
      <h2 id="stop">{text.stop}</h2>
      <p className="warn">
        {text.stopLead} <Instant of={stoppedAt} />
      </p>
      <DataTable
        caption={text.causes}
        rows={causes}
        keyOf={({ sentence, subject }) => `${sentence} ${subject}`}
        columns={[
          { head: text.sentence, cell: ({ sentence }) => <Code>{sentence}</Code> },
          { head: text.subject, cell: ({ subject }) => <Code>{subject}</Code> },
          { head: text.found, cell: ({ detail }) => <Said>{detail}</Said> },
        ]}
      />
      {mayResume && (
        <PostForm action="/desk/ageing/resume" className="filter">
          <Field id="reason" name="reason" label={text.reason} required />
          <button className="main" type="submit">
            {text.resume}
          </button>
        </PostForm>
      )}
    </section>
  );
}

function Debts({ of }: Readonly<{ of: readonly DebtView[] }>) {
  const text = useWords(ageingWords);
  return (
    <DataTable
      caption={text.caption}
      rows={of}
      keyOf={({ caseId }) => caseId}
      columns={[
        {
          head: text.firm,
          cell: ({ firmName, policyTitle }) => (
            <span>
              <Said>{firmName}</Said>
              <br />
              <span className="hint">
                <Said>{policyTitle}</Said>
              </span>
            </span>
          ),
        },
        {
          head: text.line,
          cell: ({ lineTitle, department }) => (
            <span>
              <Said>{lineTitle}</Said>
              {department !== undefined && (
                <>
                  <br />
                  <span className="hint">
                    <Said>{department}</Said>
                  </span>
                </>
              )}
            </span>
          ),
        },
        { head: text.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
        { head: text.since, cell: ({ startedOn }) => <Day of={startedOn} full /> },
        { head: text.age, figure: true, cell: ({ ageWorkingDays }) => String(ageWorkingDays) },
        {
          head: text.clocks,
          cell: ({ clocks, waitsForFirm }) => (waitsForFirm ? text.waitsForFirm : <Clocks of={clocks} />),
        },
      ]}
    />
  );
}
