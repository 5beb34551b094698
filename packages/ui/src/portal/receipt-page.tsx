import { sumOf } from "../kit/amount.ts";
import type { Bilingual } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";
import { Arrival } from "./arrival.tsx";
import { benefitWords } from "./benefit-words.ts";
import { receiptWords } from "./receipt-words.ts";

export type ReceiptProps = Readonly<{
  context: PageContext;
  receiptNo: string;
  firmName: string;
  creditCode: string;
  /** ISO instant of the act. */
  at: string;
  /** Who pressed the button. */
  actorName: string;
  lines: readonly ReceiptLine[];
  account?: MaskedAccount | undefined;
  /** SHA-256 of what was agreed to. */
  digest?: string | undefined;
}>;

export type ReceiptLine = Readonly<{
  entitlementId: string;
  title: Bilingual;
  amountFen: string;
  answer: "confirmed" | "waitlisted" | "declined";
  policyVersion: number;
  /** Day, `YYYY-MM-DD`, by which its policy promises the money, or has to give it; absent: it says nothing. */
  payBy?: Readonly<{ kind: "promised" | "statutory"; on: string }> | undefined;
  /** Where and when it arrives, where that is more than one sum to the firm's account. */
  arrival?: readonly Bilingual[] | undefined;
}>;

/** GET /receipts/:no. Prints on one A4 page. */
export function receiptPage(props: ReceiptProps): string {
  const title = receiptWords[props.context.lang].title(props.receiptNo);
  return renderDocument(props.context, { surface: "portal", title, children: <Receipt {...props} /> });
}

function Receipt(props: ReceiptProps) {
  const { receiptNo, lines } = props;
  const words = useWords(receiptWords);
  const agreed = lines.filter(({ answer }) => answer !== "declined");
  const toPay = agreed.filter(({ answer }) => answer === "confirmed");
  const waiting = agreed.filter(({ answer }) => answer === "waitlisted");
  return (
    <>
      <div className={agreed.length > 0 ? "panel" : "panel calm"}>
        <h1>{agreed.length > 0 ? words.confirmed : words.declined}</h1>
        {toPay.length > 0 && (
          <p className="sum">
            <Total of={toPay} />
          </p>
        )}
        {waiting.length > 0 && (
          <p>
            {toPay.length > 0 ? words.alsoWaiting : words.onlyWaiting}
            <Total of={waiting} />
          </p>
        )}
        <p>{words.number}</p>
        <p className="number">{receiptNo}</p>
      </div>
      <section className="stack" aria-labelledby="next">
        <h2 id="next">{words.next}</h2>
        {toPay.length > 0 && <NextSteps {...props} />}
        {agreed.length === 0 && <p>{words.declinedNext}</p>}
        {waiting.length > 0 && <p className="warn">{words.waitlistedNext}</p>}
      </section>
      <Contents {...props} toPay={toPay} waiting={waiting} />
      <div className="stack screen">
        <p className="hint">{words.keep}</p>
        <p>
          <a href="/">{words.home}</a>
        </p>
      </div>
    </>
  );
}

function Total({ of }: Readonly<{ of: readonly ReceiptLine[] }>) {
  return <Yuan fen={sumOf(of.map(({ amountFen }) => amountFen))} />;
}

function NextSteps({ at, lines }: ReceiptProps) {
  const words = useWords(receiptWords);
  const { state } = useWords(benefitWords);
  return (
    <ol className="steps">
      <li className="past">
        <strong>{words.nextConfirmed}</strong>
        <span className="state good">{state.past}</span>{" "}
        <span className="hint">
          <Instant of={at} />
        </span>
      </li>
      <li className="now">
        <strong>{words.nextReview}</strong>
        <span className="hint">{words.nextReviewText}</span>
      </li>
      <li className="ahead">
        <strong>{words.nextPay}</strong>
        <span className="hint">
          {lines.some(({ payBy }) => payBy !== undefined) ? words.payByLines : words.nextPayText}
        </span>
      </li>
      <li className="ahead">
        <strong>{words.nextArrive}</strong>
        <span className="hint">{words.nextArriveText}</span>
      </li>
    </ol>
  );
}

type ContentsProps = ReceiptProps & Readonly<{ toPay: readonly ReceiptLine[]; waiting: readonly ReceiptLine[] }>;

function Contents(props: ContentsProps) {
  const { firmName, creditCode, at, actorName, lines, toPay, waiting, account, digest } = props;
  const benefit = useWords(benefitWords);
  const { user } = useReader();
  const words = useWords(receiptWords);
  return (
    <section className="card" aria-labelledby="contents">
      <h2 id="contents">{words.details}</h2>
      <ul className="rows" aria-label={words.items}>
        {lines.map((line) => (
          <li key={line.entitlementId}>
            <p className="line">
              <a href={`/cases/${encodeURIComponent(line.entitlementId)}`}>
                <Said>{line.title}</Said>
              </a>
              <Yuan fen={line.amountFen} />
            </p>
            <p className="hint">
              {words.answer[line.answer]} · {words.version(line.policyVersion)}
              {line.payBy && (
                <>
                  {" · "}
                  {benefit.payBy[line.payBy.kind]}
                  <Day of={line.payBy.on} />
                </>
              )}
            </p>
            <Arrival arrival={line.arrival} />
          </li>
        ))}
      </ul>
      <DetailsList
        of={[
          toPay.length > 0 && [
            words.total,
            <strong key="total">
              <Total of={toPay} />
            </strong>,
          ],
          waiting.length > 0 && [words.totalWaiting, <Total key="waiting" of={waiting} />],
          [words.firm, <Said key="firm">{firmName}</Said>],
          // A person's code is of use to nobody, and the identity number is on no page.
          !user?.isPerson && [words.creditCode, creditCode],
          [words.at, <Instant key="at" of={at} />],
          [words.actor, <Said key="actor">{actorName}</Said>],
          account && [
            words.account,
            <Said key="account">{`${account.bankName} ${account.accountNoMasked} ${account.holderName}`}</Said>,
          ],
          digest !== undefined && [words.digest, <Code key="digest">{digest}</Code>],
        ]}
      />
    </section>
  );
}
