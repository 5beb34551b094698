import type { Bilingual } from "../kit/bilingual.ts";
import { lastDayBefore } from "../kit/calendar.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Code, Day, Said, Yuan } from "../kit/text.tsx";
import { counterWords } from "./counter-words.ts";

export type CounterProps = Readonly<{
  context: PageContext;
  opened?: OpenedFirm | undefined;
  typed?: Readonly<{ code: string; personName: string; paperNo: string }> | undefined;
  /** Of what has just been confirmed. */
  receiptNo?: string | undefined;
  problem?: string | undefined;
}>;

export type OpenedFirm = Readonly<{
  firmCode: string;
  firmName: string;
  personName: string;
  paperNo: string;
  /** All that the counter learns of the account. */
  bankName?: string | undefined;
  offers: readonly CounterOffer[];
  requestKey: string;
}>;

export type CounterOffer = Readonly<{
  id: string;
  title: Bilingual;
  amountFen: string;
  /** ISO instant. */
  confirmBefore: string;
  document?: string | undefined;
}>;

/**
 * GET /desk/counter. Forms: POST /desk/counter `code personName paperNo _csrf`, POST /desk/counter/confirm
 * `code personName paperNo chosen* seen.<id> requestKey _csrf`.
 */
export function counterPage(props: CounterProps): string {
  const { title } = counterWords[channelOf(props.context)][props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Counter {...props} /> });
}

function channelOf({ user }: PageContext): keyof typeof counterWords {
  return user?.role === "hotline-agent" ? "hotline" : "window";
}

function useCounterWords() {
  return useWords(counterWords[channelOf(useReader())]);
}

function Counter({ opened, typed, receiptNo, problem }: CounterProps) {
  const words = useCounterWords();
  return (
    <>
      {problem !== undefined && (
        <ProblemSummary title={words.title}>
          <p>
            <Said>{problem}</Said>
          </p>
        </ProblemSummary>
      )}
      <h1>{words.title}</h1>
      {receiptNo !== undefined && <Done>{words.done(receiptNo)}</Done>}
      {opened ? <Opened {...opened} /> : <Ask typed={typed} />}
    </>
  );
}

function Ask({ typed }: Pick<CounterProps, "typed">) {
  const words = useCounterWords();
  return (
    <>
      <p className="quiet">{words.lead}</p>
      <PostForm action="/desk/counter" className="card stack">
        <Field id="code" name="code" label={words.code} value={typed?.code} required />
        <Field
          {...{ id: "personName", name: "personName", label: words.person, hint: words.personHint }}
          {...{ value: typed?.personName, required: true }}
        />
        <Field id="paperNo" name="paperNo" label={words.paper} value={typed?.paperNo} required />
        <button className="main" type="submit">
          {words.open}
        </button>
      </PostForm>
    </>
  );
}

function Opened({ firmCode, firmName, personName, paperNo, bankName, offers, requestKey }: OpenedFirm) {
  const words = useCounterWords();
  return (
    <>
      <section className="card" aria-labelledby="firm">
        <h2 id="firm">
          <Said>{firmName}</Said> <Code>{firmCode}</Code>
        </h2>
        <DetailsList
          of={[
            [words.standing, <Said key="person">{personName}</Said>],
            [words.paper, paperNo],
            [words.bank, <Said key="bank">{bankName ?? words.noBank}</Said>],
          ]}
        />
        <p className="hint">{words.bankHint}</p>
      </section>
      {offers.length === 0 ? (
        <Empty>{words.none}</Empty>
      ) : (
        <PostForm action="/desk/counter/confirm" requestKey={requestKey} className="card stack">
          <input type="hidden" name="code" value={firmCode} />
          <input type="hidden" name="personName" value={personName} />
          <input type="hidden" name="paperNo" value={paperNo} />
          <fieldset>
            <legend>{words.choose}</legend>
            {offers.map((offer) => (
              <OfferChoice key={offer.id} {...offer} />
            ))}
          </fieldset>
          <label className="choice">
            <input type="checkbox" required />
            <span>{words.checked}</span>
          </label>
          <button className="main" type="submit">
            {words.confirm}
          </button>
        </PostForm>
      )}
      <p>
        <a href="/desk/counter">{words.another}</a>
      </p>
    </>
  );
}

function OfferChoice({ id, title, amountFen, confirmBefore, document }: CounterOffer) {
  const words = useCounterWords();
  return (
    <>
      <input type="hidden" name={`seen.${id}`} value={amountFen} />
      {/* Nothing is ticked beforehand: the paper says what was. */}
      <label className="choice">
        <input type="checkbox" name="chosen" value={id} />
        <span>
          <Said>{title}</Said> <Yuan fen={amountFen} />{" "}
          <span className="hint">
            {document !== undefined && <Said>{`${document} · `}</Said>}
            {words.until}
            <Day of={lastDayBefore(confirmBefore)} full />
          </span>
        </span>
      </label>
    </>
  );
}
