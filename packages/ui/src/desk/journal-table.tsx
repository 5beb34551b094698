import { DataTable } from "../kit/data-table.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import { Code, Instant, Said } from "../kit/text.tsx";

/** One event of the journal, as recorded. */
export type JournalEventView = Readonly<{
  seq: string;
  type: string;
  subject: string;
  /** Account id, or `system:` and the job. */
  actor: string;
  actorName?: string | undefined;
  at: string;
  payload: Readonly<Record<string, unknown>>;
  seal?: Readonly<{ index: string; hash: string }> | undefined;
}>;

const words = catalogue(
  {
    seq: "序号",
    event: "事件",
    actor: "谁",
    at: "时间",
    payload: "内容",
    seal: "封存",
    notSealed: "等待封存",
    sealNo: (index: string) => `第 ${index} 号`,
  },
  {
    seq: "No.",
    event: "Event",
    actor: "By",
    at: "Time",
    payload: "Content",
    seal: "Seal",
    notSealed: "waits for a seal",
    sealNo: (index) => `No. ${index}`,
  },
);

type JournalTableProps = Readonly<{ caption: string; events: readonly JournalEventView[] }>;

export function JournalTable({ caption, events }: JournalTableProps) {
  const text = useWords(words);
  return (
    <DataTable
      caption={caption}
      rows={events}
      keyOf={({ seq }) => seq}
      columns={[
        { head: text.seq, cell: ({ seq }) => seq },
        {
          head: text.event,
          cell: ({ type, subject }) => (
            <span>
              <a href={`/audit/journal?type=${encodeURIComponent(type)}`}>{type}</a>
              <br />
              <a className="code" href={`/audit/journal?subject=${encodeURIComponent(subject)}`}>
                {subject}
              </a>
            </span>
          ),
        },
        { head: text.actor, cell: (event) => <Actor event={event} /> },
        { head: text.at, cell: ({ at }) => <Instant of={at} /> },
        { head: text.payload, cell: ({ payload }) => <Payload payload={payload} /> },
        {
          head: text.seal,
          cell: ({ seal }) =>
            seal === undefined ? (
              <span className="quiet">{text.notSealed}</span>
            ) : (
              <span>
                {text.sealNo(seal.index)}
                <br />
                <Code>{seal.hash.slice(0, 16)}</Code>
              </span>
            ),
        },
      ]}
    />
  );
}

function Actor({ event: { actor, actorName } }: Readonly<{ event: JournalEventView }>) {
  if (actorName === undefined) return <Said>{actor}</Said>;
  return (
    <>
      <Said>{actorName}</Said>
      <br />
      <Code>{actor}</Code>
    </>
  );
}

function Payload({ payload }: Pick<JournalEventView, "payload">) {
  return (
    <ul className="payload">
      {Object.entries(payload).map(([key, value]) => (
        <li key={key}>
          <span className="quiet">{key}</span> <Code>{typeof value === "string" ? value : JSON.stringify(value)}</Code>
        </li>
      ))}
    </ul>
  );
}
