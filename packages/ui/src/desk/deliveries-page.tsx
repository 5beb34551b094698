import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { sourceName } from "../kit/names.ts";
import { Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { useReader, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Code, Day, Instant, Said } from "../kit/text.tsx";
import { deliveriesWords } from "./deliveries-words.ts";

export type DeliveriesProps = Readonly<{
  context: PageContext;
  deliveries: readonly DeliveryBrief[];
  /** Deliveries that look wrong and wait for a word. */
  held: number;
  /** Open disputes about facts, and paid awards that wait for a look. */
  disputed: number;
  underReview: number;
  /** Source ids that a file can be uploaded for. */
  sources: readonly string[];
  mayUpload: boolean;
  /** One delivery opened (`?id=`), or just uploaded, with the rows that were refused. */
  opened?: (DeliveryBrief & Readonly<{ issues: readonly DeliveryIssue[] }>) | undefined;
  upload?: UploadForm | undefined;
  nextHref?: string | undefined;
}>;

/** The upload form as it came back; a browser cannot keep the file itself. */
export type UploadForm = Readonly<{
  source?: string | undefined;
  asOf?: string | undefined;
  problem?: Readonly<{ code: string; message: Bilingual }> | undefined;
}>;

export type DeliveryBrief = Readonly<{
  id: string;
  sourceId: string;
  fileName: string;
  sha256: string;
  asOf: string;
  obtainedAt: string;
  rowsGood: number;
  rowsBad: number;
  importedBy: string;
}>;

export type DeliveryIssue = Readonly<{ line: number; column?: string | undefined; reason: Bilingual }>;

/** GET /desk/deliveries. Form: POST /desk/deliveries multipart `source asOf file _csrf`. */
export function deliveriesPage(props: DeliveriesProps): string {
  const { title } = deliveriesWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Deliveries {...props} /> });
}

function Deliveries({
  deliveries,
  held,
  disputed,
  underReview,
  sources,
  mayUpload,
  opened,
  upload,
  nextHref,
}: DeliveriesProps) {
  const words = useWords(deliveriesWords);
  const { lang } = useReader();
  return (
    <>
      {upload?.problem && <ProblemSummary title={inLanguage(upload.problem.message, lang)} />}
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      <p>
        <a href="/desk/quarantine" {...(held > 0 && { className: "warn" })}>
          {words.held(held)}
        </a>
        {" · "}
        <a href="/desk/data-demand">{words.demand}</a>
        {" · "}
        <a href="/desk/register">{words.register}</a>
        {" · "}
        <a href="/desk/disputes" {...(disputed > 0 && { className: "warn" })}>
          {words.disputed(disputed)}
        </a>
        {" · "}
        <a href="/desk/reassessments" {...(underReview > 0 && { className: "warn" })}>
          {words.underReview(underReview)}
        </a>
      </p>
      {opened && <Opened delivery={opened} />}
      {mayUpload && <Upload sources={sources} upload={upload} />}
      {deliveries.length === 0 ? <Empty>{words.empty}</Empty> : <DeliveryTable deliveries={deliveries} />}
      <Paging nextHref={nextHref} />
    </>
  );
}

function Upload({ sources, upload }: Pick<DeliveriesProps, "sources" | "upload">) {
  const words = useWords(deliveriesWords);
  const { lang } = useReader();
  return (
    <section className="card" aria-labelledby="upload">
      <h2 id="upload">{words.upload}</h2>
      <PostForm action="/desk/deliveries" multipart className="filter">
        <div className="field">
          <label htmlFor="source">{words.source}</label>
          <select id="source" name="source" required defaultValue={upload?.source ?? ""}>
            <option value="">{words.choose}</option>
            {sources.map((source) => (
              <option key={source} value={source}>
                {inLanguage(sourceName(source), lang)}
              </option>
            ))}
          </select>
        </div>
        <Field id="asOf" name="asOf" type="date" label={words.asOf} value={upload?.asOf} required />
        <div className="field">
          <label htmlFor="file">{words.file}</label>
          <input id="file" name="file" type="file" accept=".csv,.ndjson,.parquet,.xlsx" required />
        </div>
        <button className="main" type="submit">
          {words.submit}
        </button>
      </PostForm>
    </section>
  );
}

function Opened({ delivery }: Readonly<{ delivery: NonNullable<DeliveriesProps["opened"]> }>) {
  const words = useWords(deliveriesWords);
  const { fileName, sourceId, asOf, rowsGood, rowsBad, sha256, issues } = delivery;
  return (
    <section className="card" aria-labelledby="opened">
      <h2 id="opened">
        <Said>{words.openedTitle(fileName)}</Said>
      </h2>
      <DetailsList
        of={[
          [words.from, <Source key="from" of={sourceId} />],
          [words.asOfHead, <Day key="asOf" of={asOf} full />],
          [words.rows, words.rowCount(rowsGood, rowsBad)],
          [words.digest, <Code key="digest">{sha256}</Code>],
        ]}
      />
      {issues.length === 0 && <p className="good">{words.noIssues}</p>}
      {issues.length > 0 && (
        <>
          <p>
            {words.issuesLead}{" "}
            <a href={`/desk/deliveries/${encodeURIComponent(delivery.id)}/issues.csv`}>{words.issuesFile}</a>
          </p>
          <DataTable
            caption={words.issues}
            rows={issues}
            keyOf={({ line, column, reason }) => `${line} ${column} ${inLanguage(reason, "zh")}`}
            columns={[
              { head: words.line, cell: ({ line }) => line },
              { head: words.column, cell: ({ column }) => (column ? <Code>{column}</Code> : words.wholeRow) },
              { head: words.reason, cell: ({ reason }) => <Said>{reason}</Said> },
            ]}
          />
        </>
      )}
    </section>
  );
}

function DeliveryTable({ deliveries }: Pick<DeliveriesProps, "deliveries">) {
  const words = useWords(deliveriesWords);
  return (
    <DataTable
      caption={words.caption}
      rows={deliveries}
      keyOf={({ id }) => id}
      columns={[
        {
          head: words.fileName,
          cell: ({ id, fileName }) => (
            <a href={`/desk/deliveries?id=${encodeURIComponent(id)}`}>
              <Said>{fileName}</Said>
            </a>
          ),
        },
        { head: words.from, cell: ({ sourceId }) => <Source of={sourceId} /> },
        { head: words.asOfHead, cell: ({ asOf }) => <Day of={asOf} full /> },
        { head: words.obtained, cell: ({ obtainedAt }) => <Instant of={obtainedAt} /> },
        {
          head: words.rows,
          cell: ({ rowsGood, rowsBad }) => (
            <span {...(rowsBad > 0 && { className: "warn" })}>{words.rowCount(rowsGood, rowsBad)}</span>
          ),
        },
        { head: words.by, cell: ({ importedBy }) => <Said>{importedBy}</Said> },
      ]}
    />
  );
}
