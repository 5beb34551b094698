import { amountText, sumOf } from "../kit/amount.ts";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said, Yuan } from "../kit/text.tsx";
import { AccountCard } from "./account-card.tsx";
import { type Offer, proposedOf } from "./benefit.ts";
import { benefitWords } from "./benefit-words.ts";
import { BesideOthers } from "./beside-others.tsx";
import { type ConfirmProblem, ConfirmProblemSummary } from "./confirm-problem.tsx";
import { confirmWords } from "./confirm-words.ts";
import { LastDay } from "./deadline.tsx";
import { type DelegateBounds, OwnBounds } from "./delegate-bounds.tsx";
import { Reasons } from "./reasons.tsx";

export type ConfirmProps = Readonly<{
  context: PageContext;
  /** New for each showing: pressing the button twice is one confirmation. */
  requestKey: string;
  offers: readonly Offer[];
  account?: MaskedAccount | undefined;
  /** Of the reader, when that is a delegate. */
  bounds?: DelegateBounds | undefined;
  /** Ids ticked when the form came back with a problem; all that are proposed when absent. */
  chosen?: readonly string[] | undefined;
  problem?: ConfirmProblem | undefined;
}>;

/**
 * GET /offers, and the answer to a POST /confirm that was refused (422, 409).
 * Form: POST /confirm `chosen` (repeated: entitlement id) `seen.<id>` (fen shown) `requestKey _csrf`.
 */
export function confirmPage(props: ConfirmProps): string {
  const words = confirmWords[props.context.lang];
  const title = props.offers.length === 0 ? words.none : words.title(props.offers.length);
  return renderDocument(props.context, {
    surface: "portal",
    title: props.problem === undefined ? title : words.problemWord + title,
    ...(props.offers.length > 0 && { script: "confirm.js" }),
    children: <Confirm {...props} />,
  });
}

function Confirm({ requestKey, offers, account, bounds, chosen, problem }: ConfirmProps) {
  const words = useWords(confirmWords);
  return (
    <>
      {problem && <ConfirmProblemSummary problem={problem} offers={offers} />}
      <h1>{offers.length === 0 ? words.none : words.title(offers.length)}</h1>
      <p className="lead">{offers.length === 0 ? words.noneLead : words.lead}</p>
      {bounds && <OwnBounds {...bounds} />}
      {offers.length === 0 ? (
        <p>
          <a href="/">{words.home}</a>
        </p>
      ) : (
        <PostForm action="/confirm" requestKey={requestKey} className="stack">
          <fieldset className="stack">
            <legend>{words.choose}</legend>
            {offers.map((offer) => (
              <OfferCard
                key={offer.id}
                offer={offer}
                ticked={chosen?.includes(offer.id) ?? offer.beside?.isProposed !== false}
                changed={problem?.code === "amount-changed" && problem.changes.some(({ id }) => id === offer.id)}
              />
            ))}
          </fieldset>
          <AccountCard account={account} />
          <Total offers={offers} />
        </PostForm>
      )}
    </>
  );
}

type OfferCardProps = Readonly<{ offer: Offer; ticked: boolean; changed: boolean }>;

function OfferCard({ offer, ticked, changed }: OfferCardProps) {
  const { id, title, amountFen, confirmBefore, payWithin } = offer;
  const words = useWords(confirmWords);
  const benefit = useWords(benefitWords);
  return (
    <div className={changed ? "card offer changed" : "card offer"}>
      {/* What the reader saw goes back with the answer, so that nobody agrees to a number they did not see. */}
      <input type="hidden" name={`seen.${id}`} value={amountFen} />
      <label className="choice">
        <input
          type="checkbox"
          id={`choice-${id}`}
          name="chosen"
          value={id}
          defaultChecked={ticked}
          data-fen={amountFen}
          aria-describedby={`deadline-${id}`}
        />
        <span>
          <Said>{title}</Said> <Yuan fen={amountFen} />
        </span>
      </label>
      <p className="hint deadline" id={`deadline-${id}`}>
        <LastDay confirmBefore={confirmBefore} />
      </p>
      {payWithin && (
        <p className="hint">{benefit.payWithin[payWithin.kind](payWithin.workingDays, payWithin.clause)}</p>
      )}
      {offer.beside && <BesideOthers {...offer.beside} />}
      <div className="more">
        <Reasons {...offer} />
        <a href={`/offers/decline?id=${encodeURIComponent(id)}`}>
          {words.declineOne}
          <span className="unseen">
            {" "}
            <Said>{title}</Said>
          </span>
        </a>
      </div>
    </div>
  );
}

function Total({ offers }: Readonly<{ offers: readonly Offer[] }>) {
  const words = useWords(confirmWords);
  const { lang } = useReader();
  const proposed = proposedOf(offers);
  const label = proposed.length === offers.length ? words.totalAll : words.totalProposed;
  return (
    <div className="total">
      <p>
        <span data-total-label={words.totalChosen}>{label(proposed.length)}</span>{" "}
        <output className="yuan" data-total={words.totalAmount}>
          {amountText(sumOf(proposed.map(({ amountFen }) => amountFen)), lang)}
        </output>
      </p>
      <p className="hint">{words.next}</p>
      <button className="main" type="submit">
        {words.confirm}
      </button>
    </div>
  );
}
