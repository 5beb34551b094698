import { DetailsList } from "../kit/details-list.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import { recoveryWords } from "../kit/recovery-words.ts";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";
import type { AuditCaseProps, AuditRecovery, AuditReview } from "./audit-case.ts";
import { Link } from "./audit-case-links.tsx";

const words = catalogue(
  {
    review: "已兑付复核",
    reviewStatus: { open: "待核定", upheld: "差额成立", dismissed: "不成立", superseded: "已被取代" },
    stood: "当时金额",
    due: "应为",
    opened: "提出",
    led: "引出",
    award: "补发自",
    recovery: "追缴",
    corrected: "因更正减少",
    statement: "陈述",
    receipts: "银行入账",
    offsets: "抵扣",
    offsetStatus: { agreed: "待抵扣", applied: "已抵扣", "fell-away": "已失效" },
  },
  {
    review: "Paid award under review",
    reviewStatus: { open: "open", upheld: "upheld", dismissed: "dismissed", superseded: "superseded" },
    stood: "Stood at",
    due: "Was due",
    opened: "Opened",
    led: "Led to",
    award: "On top of",
    recovery: "Recovery",
    corrected: "Taken back by corrections",
    statement: "Statement",
    receipts: "Booked by the bank",
    offsets: "Set off",
    offsetStatus: { agreed: "held", applied: "applied", "fell-away": "fell away" },
  },
);

/** What happened after payment: reviews, what was asked back, and what this case is on top of. */
export function AfterPaymentLinks({ awardId, reviews, recoveries }: AuditCaseProps) {
  const text = useWords(words);
  return (
    <>
      {recoveries.map((recovery) => (
        <RecoveryLink key={recovery.id} of={recovery} />
      ))}
      {reviews.map((review) => (
        <ReviewLink key={review.id} of={review} />
      ))}
      {awardId !== undefined && (
        <Link title={text.award}>
          <Case id={awardId} />
        </Link>
      )}
    </>
  );
}

function Case({ id }: Readonly<{ id: string }>) {
  return (
    <a href={`/audit/cases/${encodeURIComponent(id)}`}>
      <Code>{id}</Code>
    </a>
  );
}

function ReviewLink({ of }: Readonly<{ of: AuditReview }>) {
  const text = useWords(words);
  const { id, status, openedAt, paidFen, dueFen, recoveryId, topUpId } = of;
  return (
    <Link title={`${text.review} · ${text.reviewStatus[status]}`}>
      <DetailsList
        of={[
          [text.opened, <Instant key="opened" of={openedAt} />],
          [text.stood, <Yuan key="stood" fen={paidFen} />],
          dueFen !== undefined && [text.due, <Yuan key="due" fen={dueFen} />],
          recoveryId !== undefined && [text.led, <Code key="recovery">{recoveryId}</Code>],
          topUpId !== undefined && [text.led, <Case key="topUp" id={topUpId} />],
          ["id", <Code key="id">{id}</Code>],
        ]}
      />
    </Link>
  );
}

function RecoveryLink({ of }: Readonly<{ of: AuditRecovery }>) {
  const text = { ...useWords(recoveryWords), ...useWords(words) };
  const { id, status, statement, decision, receipts, offsets } = of;
  return (
    <Link title={`${text.recovery} · ${text.status[status]}`}>
      <DetailsList
        of={[
          [text.claimed, <Yuan key="claimed" fen={of.claimedFen} />],
          of.correctedFen !== "0" && [text.corrected, <Yuan key="corrected" fen={of.correctedFen} />],
          [text.ground, <Said key="ground">{of.document}</Said>],
          [text.facts, <Said key="facts">{of.facts}</Said>],
          [text.opened, <ByAt key="opened" by={of.openedBy} at={of.openedAt} />],
          statement !== undefined && [
            text.statement,
            <span key="statement">
              <Said>{statement.text}</Said> <ByAt by={statement.by} at={statement.at} />
            </span>,
          ],
          decision !== undefined && [text.decided, <Yuan key="decided" fen={decision.decidedFen} />],
          decision !== undefined && [
            text.reasons,
            <span key="reasons">
              <Said>{decision.reasons}</Said> <ByAt by={decision.by} at={decision.at} />
            </span>,
          ],
          [text.reference, <Code key="reference">{of.reference}</Code>],
          receipts.length > 0 && [
            text.receipts,
            <ul key="receipts">
              {receipts.map(({ reference, amountFen, bookedOn }) => (
                <li key={reference}>
                  <Day of={bookedOn} full /> <Yuan fen={amountFen} /> <Code>{reference}</Code>
                </li>
              ))}
            </ul>,
          ],
          offsets.length > 0 && [
            text.offsets,
            <ul key="offsets">
              {offsets.map((offset) => (
                <li key={offset.id}>
                  <Yuan fen={offset.amountFen} /> {text.offsetStatus[offset.status]} <Case id={offset.entitlementId} />
                </li>
              ))}
            </ul>,
          ],
          ["id", <Code key="id">{id}</Code>],
        ]}
      />
    </Link>
  );
}

function ByAt({ by, at }: Readonly<{ by: string; at: string }>) {
  return (
    <>
      <Said>{by}</Said> <Instant of={at} />
    </>
  );
}
