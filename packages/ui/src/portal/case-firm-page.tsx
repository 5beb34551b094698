import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { Clocks } from "../kit/clocks.tsx";
import type { ConditionLine } from "../kit/condition.ts";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import type { MaskedAccount } from "../kit/masked-account.ts";
import { Done, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import type { ClockView } from "../kit/payment-clock.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said, Yuan } from "../kit/text.tsx";
import { AccountCard } from "./account-card.tsx";
import { type AccountForm, AccountFormCard, accountFields } from "./account-form.tsx";
import { BackLink } from "./back-link.tsx";
import type { BenefitCase } from "./benefit.ts";
import { benefitWords } from "./benefit-words.ts";
import { caseWords } from "./case-words.ts";
import { Deadline } from "./deadline.tsx";
import { reasonText } from "./decline-words.ts";
import { AccountDoubt, HeldUp, isHeldUp, Progress, StatusTag } from "./progress.tsx";
import { Reasons } from "./reasons.tsx";

export type CaseFirmProps = Readonly<{
  context: PageContext;
  case: BenefitCase;
  conditions: readonly ConditionLine[];
  calculation?: Bilingual | undefined;
  document?: string | undefined;
  receiptNo?: string | undefined;
  /** What its fund gave it, and why, where the fund was given out to all at once. */
  allocation?: Bilingual | undefined;
  /** By when the money has to be there; empty while no money is kept, or the firm has to act. */
  clocks?: readonly ClockView[] | undefined;
  account?: MaskedAccount | undefined;
  /** Which forms to offer; the service decides and enforces. */
  may: Readonly<{ changeAccount: boolean; confirmReceipt: boolean; reopen: boolean }>;
  /** The account form as it came back, with the sentence for each wrong field. */
  accountForm?: AccountForm | undefined;
  /** What the reader has just done (after the redirect). */
  done?: "account-changed" | "received" | "reopened" | "declined" | undefined;
  problem?: Readonly<{ message: Bilingual }> | undefined;
}>;

/**
 * GET /cases/:id. Forms: POST /cases/:id/account `holderName accountNo bankName bankCode`,
 * POST /cases/:id/received, POST /cases/:id/reopen; each with `_csrf`.
 */
export function caseFirmPage(props: CaseFirmProps): string {
  const { context, case: benefit, accountForm, problem } = props;
  const wrong = problem !== undefined || (accountForm && Object.keys(accountForm.errors).length > 0);
  const title = (wrong ? caseWords[context.lang].problemWord : "") + inLanguage(benefit.title, context.lang);
  return renderDocument(context, { surface: "portal", title, children: <CaseOfFirm {...props} /> });
}

function CaseOfFirm(props: CaseFirmProps) {
  const { case: benefit, receiptNo, account, may, done } = props;
  const words = useWords(caseWords);
  const inHand = !["offered", "declined", "lapsed", "withdrawn"].includes(benefit.status);
  return (
    <>
      <Problems {...props} />
      {done && <Done>{words.done[done]}</Done>}
      <BackLink href="/">{words.home}</BackLink>
      <div className="stack">
        <h1>
          <Said>{benefit.title}</Said>
        </h1>
        <p className="line">
          <StatusTag benefit={benefit} />
          <Yuan fen={benefit.amountFen} />
        </p>
        {receiptNo !== undefined && (
          <p className="hint">
            {words.receipt} <a href={`/receipts/${encodeURIComponent(receiptNo)}`}>{receiptNo}</a>
          </p>
        )}
      </div>
      {props.allocation !== undefined && (
        <p>
          {words.allocation}
          <Said>{props.allocation}</Said>
        </p>
      )}
      {isHeldUp(benefit) && (
        <p className="held-up">
          <HeldUp benefit={benefit} />
        </p>
      )}
      {inHand && (
        <section className="card" aria-labelledby="progress">
          <h2 id="progress">{words.progress}</h2>
          <Progress benefit={benefit} />
          <AccountDoubt benefit={benefit} />
          {props.clocks !== undefined && props.clocks.length > 0 && <Clocks of={props.clocks} />}
        </section>
      )}
      <WhatNow {...props} />
      {may.changeAccount && (
        <AccountFormCard caseId={benefit.id} account={account} form={props.accountForm ?? { values: {}, errors: {} }} />
      )}
      {!may.changeAccount && inHand && <AccountCard account={account} />}
      <div className="card">
        <Reasons {...props} title={benefit.title} />
      </div>
      <BeHeard id={benefit.id} />
    </>
  );
}

/** Beside every case, whatever became of it. */
function BeHeard({ id }: Readonly<{ id: string }>) {
  const words = useWords(caseWords);
  const path = `/cases/${encodeURIComponent(id)}`;
  return (
    <p className="line screen">
      <span>{words.howWasIt}</span>
      <a href={`${path}/rate`}>{words.rate}</a>
      <a href={`${path}/complain`}>{words.complain}</a>
    </p>
  );
}

function Problems({ accountForm, problem }: CaseFirmProps) {
  const words = useWords(caseWords);
  const { lang } = useReader();
  const wrong = accountFields.filter((field) => accountForm?.errors[field] !== undefined);
  if (problem) return <ProblemSummary title={inLanguage(problem.message, lang)} />;
  if (wrong.length === 0) return null;
  return (
    <ProblemSummary title={words.formProblem}>
      <ul>
        {wrong.map((field) => (
          <li key={field}>
            <a href={`#${field}`}>
              <Said>{accountForm?.errors[field] ?? ""}</Said>
            </a>
          </li>
        ))}
      </ul>
    </ProblemSummary>
  );
}

/** A decision against the firm is never told without its remedies. */
function AgainstTheFirm({ children }: Readonly<{ children: string }>) {
  const words = useWords(caseWords);
  return (
    <section className="card" aria-labelledby="remedies">
      <p>{children}</p>
      <h2 id="remedies">{words.remedies}</h2>
      <ul>
        <li>
          {words.remedyFact}
          <a href="/my-data">{words.remedyFactLink}</a>
          {words.remedyFactThen}
        </li>
        <li>{words.remedyReview}</li>
        <li>{words.remedyCourt}</li>
      </ul>
    </section>
  );
}

/** The one thing that the firm can or need not do, by state. */
function WhatNow({ case: benefit, may }: CaseFirmProps) {
  const { id, status, confirmBefore, closedReason } = benefit;
  const words = useWords(caseWords);
  const { waiting } = useWords(benefitWords);
  const { lang } = useReader();
  if (status === "waitlisted") return <p className="warn">{waiting}</p>;
  if (status === "lapsed") return <AgainstTheFirm>{words.lapsedNext}</AgainstTheFirm>;
  if (status === "withdrawn") return <AgainstTheFirm>{words.withdrawnNext}</AgainstTheFirm>;
  if (status === "offered") {
    return (
      <div className="card">
        <p>
          <Deadline confirmBefore={confirmBefore} />
        </p>
        <a className="button" href="/offers">
          {words.toOffers}
        </a>
      </div>
    );
  }
  if (may.confirmReceipt) {
    return (
      <PostForm action={`/cases/${encodeURIComponent(id)}/received`} className="card">
        <p>{words.receivedLead}</p>
        <button className="main" type="submit">
          {words.received}
        </button>
      </PostForm>
    );
  }
  if (status !== "declined") return null;
  return (
    <div className="card">
      {closedReason !== undefined && (
        <p>
          {words.declinedReason}
          <Said>{reasonText(closedReason, lang)}</Said>
        </p>
      )}
      {may.reopen && (
        <PostForm action={`/cases/${encodeURIComponent(id)}/reopen`} className="stack">
          <p className="hint">{words.reopenLead}</p>
          <button className="other" type="submit">
            {words.reopen}
          </button>
        </PostForm>
      )}
    </div>
  );
}
