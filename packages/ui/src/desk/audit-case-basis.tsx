import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import type { Lang } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Code, Day, Instant, Said } from "../kit/text.tsx";
import type { AuditCaseProps } from "./audit-case.ts";
import { Link } from "./audit-case-links.tsx";
import { auditCaseWords } from "./audit-case-words.ts";
import { StatusTag } from "./status-tag.tsx";

/** What was decided, and the digests that bind it to what it was decided from. */
export function DecisionLink({ decision }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  return (
    <Link
      title={
        <>
          {words.decision} <StatusTag kind="outcome" of={decision.outcome} />
        </>
      }
    >
      <DetailsList
        of={[
          [words.amount, <Said key="amount">{decision.amount}</Said>],
          [words.asOf, <Day key="asOf" of={decision.asOf} full />],
          [words.at, <Instant key="at" of={decision.decidedAt} />],
          [words.run, <Code key="run">{decision.runId}</Code>],
          [words.engine, <Code key="engine">{decision.engine}</Code>],
          [words.inputDigest, <Code key="input">{decision.inputSha256}</Code>],
          [words.resultDigest, <Code key="result">{decision.resultSha256}</Code>],
        ]}
      />
    </Link>
  );
}

/** The facts as they were known when the decision was made. */
export function FactTable({ facts }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  const { lang } = useReader();
  return (
    <DataTable
      caption={words.facts}
      captionUnseen
      rows={facts}
      keyOf={({ id }) => id}
      columns={[
        {
          head: words.fact,
          cell: ({ id, label }) => (
            <span>
              <Said>{label}</Said>
              <br />
              <Code>{id}</Code>
            </span>
          ),
        },
        {
          head: words.value,
          cell: ({ value, unknown }) =>
            value === undefined ? (
              <span className="warn">
                <Said>{unknownText(unknown ?? "", lang)}</Said>
              </span>
            ) : (
              <strong>
                <Said>{value}</Said>
              </strong>
            ),
        },
        { head: words.source, cell: ({ source }) => source !== undefined && <Source of={source} /> },
        { head: words.factAsOf, cell: ({ asOf }) => asOf !== undefined && <Day of={asOf} full /> },
        {
          head: words.delivery,
          cell: ({ delivery }) =>
            delivery && (
              <a href={`/desk/deliveries?id=${encodeURIComponent(delivery.id)}`}>
                <Said>{delivery.fileName ?? delivery.id}</Said>
              </a>
            ),
        },
      ]}
    />
  );
}

/** Known reasons in words (`stale`, or `stale: detail`); anything else as it was recorded. */
function unknownText(unknown: Bilingual, lang: Lang): string {
  const [reason = "", detail] = inLanguage(unknown, lang).split(": ", 2);
  const known: Readonly<Record<string, string>> = auditCaseWords[lang].unknown;
  return [known[reason] ?? reason, detail].filter(Boolean).join(": ");
}

export function VersionLink({ version }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  return (
    <Link title={`${words.version} ${version.version}`}>
      <DetailsList
        of={[
          [words.authors, <Said key="authors">{`${version.publishedBy} · ${version.approvedBy}`}</Said>],
          [words.published, <Instant key="published" of={version.publishedAt} />],
          [
            words.valid,
            <span key="valid">
              <Day of={version.validFrom} full />
              {words.to}
              {version.validTo === undefined ? words.openEnd : <Day of={version.validTo} full />}
            </span>,
          ],
          [words.ruleDigest, <Code key="digest">{version.sha256}</Code>],
        ]}
      />
    </Link>
  );
}

export function ClauseTexts({ clauses }: AuditCaseProps) {
  return clauses.map(({ name, text }) => (
    <div key={name} className="stack clause" lang="zh-CN">
      <h4>{name}</h4>
      <p className="quote">{text}</p>
    </div>
  ));
}
