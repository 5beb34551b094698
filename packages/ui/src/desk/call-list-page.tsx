import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";
import { callListWords } from "./call-list-words.ts";
import type { CallBrief, OpenedCall } from "./call-view.ts";

export type CallListProps = Readonly<{
  context: PageContext;
  calls: readonly CallBrief[];
  opened?: OpenedCall | undefined;
  problem?: string | undefined;
}>;

/** GET /desk/call-list, /desk/call-list/:id. Form: POST /desk/call-list/:id `outcome note attemptsSeen _csrf`. */
export function callListPage(props: CallListProps): string {
  const { title } = callListWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <CallList {...props} /> });
}

function CallList({ calls, opened, problem }: CallListProps) {
  const words = useWords(callListWords);
  return (
    <>
      {problem !== undefined && <ProblemSummary title={problem} />}
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      {opened && <Opened call={opened} />}
      {!opened && calls.length === 0 && <Empty>{words.empty}</Empty>}
      {!opened && calls.length > 0 && <Queue calls={calls} />}
    </>
  );
}

function Queue({ calls }: Pick<CallListProps, "calls">) {
  const words = useWords(callListWords);
  return (
    <DataTable
      caption={words.caption}
      rows={calls}
      keyOf={({ id }) => id}
      columns={[
        {
          head: words.firm,
          cell: ({ id, firmName }) => (
            <a href={`/desk/call-list/${encodeURIComponent(id)}`}>
              <Said>{firmName}</Said>
            </a>
          ),
        },
        { head: words.phone, cell: (call) => <Phone of={call} /> },
        { head: words.why, cell: ({ reason }) => words.reason[reason] },
        { head: words.since, cell: ({ openedAt }) => <Instant of={openedAt} /> },
        { head: words.tried, cell: ({ attempts }) => words.times(attempts) },
      ]}
    />
  );
}

function Phone({ of: { phone } }: Readonly<{ of: CallBrief }>) {
  const { noPhone } = useWords(callListWords);
  return phone === undefined ? <span className="quiet">{noPhone}</span> : <a href={`tel:${phone}`}>{phone}</a>;
}

function Opened({ call }: Readonly<{ call: OpenedCall }>) {
  const words = useWords(callListWords);
  return (
    <>
      <section className="card" aria-labelledby="call">
        <h2 id="call">
          <Said>{call.firmName}</Said> <Code>{call.firmCode}</Code>
        </h2>
        <DetailsList
          of={[
            [words.phone, <Phone key="phone" of={call} />],
            call.email !== undefined && [words.email, <Said key="email">{call.email}</Said>],
            [words.why, words.reason[call.reason]],
            [words.since, <Instant key="since" of={call.openedAt} />],
            call.offers.length > 0 && [words.offers, <Offers key="offers" of={call.offers} />],
          ]}
        />
      </section>
      <section className="card" aria-labelledby="script">
        <h2 id="script">{words.script}</h2>
        <p>{words.scriptText}</p>
      </section>
      <Tried of={call.tried} />
      {call.status === "closed" && <p className="quiet">{words.closed}</p>}
      {call.mayRecord && <RecordForm call={call} />}
      <p>
        <a href="/desk/call-list">{words.back}</a>
      </p>
    </>
  );
}

function Offers({ of }: Readonly<{ of: OpenedCall["offers"] }>) {
  const { until } = useWords(callListWords);
  return (
    <ul className="list">
      {of.map(({ id, title, amountFen, lastDay }) => (
        <li key={id}>
          <Said>{title}</Said> <Yuan fen={amountFen} /> <span className="quiet">{until}</span> <Day of={lastDay} full />
        </li>
      ))}
    </ul>
  );
}

function Tried({ of }: Readonly<{ of: OpenedCall["tried"] }>) {
  const words = useWords(callListWords);
  if (of.length === 0) return <Empty>{words.nothingTried}</Empty>;
  return (
    <DataTable
      caption={words.triedCaption}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        { head: words.at, cell: ({ at }) => <Instant of={at} /> },
        { head: words.channel, cell: ({ channel }) => words.channels[channel] },
        { head: words.result, cell: ({ result }) => words.results[result] },
        { head: words.note, cell: ({ note }) => note !== undefined && note !== "" && <Said>{note}</Said> },
      ]}
    />
  );
}

const outcomes = ["reached", "visited", "announced", "no-answer", "wrong-number"] as const;

function RecordForm({ call: { id, attempts } }: Readonly<{ call: OpenedCall }>) {
  const words = useWords(callListWords);
  return (
    <PostForm action={`/desk/call-list/${encodeURIComponent(id)}`} className="card stack">
      <h2>{words.record}</h2>
      <input type="hidden" name="attemptsSeen" value={attempts} />
      <fieldset>
        <legend>{words.outcome}</legend>
        <p className="hint">{words.proofHint}</p>
        {outcomes.map((outcome) => (
          <label key={outcome} className="choice">
            <input type="radio" name="outcome" value={outcome} required />
            <span>{words.results[outcome]}</span>
          </label>
        ))}
      </fieldset>
      <Field id="note" name="note" label={words.noteLabel} hint={words.noteHint} />
      <button className="main" type="submit">
        {words.save}
      </button>
    </PostForm>
  );
}
