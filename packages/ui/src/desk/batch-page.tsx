import { amountText, sumOf } from "../kit/amount.ts";
import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import { Done, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import type { PaymentStatus } from "../kit/status.ts";
import { Code, Instant, Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "../portal/back-link.tsx";
import { batchWords } from "./batch-words.ts";
import type { BatchBrief } from "./batches-page.tsx";
import { StatusTag } from "./status-tag.tsx";

export type BatchProps = Readonly<{
  context: PageContext;
  batch: BatchBrief & Readonly<{ sha256: string }>;
  lines: readonly PaymentLine[];
  /** What this reader may do; the service decides and enforces. */
  approval: "allowed" | "reader-is-maker" | "reader-has-checked" | "not-a-checker" | "not-open";
  mayCancel: boolean;
  /** The last batch that went to the bank before this one. */
  previous?: Readonly<{ id: string; messageId: string; count: number; totalFen: string }> | undefined;
  /** Of two checkers, what the first one saw. */
  firstSaw?: "the-same" | "another-file" | undefined;
  done?: "approved" | "checked" | "cancelled" | undefined;
  problem?: Readonly<{ code: string; message: Bilingual }> | undefined;
}>;

export type PaymentLine = Readonly<{
  paymentId: string;
  /** Where the reader may look closer; absent: nowhere. */
  firmHref?: string | undefined;
  endToEndId: string;
  firmName: string;
  policyTitle: Bilingual;
  holderName: string;
  accountNoMasked: string;
  amountFen: string;
  attempt: number;
  status: PaymentStatus;
  /** What is new against the last money that reached the firm. */
  difference?: "first-payment" | "other-account" | undefined;
  reason?: string | undefined;
}>;

/**
 * GET /desk/batches/:id. Forms: POST /desk/batches/:id/approve `sha256 _csrf`,
 * POST /desk/batches/:id/cancel `_csrf`.
 */
export function batchPage(props: BatchProps): string {
  const title = batchWords[props.context.lang].title(props.batch.messageId);
  return renderDocument(props.context, { surface: "desk", title, children: <Batch {...props} /> });
}

function Batch(props: BatchProps) {
  const { batch, lines, done, problem } = props;
  const words = useWords(batchWords);
  const { lang } = useReader();
  // The list on screen and the total that is approved must be the same money.
  const adds = sumOf(lines.map(({ amountFen }) => amountFen)) === batch.totalFen && lines.length === batch.count;
  return (
    <>
      {problem && (
        <ProblemSummary title={typeof problem.message === "string" ? problem.message : problem.message[lang]} />
      )}
      {done && <Done>{words.done[done]}</Done>}
      <BackLink href="/desk/batches">{words.back}</BackLink>
      <h1>{words.title(batch.messageId)}</h1>
      <div className="columns even">
        <div className="card">
          <Summary batch={batch} />
        </div>
        {adds ? <Approval {...props} /> : <ProblemSummary title={words.mismatch} />}
      </div>
      <Differences {...props} />
      <Lines lines={lines} />
    </>
  );
}

function Summary({ batch }: Pick<BatchProps, "batch">) {
  const words = useWords(batchWords);
  const instant = (label: string, at: string | undefined) =>
    at !== undefined && ([label, <Instant key={label} of={at} />] as const);
  return (
    <DetailsList
      of={[
        [words.status, <StatusTag key="status" kind="batch" of={batch.status} />],
        [words.count, batch.count],
        [
          words.total,
          <strong key="total">
            <Yuan fen={batch.totalFen} />
          </strong>,
        ],
        [words.maker, <Said key="maker">{batch.maker}</Said>],
        batch.firstChecker !== undefined && [words.firstChecker, <Said key="first">{batch.firstChecker}</Said>],
        batch.checker !== undefined && [words.checker, <Said key="checker">{batch.checker}</Said>],
        instant(words.drafted, batch.draftedAt),
        instant(words.approved, batch.approvedAt),
        instant(words.sent, batch.sentAt),
        instant(words.closed, batch.closedAt),
        [words.file, <Code key="file">{batch.sha256}</Code>],
      ]}
    />
  );
}

/** What a checker looks at first: how it differs from the last one, and from what was checked already. */
function Differences({ batch, lines, previous, firstSaw }: BatchProps) {
  const words = useWords(batchWords);
  const { lang } = useReader();
  const countOf = (wanted: PaymentLine["difference"]) =>
    words.payments(lines.filter(({ difference }) => difference === wanted).length);
  return (
    <section className="card" aria-labelledby="differences">
      <h2 id="differences">{words.differences}</h2>
      <DetailsList
        of={[
          [
            words.previous,
            previous === undefined ? (
              words.noPrevious
            ) : (
              <a key="previous" href={`/desk/batches/${encodeURIComponent(previous.id)}`}>
                {previous.messageId}
              </a>
            ),
          ],
          previous !== undefined && [words.countChange, signed(String(batch.count - previous.count))],
          previous !== undefined && [
            words.totalChange,
            signed(amountText(sumOf([batch.totalFen, `-${previous.totalFen}`]), lang)),
          ],
          [words.difference["first-payment"], countOf("first-payment")],
          [words.difference["other-account"], countOf("other-account")],
          [words.repeated, words.payments(lines.filter(({ attempt }) => attempt > 1).length)],
          firstSaw !== undefined && [words.firstSaw, words.saw[firstSaw]],
        ]}
      />
    </section>
  );
}

/** An increase says so too. */
const signed = (text: string) => (text.includes("-") ? text : `+${text}`);

function Approval({ batch, approval, mayCancel }: BatchProps) {
  const words = useWords(batchWords);
  const { lang } = useReader();
  const path = `/desk/batches/${encodeURIComponent(batch.id)}`;
  return (
    <div className="card">
      {approval === "allowed" ? (
        <PostForm action={`${path}/approve`} className="stack">
          <input type="hidden" name="sha256" value={batch.sha256} />
          {batch.checkersNeeded === 2 && <p className="hint">{words.twoCheckers}</p>}
          <p>{words.approveLead(batch.count, amountText(batch.totalFen, lang))}</p>
          <button className="main" type="submit">
            {words.approve}
          </button>
        </PostForm>
      ) : (
        <p>{words.approval[approval]}</p>
      )}
      {mayCancel && (
        <PostForm action={`${path}/cancel`} className="stack">
          <p className="hint">{words.cancelLead}</p>
          <button className="other" type="submit">
            {words.cancel}
          </button>
        </PostForm>
      )}
    </div>
  );
}

function Lines({ lines }: Pick<BatchProps, "lines">) {
  const words = useWords(batchWords);
  return (
    <DataTable
      caption={words.lines}
      rows={lines}
      keyOf={({ paymentId }) => paymentId}
      columns={[
        {
          head: words.firm,
          cell: ({ firmName, policyTitle, firmHref }) => (
            <span>
              {firmHref === undefined ? (
                <Said>{firmName}</Said>
              ) : (
                <a href={firmHref}>
                  <Said>{firmName}</Said>
                </a>
              )}
              <br />
              <span className="hint">
                <Said>{policyTitle}</Said>
              </span>
            </span>
          ),
        },
        {
          head: words.holder,
          cell: ({ holderName, accountNoMasked, difference }) => (
            <span>
              <Said>{holderName}</Said>
              <br />
              <span className="hint">{accountNoMasked}</span>
              {difference !== undefined && (
                <>
                  <br />
                  <span className="tag warn">{words.difference[difference]}</span>
                </>
              )}
            </span>
          ),
        },
        { head: words.amount, figure: true, cell: ({ amountFen }) => <Yuan fen={amountFen} /> },
        {
          head: words.state,
          cell: ({ status, attempt, reason }) => (
            <span>
              <StatusTag kind="payment" of={status} /> {attempt > 1 && words.attempt(attempt)}
              {reason !== undefined && (
                <>
                  <br />
                  <span className="hint">
                    <Said>{reason}</Said>
                  </span>
                </>
              )}
            </span>
          ),
        },
        { head: words.endToEnd, cell: ({ endToEndId }) => <Code>{endToEndId}</Code> },
      ]}
    />
  );
}
