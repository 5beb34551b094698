import { sumOf } from "../kit/amount.ts";
import { renderDocument } from "../kit/document.tsx";
import { PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Day, Said, Yuan } from "../kit/text.tsx";
import { type BenefitCase, type Offer, proposedOf } from "./benefit.ts";
import { benefitWords } from "./benefit-words.ts";
import { LastDay } from "./deadline.tsx";
import { homeWords } from "./home-words.ts";
import { type MessageBrief, MessageList } from "./inbox-page.tsx";
import { type NotGranted, NotGrantedSection } from "./not-granted.tsx";
import { AccountDoubt, HeldUp, isHeldUp, StatusTag } from "./progress.tsx";

export type HomeProps = Readonly<{
  context: PageContext;
  offers: readonly Pick<Offer, "id" | "title" | "amountFen" | "confirmBefore" | "beside">[];
  /** Every answered benefit; the page sorts them into 办理中, 已到账 and 已结束. */
  cases: readonly BenefitCase[];
  notGranted: readonly NotGranted[];
  /** The newest few. */
  messages: readonly MessageBrief[];
  /** How many demands to pay back are not over. */
  openRecoveries?: number | undefined;
  /** How many benefits are one fact away. */
  nearly?: number | undefined;
  /** For the legal representative. */
  mayDelegate?: boolean;
  /** Persons whose guardian the reader is. */
  wards?: readonly WardBrief[];
}>;

/** Somebody whose guardian the reader is, and how many offers wait. */
export type WardBrief = Readonly<{ id: string; name: string; offers: number }>;

/** GET /. Form: POST /wards/<id>/act `_csrf`. */
export function homePage(props: HomeProps): string {
  const { title } = homeWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Home {...props} /> });
}

function Home({
  offers,
  cases,
  notGranted,
  messages,
  openRecoveries = 0,
  nearly = 0,
  mayDelegate,
  wards = [],
}: HomeProps) {
  const words = useWords(homeWords);
  const underWay = cases.filter(({ status }) => status === "confirmed" || status === "waitlisted");
  const paid = cases.filter(({ status }) => status === "paid" || status === "received");
  const closed = cases.filter(({ status }) => ["declined", "lapsed", "withdrawn"].includes(status));
  return (
    <>
      {openRecoveries > 0 && (
        <p className="card warn">
          <a href="/recoveries">{words.recoveries(openRecoveries)}</a>
        </p>
      )}
      {offers.length > 0 ? <Invitation offers={offers} /> : <NothingToConfirm />}
      {wards.length > 0 && <Wards wards={wards} />}
      <CaseSection id="under-way" heading={words.underWay} empty={words.underWayEmpty} cases={underWay} />
      <CaseSection id="paid" heading={words.paid} empty={words.paidEmpty} cases={paid} />
      {nearly > 0 && (
        <p className="card">
          <a href="/nearly">{words.nearly(nearly)}</a>
        </p>
      )}
      {notGranted.length > 0 && <NotGrantedSection policies={notGranted} />}
      {closed.length > 0 && <CaseSection id="closed" heading={words.closed} empty="" cases={closed} />}
      <section className="card" aria-labelledby="inbox">
        <div className="line">
          <h2 id="inbox">{words.inbox}</h2>
          <a href="/messages">{words.inboxAll}</a>
        </div>
        {messages.length > 0 ? <MessageList messages={messages} /> : <Empty>{words.inboxEmpty}</Empty>}
      </section>
      {mayDelegate && (
        <p>
          <a href="/delegates">{words.delegates}</a>
        </p>
      )}
    </>
  );
}

function Invitation({ offers }: Pick<HomeProps, "offers">) {
  const words = useWords(homeWords);
  return (
    <section className="card invite" aria-labelledby="invite">
      <h1 id="invite">{words.invite(offers.length)}</h1>
      <p className="quiet">{words.inviteLead}</p>
      <ul className="rows">
        {offers.map(({ id, title, amountFen, confirmBefore }) => (
          <li key={id}>
            <p className="line">
              <strong>
                <Said>{title}</Said>
              </strong>
              <Yuan fen={amountFen} />
            </p>
            <p className="hint">
              <LastDay confirmBefore={confirmBefore} />
            </p>
          </li>
        ))}
      </ul>
      {offers.length > 1 && (
        <p className="line">
          <span>{words.inviteTotal}</span>
          <Yuan fen={sumOf(proposedOf(offers).map(({ amountFen }) => amountFen))} />
        </p>
      )}
      <a className="button" href="/offers">
        {words.inviteButton}
      </a>
    </section>
  );
}

function Wards({ wards }: Readonly<{ wards: readonly WardBrief[] }>) {
  const words = useWords(homeWords);
  return (
    <section className="card" aria-labelledby="wards">
      <h2 id="wards">{words.wards}</h2>
      <p className="hint">{words.wardsLead}</p>
      {wards.map(({ id, name, offers }) => (
        <PostForm key={id} action={`/wards/${encodeURIComponent(id)}/act`} className="line">
          <span>
            <strong>
              <Said>{name}</Said>
            </strong>{" "}
            {words.wardOffers(offers)}
          </span>
          <button className="other" type="submit">
            {words.actFor}
            <span className="unseen">
              <Said>{words.wardNamed(name)}</Said>
            </span>
          </button>
        </PostForm>
      ))}
    </section>
  );
}

function NothingToConfirm() {
  const words = useWords(homeWords);
  return (
    <section aria-labelledby="nothing">
      <h1 id="nothing">{words.nothing}</h1>
      <p className="lead">{words.nothingLead}</p>
    </section>
  );
}

type CaseSectionProps = Readonly<{ id: string; heading: string; empty: string; cases: readonly BenefitCase[] }>;

function CaseSection({ id, heading, empty, cases }: CaseSectionProps) {
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {cases.length === 0 && <Empty>{empty}</Empty>}
      {cases.length > 0 && (
        <ul className="rows">
          {cases.map((benefit) => (
            <li key={benefit.id}>
              <CaseLine benefit={benefit} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CaseLine({ benefit }: Readonly<{ benefit: BenefitCase }>) {
  const { id, title, amountFen, status, paidAt, receivedAt, closedAt } = benefit;
  const words = useWords(homeWords);
  const { waiting } = useWords(benefitWords);
  const at = receivedAt ?? paidAt ?? closedAt;
  return (
    <>
      <p className="line">
        <a href={`/cases/${encodeURIComponent(id)}`}>
          <Said>{title}</Said>
        </a>
        <Yuan fen={amountFen} />
      </p>
      <p className="hint">
        <StatusTag benefit={benefit} /> {isHeldUp(benefit) && <HeldUp benefit={benefit} />}
        {status === "waitlisted" && waiting}
        {status === "paid" && words.askReceipt}
        {status !== "paid" && at !== undefined && <Day of={at} full />}
      </p>
      <AccountDoubt benefit={benefit} />
    </>
  );
}
