import { amountText } from "../kit/amount.ts";
import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { ProblemSummary } from "../kit/notice.tsx";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import type { Offer } from "./benefit.ts";
import { confirmWords } from "./confirm-words.ts";

export type ConfirmProblem =
  | Readonly<{ code: "nothing-chosen" }>
  | Readonly<{ code: "account-missing" }>
  | Readonly<{ code: "form-expired" }>
  /** Changed by someone else or in another tab. */
  | Readonly<{ code: "changed-meanwhile" }>
  /** A policy says that not all of these are granted beside each other. */
  | Readonly<{ code: "not-granted-together"; because: string }>
  /** Not within what the representative lets this person do; it says who can. */
  | Readonly<{ code: BeyondDelegation; because: string }>
  | Readonly<{ code: "amount-changed"; changes: readonly AmountChange[] }>
  /** Deadline passed or offer withdrawn; the titles are no longer among the offers. */
  | Readonly<{ code: "confirmation-closed" | "entitlement-not-open"; titles: readonly Bilingual[] }>;

type BeyondDelegation = "delegation-expired" | "delegation-out-of-scope" | "delegation-cap-exceeded";

export type AmountChange = Readonly<{ id: string; seenFen: string; nowFen: string; because?: Bilingual | undefined }>;

type Props = Readonly<{ problem: ConfirmProblem; offers: readonly Offer[] }>;

/** Why nothing was confirmed, and what to do now. Nothing that was typed or ticked is lost. */
export function ConfirmProblemSummary({ problem, offers }: Props) {
  const words = useWords(confirmWords);
  switch (problem.code) {
    case "nothing-chosen":
      return (
        <ProblemSummary title={words.nothingChosen}>
          <p>{words.nothingChosenNext}</p>
          {offers[0] && (
            <p>
              <a href={`#choice-${offers[0].id}`}>{words.toChoices}</a>
            </p>
          )}
        </ProblemSummary>
      );
    case "account-missing":
      return (
        <ProblemSummary title={words.accountMissing}>
          <p>{words.accountMissingNext}</p>
        </ProblemSummary>
      );
    case "form-expired":
      return (
        <ProblemSummary title={words.expired}>
          <p>{words.expiredNext}</p>
        </ProblemSummary>
      );
    case "changed-meanwhile":
      return (
        <ProblemSummary title={words.changedMeanwhile}>
          <p>{words.changedMeanwhileNext}</p>
        </ProblemSummary>
      );
    case "not-granted-together":
      return (
        <ProblemSummary title={words.notTogether}>
          <p>{problem.because}</p>
          <p>{words.notTogetherNext}</p>
        </ProblemSummary>
      );
    case "delegation-expired":
    case "delegation-out-of-scope":
    case "delegation-cap-exceeded":
      return (
        <ProblemSummary title={words.beyondDelegation}>
          <p>
            <Said>{problem.because}</Said>
          </p>
        </ProblemSummary>
      );
    case "amount-changed":
      return <AmountChanges changes={problem.changes} offers={offers} />;
    case "confirmation-closed":
    case "entitlement-not-open":
      return (
        <ProblemSummary title={problem.code === "confirmation-closed" ? words.closed : words.notOpen}>
          <ul>
            {problem.titles.map((title) => (
              <li key={inLanguage(title, "zh")}>
                <Said>{title}</Said>
              </li>
            ))}
          </ul>
          <p>{words.closedNext}</p>
        </ProblemSummary>
      );
  }
}

function AmountChanges({ changes, offers }: Readonly<{ changes: readonly AmountChange[]; offers: readonly Offer[] }>) {
  const words = useWords(confirmWords);
  const { lang } = useReader();
  return (
    <ProblemSummary title={words.amountChanged}>
      <ul>
        {changes.map(({ id, seenFen, nowFen, because }) => (
          <li key={id}>
            <a href={`#choice-${id}`}>
              <Said>{offers.find((offer) => offer.id === id)?.title ?? id}</Said>
            </a>
            {words.colon}
            {words.change(amountText(seenFen, lang), amountText(nowFen, lang))}
            {because !== undefined && <Said>{words.because(inLanguage(because, lang))}</Said>}
          </li>
        ))}
      </ul>
      <p>{words.amountChangedNext}</p>
    </ProblemSummary>
  );
}
