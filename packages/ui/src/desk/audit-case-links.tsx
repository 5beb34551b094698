import type { ReactNode } from "react";
import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { useWords } from "../kit/reader.ts";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";
import type { AuditBatch, AuditBooking, AuditCaseProps, AuditNotice, AuditPayment } from "./audit-case.ts";
import { auditCaseWords } from "./audit-case-words.ts";
import { StatusTag } from "./status-tag.tsx";

/** One link of the chain. A link without content says that the case has not come so far. */
export function Link({ title, children }: Readonly<{ title: ReactNode; children?: ReactNode }>) {
  const { none } = useWords(auditCaseWords);
  return (
    <li {...(!children && { className: "none" })}>
      <h3>{title}</h3>
      {children ? <div className="card">{children}</div> : <p className="quiet">{none}</p>}
    </li>
  );
}

export function ReceiptLink({ receipt }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  return (
    <Link title={words.receipt}>
      {receipt && (
        <DetailsList
          of={[
            [words.at, <Instant key="at" of={receipt.at} />],
            receipt.actor !== undefined && [words.actor, <Said key="actor">{receipt.actor}</Said>],
          ]}
        />
      )}
    </Link>
  );
}

export function DisclosureLinks({ disclosures }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  return (
    <Link title={words.disclosure}>
      {disclosures.length > 0 && (
        <ul>
          {disclosures.map(({ id, maskedName, publishedAt }) => (
            <li key={id}>
              <Instant of={publishedAt} /> <Said>{maskedName}</Said>
            </li>
          ))}
        </ul>
      )}
    </Link>
  );
}

export function PaymentLinks({ payments }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  if (payments.length === 0) return <Link title={words.payment(1)} />;
  return payments.map((payment) => (
    <Link
      key={payment.id}
      title={
        <>
          {words.payment(payment.attempt)} <StatusTag kind="payment" of={payment.status} />
        </>
      }
    >
      <Payment payment={payment} />
      {payment.batch && <Batch batch={payment.batch} />}
    </Link>
  ));
}

function Payment({ payment }: Readonly<{ payment: AuditPayment }>) {
  const words = useWords(auditCaseWords);
  const reason = [payment.reasonCode, payment.reason].filter(Boolean).join(" ");
  return (
    <DetailsList
      of={[
        [words.amount, <Yuan key="amount" fen={payment.amountFen} />],
        [words.account, <Said key="account">{`${payment.holderName} ${payment.accountNoMasked}`}</Said>],
        [words.endToEnd, <Code key="endToEnd">{payment.endToEndId}</Code>],
        [words.created, <Instant key="created" of={payment.createdAt} />],
        reason !== "" && [words.reason, <Said key="reason">{reason}</Said>],
        payment.bookings.length > 0 && [words.booking, <Bookings key="bookings" bookings={payment.bookings} />],
      ]}
    />
  );
}

function Bookings({ bookings }: Readonly<{ bookings: readonly AuditBooking[] }>) {
  const words = useWords(auditCaseWords);
  return (
    <ul>
      {bookings.map(({ reference, direction, bookedOn, fileSha256 }) => (
        <li key={reference}>
          <Day of={bookedOn} full /> {words[direction]} <Code>{reference}</Code>
          <br />
          <span className="hint">
            {words.bookingFile} <Code>{fileSha256}</Code>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Batch({ batch }: Readonly<{ batch: AuditBatch }>) {
  const words = useWords(auditCaseWords);
  return (
    <DetailsList
      of={[
        [
          words.batch,
          <span key="batch">
            <a href={`/desk/batches/${encodeURIComponent(batch.id)}`}>{batch.messageId}</a>{" "}
            <StatusTag kind="batch" of={batch.status} />
          </span>,
        ],
        [
          words.maker,
          <span key="maker">
            <Said>{batch.maker}</Said> <Instant of={batch.draftedAt} />
          </span>,
        ],
        batch.checker !== undefined && [
          words.checker,
          <span key="checker">
            <Said>{batch.checker}</Said> {batch.approvedAt !== undefined && <Instant of={batch.approvedAt} />}
          </span>,
        ],
        batch.sentAt !== undefined && [words.sent, <Instant key="sent" of={batch.sentAt} />],
        [words.batchDigest, <Code key="digest">{batch.sha256}</Code>],
      ]}
    />
  );
}

export function ConsentLinks({ consents }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  if (consents.length === 0) return <Link title={words.consent} />;
  return consents.map(({ receiptNo, actor, at, answer, amountFenSeen, requestSha256 }) => (
    <Link key={receiptNo} title={answer === "confirmed" ? words.consent : words.refusal}>
      <DetailsList
        of={[
          [words.actor, <Said key="actor">{actor}</Said>],
          [words.at, <Instant key="at" of={at} />],
          [words.receiptNo, receiptNo],
          [words.amountSeen, <Yuan key="amount" fen={amountFenSeen} />],
          [words.requestDigest, <Code key="digest">{requestSha256}</Code>],
        ]}
      />
    </Link>
  ));
}

export function NoticeLink({ notices }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  return (
    <Link title={words.notices}>
      {notices.length > 0 && (
        <ul className="list">
          {notices.map((notice) => (
            <li key={notice.id}>
              <Notice notice={notice} />
            </li>
          ))}
        </ul>
      )}
    </Link>
  );
}

function Notice({ notice: { subject, createdAt, readAt, sendings } }: Readonly<{ notice: AuditNotice }>) {
  const words = useWords(auditCaseWords);
  return (
    <>
      <Said>{subject}</Said>
      <p className="hint">
        <Instant of={createdAt} /> · {sendings.length === 0 && `${words.inboxOnly} · `}
        {sendings.map(
          ({ channel, status }) => `${words.sending(words.channel[channel], words.sendingStatus[status])} · `,
        )}
        {readAt === undefined ? (
          words.unread
        ) : (
          <>
            {words.read} <Instant of={readAt} />
          </>
        )}
      </p>
    </>
  );
}

export function OfferLink({ offer }: AuditCaseProps) {
  const words = useWords(auditCaseWords);
  return (
    <Link title={words.offer}>
      {offer && (
        <DetailsList
          of={[
            [words.at, <Instant key="at" of={offer.at} />],
            [words.amount, <Yuan key="amount" fen={offer.amountFen} />],
            offer.beside !== undefined && [words.alone, <Yuan key="alone" fen={offer.beside.askedFen} />],
            offer.beside !== undefined &&
              offer.beside.reasons.length > 0 && [words.beside, <Sentences key="beside" of={offer.beside.reasons} />],
            [words.deadline, <Instant key="deadline" of={offer.confirmBefore} />],
            offer.remindersSent !== undefined && [words.reminders, words.times(offer.remindersSent)],
          ]}
        />
      )}
    </Link>
  );
}

function Sentences({ of }: Readonly<{ of: readonly Bilingual[] }>) {
  return (
    <ul>
      {of.map((sentence) => (
        <li key={inLanguage(sentence, "zh")}>
          <Said>{sentence}</Said>
        </li>
      ))}
    </ul>
  );
}
