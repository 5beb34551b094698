import { inLanguage } from "../kit/bilingual.ts";
import { ConditionList } from "../kit/condition-list.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import { regionName } from "../kit/names.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Code, Instant, Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "../portal/back-link.tsx";
import type { AuditCaseProps, Replay } from "./audit-case.ts";
import { AfterPaymentLinks } from "./audit-case-after.tsx";
import { ClauseTexts, DecisionLink, FactTable, VersionLink } from "./audit-case-basis.tsx";
import {
  ConsentLinks,
  DisclosureLinks,
  Link,
  NoticeLink,
  OfferLink,
  PaymentLinks,
  ReceiptLink,
} from "./audit-case-links.tsx";
import { auditCaseWords } from "./audit-case-words.ts";
import { JournalTable } from "./journal-table.tsx";
import { StatusTag } from "./status-tag.tsx";

/** GET /audit/cases/:id. Form: POST /audit/cases/:id/replay `_csrf`, answered by this page with `replay`. */
export function auditCasePage(props: AuditCaseProps): string {
  const { lang } = props.context;
  const title = auditCaseWords[lang].title(inLanguage(props.policyTitle, lang));
  return renderDocument(props.context, { surface: "desk", title, children: <AuditCase {...props} /> });
}

function AuditCase(props: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  const { lang } = useReader();
  return (
    <>
      <BackLink href="/audit">{words.back}</BackLink>
      <h1>
        <Said>{words.title(inLanguage(props.policyTitle, lang))}</Said>
      </h1>
      <div className="columns even">
        <div className="card">
          <Summary {...props} />
        </div>
        <ReplayCard caseId={props.caseId} replay={props.replay} />
      </div>
      <section className="stack" aria-labelledby="chain">
        <h2 id="chain">{words.chain}</h2>
        <ol className="chain">
          <AfterPaymentLinks {...props} />
          <ReceiptLink {...props} />
          <DisclosureLinks {...props} />
          <PaymentLinks {...props} />
          <ConsentLinks {...props} />
          <NoticeLink {...props} />
          <OfferLink {...props} />
          <DecisionLink {...props} />
          <Link title={words.trace}>
            <ConditionList lines={[props.decision.trace]} />
          </Link>
          <Link title={words.facts}>
            <FactTable {...props} />
            <p>
              <a href={knownFactsHref(props)}>{words.knownFacts}</a>
            </p>
          </Link>
          <VersionLink {...props} />
          <Link title={words.clauses}>
            <ClauseTexts {...props} />
          </Link>
        </ol>
      </section>
      <JournalTable caption={words.events} events={props.events} />
    </>
  );
}

/** What departments had said by the day of the decision, about that day. */
function knownFactsHref({ firm, decision }: AuditCaseProps): string {
  return `/audit/facts?${new URLSearchParams({ firm: firm.code, about: decision.asOf, known: decision.asOf })}`;
}

function Summary({ firm, period, amountFen, status }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  const { lang } = useReader();
  return (
    <DetailsList
      of={[
        [words.firm, <Said key="firm">{firm.name}</Said>],
        [words.firmCode, firm.code],
        [words.region, regionName(firm.regionCode, lang)],
        [words.period, period === "once" ? words.once : period],
        [words.amount, amountFen === undefined ? words.notOffered : <Yuan key="amount" fen={amountFen} />],
        status !== undefined && [words.status, <StatusTag key="status" kind="entitlement" of={status} />],
      ]}
    />
  );
}

function ReplayCard({ caseId, replay }: Pick<AuditCaseProps, "caseId" | "replay">) {
  const words = useWords(auditCaseWords);
  return (
    <div className={`card ${replay === undefined ? "" : replay.equal ? "verified" : "broken"}`}>
      {replay && <ReplayAnswer replay={replay} />}
      <PostForm action={`/audit/cases/${encodeURIComponent(caseId)}/replay`} className="stack">
        <p className="quiet">{words.replayLead}</p>
        <button className="main" type="submit">
          {words.replay}
        </button>
      </PostForm>
    </div>
  );
}

function ReplayAnswer({ replay }: Readonly<{ replay: Replay }>) {
  const words = useWords(auditCaseWords);
  return (
    <div className="stack" role="status">
      <strong className={replay.equal ? "good" : "bad"}>
        {replay.equal ? words.replayEqual : words.replayDiffers}
      </strong>
      {replay.equal ? (
        <p className="code">{words.replayEqualText(replay.resultSha256)}</p>
      ) : (
        <>
          <DetailsList
            of={[
              [words.replayStored, <Code key="stored">{replay.storedSha256}</Code>],
              replay.resultSha256 !== undefined && [words.replayNow, <Code key="now">{replay.resultSha256}</Code>],
            ]}
          />
          <ul>
            {replay.differences.map((difference) => (
              <li key={inLanguage(difference, "zh")}>
                <Said>{difference}</Said>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="hint">
        <Instant of={replay.at} />
      </p>
    </div>
  );
}
