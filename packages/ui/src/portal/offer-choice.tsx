import { inLanguage } from "../kit/bilingual.ts";
import { useWords } from "../kit/reader.ts";
import { Said, Yuan } from "../kit/text.tsx";
import { Arrival } from "./arrival.tsx";
import type { Offer } from "./benefit.ts";
import { benefitWords } from "./benefit-words.ts";
import { BesideOthers } from "./beside-others.tsx";
import { confirmWords } from "./confirm-words.ts";
import { LastDay } from "./deadline.tsx";
import type { OfferGroup } from "./exclusive-offers.ts";
import { Reasons } from "./reasons.tsx";

type OfferChoiceProps = Readonly<{
  group: OfferGroup;
  /** Ids chosen before; what is proposed when absent. */
  chosen: readonly string[] | undefined;
  /** Ids whose amount has changed. */
  changed: readonly string[];
}>;

/** One offer to tick; of several that exclude each other one to pick, or none of them. */
export function OfferChoice({ group, chosen, changed }: OfferChoiceProps) {
  const [first, ...others] = group;
  if (others.length > 0) return <OneOf {...{ group, chosen, changed }} />;
  return <OfferCard offer={first} ticked={isTicked(first, chosen)} changed={changed.includes(first.id)} />;
}

function OneOf({ group, chosen, changed }: OfferChoiceProps) {
  const words = useWords(confirmWords);
  const name = `choice.${group[0].id}`;
  const choices = group[0].beside?.choices ?? [];
  const isNone = chosen !== undefined && !group.some(({ id }) => chosen.includes(id));
  return (
    <fieldset className="one-of stack">
      <legend>{words.oneOf(group.length)}</legend>
      <ul className="hint">
        {choices.map((choice) => (
          <li key={inLanguage(choice, "zh")}>
            <Said>{choice}</Said>
          </li>
        ))}
      </ul>
      {group.map((offer) => (
        <OfferCard
          key={offer.id}
          offer={offer.beside ? { ...offer, beside: { ...offer.beside, isProposed: true, choices: [] } } : offer}
          oneOf={name}
          ticked={isTicked(offer, chosen)}
          changed={changed.includes(offer.id)}
        />
      ))}
      <label className="choice">
        <input type="radio" name={name} value="" defaultChecked={isNone} />
        <span>{words.noneOf}</span>
      </label>
    </fieldset>
  );
}

function isTicked({ id, beside }: Offer, chosen: readonly string[] | undefined): boolean {
  return chosen?.includes(id) ?? beside?.isProposed !== false;
}

type OfferCardProps = Readonly<{
  offer: Offer;
  /** Name of the radio group, where it is one of several. */
  oneOf?: string;
  ticked: boolean;
  changed: boolean;
}>;

function OfferCard({ offer, oneOf, ticked, changed }: OfferCardProps) {
  const { id, title, amountFen, confirmBefore, payWithin } = offer;
  const words = useWords(confirmWords);
  const benefit = useWords(benefitWords);
  return (
    <div className={changed ? "card offer changed" : "card offer"}>
      {/* What the reader saw goes back with the answer, so that nobody agrees to a number they did not see. */}
      <input type="hidden" name={`seen.${id}`} value={amountFen} />
      <label className="choice">
        <input
          type={oneOf === undefined ? "checkbox" : "radio"}
          id={`choice-${id}`}
          name={oneOf ?? "chosen"}
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
      <Arrival arrival={offer.arrival} />
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
