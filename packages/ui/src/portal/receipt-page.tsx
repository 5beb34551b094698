import { sumOf } from "../kit/amount.ts";
import type { Bilingual } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";
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
  /** `YYYY-MM-DD` by which the money should be sent. */
  payBy?: string | undefined;
  /** SHA-256 of what was agreed to. */
  digest?: string | undefined;
}>;

export type ReceiptLine = Readonly<{
  entitlementId: string;
  title: Bilingual;
  amountFen: string;
  answer: "confirmed" | "waitlisted" | "declined";
  policyVersion: number;
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
  return (
    <>
      <div className={agreed.length > 0 ? "panel" : "panel calm"}>
        <h1>{agreed.length > 0 ? words.confirmed : words.declined}</h1>
        {agreed.length > 0 && (
          <p className="sum">
            <Yuan fen={sumOf(agreed.map(({ amountFen }) => amountFen))} />
          </p>
        )}
        <p>{words.number}</p>
        <p className="number">{receiptNo}</p>
      </div>
      <section className="stack" aria-labelledby="next">
        <h2 id="next">{words.next}</h2>
        {agreed.length > 0 ? <NextSteps {...props} /> : <p>{words.declinedNext}</p>}
        {agreed.some(({ answer }) => answer === "waitlisted") && <p className="warn">{words.waitlistedNext}</p>}
      </section>
      <Contents {...props} agreed={agreed} />
      <div className="stack screen">
        <p className="hint">{words.keep}</p>
        <p>
          <a href="/">{words.home}</a>
        </p>
      </div>
    </>
  );
}

function NextSteps({ at, payBy }: ReceiptProps) {
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
          {payBy === undefined ? (
            words.payUnknown
          ) : (
            <>
              {words.payByBefore}
              <Day of={payBy} />
              {words.payByAfter}
            </>
          )}
        </span>
      </li>
      <li className="ahead">
        <strong>{words.nextArrive}</strong>
        <span className="hint">{words.nextArriveText}</span>
      </li>
    </ol>
  );
}

function Contents(props: ReceiptProps & Readonly<{ agreed: readonly ReceiptLine[] }>) {
  const { firmName, creditCode, at, actorName, lines, agreed, account, digest } = props;
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
            </p>
          </li>
        ))}
      </ul>
      <DetailsList
        of={[
          agreed.length > 0 && [
            words.total,
            <strong key="total">
              <Yuan fen={sumOf(agreed.map(({ amountFen }) => amountFen))} />
            </strong>,
          ],
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
