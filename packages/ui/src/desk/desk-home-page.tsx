import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import type { Fund } from "../kit/fund.ts";
import { FundBar } from "../kit/fund-bar.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Code, Instant, Said } from "../kit/text.tsx";
import type { PaymentStopView } from "./ageing-page.tsx";
import { deskHomeWords } from "./desk-home-words.ts";
import { StopBanner } from "./stop-banner.tsx";

export type DeskHomeProps = Readonly<{
  context: PageContext;
  funds: readonly Fund[];
  /** Why no money leaves; for those whose work that is. */
  stop?: PaymentStopView | undefined;
  /** How many benefits have come this far (each includes those that went farther). */
  steps: Readonly<{ matched: number; offered: number; confirmed: number; paid: number; received: number }>;
  /** Those that left the way. */
  aside: Readonly<{ undetermined: number; waitlisted: number; declined: number; lapsed: number; withdrawn: number }>;
  jobs: readonly JobView[];
  mail: Readonly<{ queued: number; sent: number; dead: number }>;
  exceptions: readonly DeskException[];
  /** What waits for this reader, e.g. a batch to approve. */
  tasks: readonly Readonly<{ text: Bilingual; href: string }>[];
}>;

export type JobView = Readonly<{
  job: string;
  /** What it does, in words. */
  purpose?: Bilingual | undefined;
  /** `2025-11-03T02:00` */
  slot: string;
  finishedAt?: string | undefined;
  outcome?: Bilingual | undefined;
}>;

export type DeskException = Readonly<{
  kind:
    | "payment-returned"
    | "payment-rejected"
    | "suspense"
    | "accounts-to-check"
    | "band-proposed"
    | "payments-stopped"
    | "payments-overdue"
    | "delivery-issues"
    | "deliveries-held"
    | "disputes-open"
    | "disputes-overdue"
    | "grievances-open"
    | "comments-overdue"
    | "comments-open"
    | "sms-reports-set-aside"
    | "grievances-overdue"
    | "names-open"
    | "reviews-open"
    | "recoveries-overdue"
    | "recoveries-heard"
    | "flow-failed"
    | "calls-open"
    | "job-late";
  count: number;
  href?: string | undefined;
}>;

/** GET /desk */
export function deskHomePage(props: DeskHomeProps): string {
  const { title } = deskHomeWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <DeskHome {...props} /> });
}

function DeskHome(props: DeskHomeProps) {
  const words = useWords(deskHomeWords);
  return (
    <>
      <StopBanner stop={props.stop} />
      <h1>{words.title}</h1>
      <Steps steps={props.steps} />
      <div className="columns">
        <div className="stack">
          <div className="pair">
            <Tasks tasks={props.tasks} />
            <Exceptions exceptions={props.exceptions} />
          </div>
          <Funds funds={props.funds} />
          <Jobs jobs={props.jobs} />
        </div>
        <div className="stack">
          <Counts
            id="aside"
            heading={words.aside}
            of={[
              [words.asideLabel.undetermined, props.aside.undetermined],
              [words.asideLabel.waitlisted, props.aside.waitlisted],
              [words.asideLabel.declined, props.aside.declined],
              [words.asideLabel.lapsed, props.aside.lapsed],
              [words.asideLabel.withdrawn, props.aside.withdrawn],
            ]}
          />
          <Counts
            id="mail"
            heading={words.mail}
            of={[
              [words.queued, props.mail.queued],
              [words.sent, props.mail.sent],
              [words.dead, props.mail.dead],
            ]}
          />
        </div>
      </div>
    </>
  );
}

const stepNames = ["matched", "offered", "confirmed", "paid", "received"] as const;

function Steps({ steps }: Pick<DeskHomeProps, "steps">) {
  const words = useWords(deskHomeWords);
  return (
    <section aria-labelledby="steps" className="stack">
      <h2 id="steps">{words.steps}</h2>
      <dl className="figures">
        {stepNames.map((name, index) => {
          const before = stepNames[index - 1];
          const base = before === undefined ? 0 : steps[before];
          return (
            <div key={name}>
              <dt>{words.step[name]}</dt>
              <dd>
                {steps[name].toLocaleString("en")}
                {base > 0 && <span className="drop">{words.share(Math.round((steps[name] / base) * 100))}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Funds({ funds }: Pick<DeskHomeProps, "funds">) {
  const words = useWords(deskHomeWords);
  return (
    <section className="card" aria-labelledby="funds">
      <h2 id="funds">{words.funds}</h2>
      {funds.length === 0 && <Empty>{words.noFunds}</Empty>}
      {funds.map((fund) => (
        <div key={fund.id} className="stack fund-of">
          <h3>
            <Said>{fund.title}</Said> {isMissingYear(fund) && <span className="quiet">{fund.year}</span>}
          </h3>
          <FundBar fund={fund} />
        </div>
      ))}
    </section>
  );
}

const isMissingYear = ({ title, year }: Fund) => year !== undefined && !inLanguage(title, "zh").includes(String(year));

function Tasks({ tasks }: Pick<DeskHomeProps, "tasks">) {
  const words = useWords(deskHomeWords);
  return (
    <section className="card" aria-labelledby="tasks">
      <h2 id="tasks">{words.tasks}</h2>
      {tasks.length === 0 && <Empty>{words.noTasks}</Empty>}
      {tasks.length > 0 && (
        <ul className="list">
          {tasks.map(({ text, href }) => (
            <li key={href + inLanguage(text, "zh")}>
              <a href={href}>
                <Said>{text}</Said>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Exceptions({ exceptions }: Pick<DeskHomeProps, "exceptions">) {
  const words = useWords(deskHomeWords);
  return (
    <section className="card" aria-labelledby="exceptions">
      <h2 id="exceptions">{words.exceptions}</h2>
      {exceptions.length === 0 && <Empty>{words.noExceptions}</Empty>}
      {exceptions.length > 0 && (
        <ul className="list">
          {exceptions.map(({ kind, count, href }) => {
            const text = words.exception[kind](count);
            return <li key={kind}>{href === undefined ? text : <a href={href}>{text}</a>}</li>;
          })}
        </ul>
      )}
    </section>
  );
}

type CountsProps = Readonly<{ id: string; heading: string; of: readonly (readonly [string, number])[] }>;

function Counts({ id, heading, of }: CountsProps) {
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <dl className="details counts">
        {of.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count.toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Jobs({ jobs }: Pick<DeskHomeProps, "jobs">) {
  const words = useWords(deskHomeWords);
  if (jobs.length === 0) return <Empty>{words.noJobs}</Empty>;
  return (
    <DataTable
      caption={words.jobs}
      rows={jobs}
      keyOf={({ job, slot }) => job + slot}
      columns={[
        {
          head: words.job,
          cell: ({ job, purpose }) => (purpose === undefined ? <Code>{job}</Code> : <Said>{purpose}</Said>),
        },
        { head: words.slot, cell: ({ slot }) => <time dateTime={slot}>{slot.replace("T", " ")}</time> },
        {
          head: words.finished,
          cell: ({ finishedAt }) => (finishedAt === undefined ? words.running : <Instant of={finishedAt} />),
        },
        { head: words.outcome, cell: ({ outcome }) => <Said>{outcome ?? ""}</Said> },
      ]}
    />
  );
}
