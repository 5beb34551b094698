import { amountText, sumOf } from "../kit/amount.ts";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { AccountCard } from "./account-card.tsx";
import { type Offer, proposedOf } from "./benefit.ts";
import { type ConfirmProblem, ConfirmProblemSummary } from "./confirm-problem.tsx";
import { confirmWords } from "./confirm-words.ts";
import { type DelegateBounds, OwnBounds } from "./delegate-bounds.tsx";
import { groupExclusive } from "./exclusive-offers.ts";
import { OfferChoice } from "./offer-choice.tsx";

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
 * Form: POST /confirm `chosen` (repeated: entitlement id) `choice.<id>` (of those that exclude each other: entitlement id or
 * empty) `seen.<id>` (fen shown) `requestKey _csrf`.
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
            {groupExclusive(offers).map((group) => (
              <OfferChoice key={group[0].id} group={group} chosen={chosen} changed={changedIn(problem)} />
            ))}
          </fieldset>
          <AccountCard account={account} />
          <Total offers={offers} />
        </PostForm>
      )}
    </>
  );
}

function changedIn(problem: ConfirmProblem | undefined): readonly string[] {
  return problem?.code === "amount-changed" ? problem.changes.map(({ id }) => id) : [];
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
