import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Code, Said } from "../kit/text.tsx";
import { type KeptFileBrief, useFileColumns, useFileDetails } from "./kept-file.tsx";
import { quarantineWords } from "./quarantine-words.ts";

export type QuarantineProps = Readonly<{
  context: PageContext;
  held: readonly HeldBrief[];
  /** One of them opened. */
  opened?: HeldDelivery | undefined;
}>;

export type HeldStatus = "held" | "endorsed" | "released" | "rejected";

export type HeldBrief = KeptFileBrief & Readonly<{ status: HeldStatus }>;

export type HeldDelivery = HeldBrief &
  Readonly<{
    sha256: string;
    importedBy: string;
    pays: boolean;
    findings: readonly Readonly<{ column?: string | undefined; message: Bilingual }>[];
    endorsedBy?: string | undefined;
    decidedBy?: string | undefined;
    reason?: string | undefined;
    /** Absent once it is decided. */
    affected?: AffectedSummary | undefined;
    mayDecide: boolean;
  }>;

export type AffectedSummary = Readonly<{
  count: number;
  first: readonly Readonly<{ firmCode: string; firmName: string; changes: readonly ChangeText[] }>[];
}>;

/** Values as text; `before` is absent where nothing was known. */
export type ChangeText = Readonly<{ column: string; before?: string | undefined; now: string }>;

/** GET /desk/quarantine, /desk/quarantine/:id. Forms: POST /desk/quarantine/:id/release and /reject with `reason _csrf`. */
export function quarantinePage(props: QuarantineProps): string {
  const { title } = quarantineWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Quarantine {...props} /> });
}

function Quarantine({ held, opened }: QuarantineProps) {
  const words = useWords(quarantineWords);
  return (
    <>
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      {opened && <Opened held={opened} />}
      {!opened && held.length === 0 && <Empty>{words.empty}</Empty>}
      {!opened && held.length > 0 && <HeldTable held={held} />}
    </>
  );
}

function HeldTable({ held }: Pick<QuarantineProps, "held">) {
  const words = useWords(quarantineWords);
  const columns = useFileColumns<HeldBrief>("/desk/quarantine", ({ status }) => <Status of={status} />);
  return <DataTable caption={words.caption} rows={held} keyOf={({ id }) => id} columns={columns} />;
}

function Status({ of }: Readonly<{ of: HeldStatus }>) {
  const words = useWords(quarantineWords);
  return <span className={of === "held" || of === "endorsed" ? "warn" : "quiet"}>{words[of]}</span>;
}

function Opened({ held }: Readonly<{ held: HeldDelivery }>) {
  const words = useWords(quarantineWords);
  const { id, fileName, status, sha256, importedBy, pays, findings } = held;
  const details = useFileDetails(held, <Status of={status} />);
  return (
    <>
      <section className="card" aria-labelledby="held">
        <h2 id="held">
          <Said>{fileName}</Said>
        </h2>
        <DetailsList
          of={[
            ...details,
            [words.importedBy, <Said key="by">{importedBy}</Said>],
            held.endorsedBy !== undefined && [words.endorsedBy, <Said key="endorsed">{held.endorsedBy}</Said>],
            held.decidedBy !== undefined && [words.decidedBy, <Said key="decided">{held.decidedBy}</Said>],
            held.reason !== undefined && [words.decisionReason, <Said key="reason">{held.reason}</Said>],
            [words.digest, <Code key="digest">{sha256}</Code>],
          ]}
        />
        <DataTable
          caption={words.why}
          rows={findings}
          keyOf={({ column, message }) => `${column} ${JSON.stringify(message)}`}
          columns={[
            { head: words.column, cell: ({ column }) => (column ? <Code>{column}</Code> : words.wholeFile) },
            { head: words.reason, cell: ({ message }) => <Said>{message}</Said> },
          ]}
        />
        {held.mayDecide && <Decide id={id} pays={pays} />}
      </section>
      {held.affected && <Affected id={id} affected={held.affected} />}
      <p>
        <a href="/desk/quarantine">{words.back}</a>
      </p>
    </>
  );
}

function Decide({ id, pays }: Pick<HeldDelivery, "id" | "pays">) {
  const words = useWords(quarantineWords);
  const action = `/desk/quarantine/${encodeURIComponent(id)}`;
  return (
    <>
      {pays && <p className="warn">{words.pays}</p>}
      {(["release", "reject"] as const).map((what) => (
        <PostForm key={what} action={`${action}/${what}`} className="filter">
          <Field id={`reason-${what}`} name="reason" label={words.yourReason} required />
          <button className={what === "release" ? "main" : "other"} type="submit">
            {words[what]}
          </button>
        </PostForm>
      ))}
    </>
  );
}

function Affected({ id, affected }: Readonly<{ id: string; affected: AffectedSummary }>) {
  const words = useWords(quarantineWords);
  return (
    <section className="card" aria-labelledby="affected">
      <h2 id="affected">{words.affected(affected.count)}</h2>
      <p className="quiet">{words.affectedLead}</p>
      {affected.first.length > 0 && (
        <>
          <DataTable
            caption={words.affectedCaption}
            rows={affected.first}
            keyOf={({ firmCode }) => firmCode}
            columns={[
              {
                head: words.firm,
                cell: ({ firmCode, firmName }) => (
                  <>
                    <Said>{firmName}</Said> <Code>{firmCode}</Code>
                  </>
                ),
              },
              { head: words.changes, cell: ({ changes }) => <Changes of={changes} /> },
            ]}
          />
          <p>
            <a href={`/desk/quarantine/${encodeURIComponent(id)}/firms.csv`}>{words.download}</a>
          </p>
        </>
      )}
    </section>
  );
}

function Changes({ of }: Readonly<{ of: readonly ChangeText[] }>) {
  const words = useWords(quarantineWords);
  return (
    <ul className="payload">
      {of.map(({ column, before, now }) => (
        <li key={column}>
          <Code>{column}</Code> <Said>{`${before ?? words.none} → ${now}`}</Said>
        </li>
      ))}
    </ul>
  );
}
