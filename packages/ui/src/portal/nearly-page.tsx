import { amountText } from "../kit/amount.ts";
import type { Bilingual } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Day, Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";
import { nearlyWords } from "./nearly-words.ts";

export type NearlyProps = Readonly<{
  context: PageContext;
  benefits: readonly NearBenefit[];
  /** What was near and is the firm's now, the newest first. */
  met: readonly Readonly<{ policyId: string; title: Bilingual; on: string }>[];
}>;

/** One benefit that one fact stands in the way of. */
export type NearBenefit = Readonly<{
  policyId: string;
  title: Bilingual;
  kind: "change" | "credit" | "missing";
  /** Since when it is watched, instant. */
  since: string;
  /** Last day on which it still can be met. */
  until?: string | undefined;
  /** What it would give, decimal fen; absent where that cannot be said yet. */
  gain?: Readonly<{ fromFen: string; toFen: string }> | undefined;
  /** What is short, and the same in the delivered facts behind it. */
  steps: readonly Bilingual[];
  /** The day on which time alone meets it. */
  onDay?: string | undefined;
  fact: Readonly<{ label: Bilingual; source?: Bilingual | undefined }>;
  repair?: Repair | undefined;
}>;

export type Repair = Readonly<{ keptAt: Bilingual; how: Bilingual; term: Bilingual; basis: string }>;

/** GET /nearly */
export function nearlyPage(props: NearlyProps): string {
  const { title } = nearlyWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Nearly {...props} /> });
}

const kinds = ["change", "credit", "missing"] as const;

function Nearly({ benefits, met }: NearlyProps) {
  const words = useWords(nearlyWords);
  return (
    <>
      <BackLink href="/">{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {benefits.length === 0 && <Empty>{words.empty}</Empty>}
      {kinds
        .map((kind) => ({ kind, those: benefits.filter((each) => each.kind === kind) }))
        .filter(({ those }) => those.length > 0)
        .map(({ kind, those }) => (
          <section key={kind} className="card" aria-labelledby={`near-${kind}`}>
            <h2 id={`near-${kind}`}>{words[kind]}</h2>
            <ul className="rows">
              {those.map((benefit) => (
                <li key={benefit.policyId}>
                  <Near benefit={benefit} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      {met.length > 0 && <Met met={met} />}
      <p className="hint">
        {words.topics} <a href="/messages/settings">{words.settings}</a>
      </p>
    </>
  );
}

function Near({ benefit }: Readonly<{ benefit: NearBenefit }>) {
  const words = useWords(nearlyWords);
  const { policyId, title, kind, since, until, steps, onDay, fact } = benefit;
  return (
    <>
      <h3>
        <a href={`/policies/${encodeURIComponent(policyId)}`}>
          <Said>{title}</Said>
        </a>
      </h3>
      <Gain of={benefit.gain} />
      {kind === "credit" && <RepairOf benefit={benefit} />}
      {kind === "change" && steps.length > 0 && (
        <ul className="list" aria-label={words.step}>
          {steps.map((step) => (
            <li key={typeof step === "string" ? step : step.zh}>
              <Said>{step}</Said>
            </li>
          ))}
        </ul>
      )}
      {kind === "missing" && (
        <p>
          {words.supplier} <Said>{fact.label}</Said>
          {fact.source !== undefined && (
            <>
              {words.from}
              <Said>{fact.source}</Said>
            </>
          )}{" "}
          <span className="hint">{words.supplierNext}</span>
        </p>
      )}
      {onDay !== undefined && (
        <p>
          {words.day}
          <Day of={onDay} full />
        </p>
      )}
      <p className="hint">
        {words.watching} <Day of={since} full />
        {until !== undefined && (
          <>
            {" · "}
            {words.until} <Day of={until} full />
          </>
        )}
      </p>
    </>
  );
}

function Gain({ of }: Readonly<{ of: NearBenefit["gain"] }>) {
  const words = useWords(nearlyWords);
  const { lang } = useReader();
  if (of === undefined) return <p className="hint">{words.gainOpen}</p>;
  if (of.fromFen === of.toFen)
    return (
      <p className="line">
        <span>{words.gain}</span>
        <Yuan fen={of.toFen} />
      </p>
    );
  const [from, to] = [amountText(of.fromFen, lang), amountText(of.toFen, lang)];
  return (
    <p className="line">
      <span>{words.gainRange}</span>
      <span>
        {from} – {to}
      </span>
    </p>
  );
}

function RepairOf({ benefit: { fact, repair } }: Readonly<{ benefit: NearBenefit }>) {
  const words = useWords(nearlyWords);
  return (
    <>
      <DetailsList
        of={[
          [words.record, <Said key="record">{fact.label}</Said>],
          repair && [words.keptAt, <Said key="kept">{repair.keptAt}</Said>],
          repair && [words.how, <Said key="how">{repair.how}</Said>],
          repair && [words.term, <Said key="term">{repair.term}</Said>],
          repair && [words.basis, <Said key="basis">{repair.basis}</Said>],
        ]}
      />
      {!repair && <p>{words.noGuidance}</p>}
      <p>{words.afterRepair}</p>
      <p>
        <a href="/my-data">{words.wrong}</a>
      </p>
    </>
  );
}

function Met({ met }: Pick<NearlyProps, "met">) {
  const words = useWords(nearlyWords);
  return (
    <section className="card" aria-labelledby="met">
      <h2 id="met">{words.met}</h2>
      <ul className="rows">
        {met.map(({ policyId, title, on }) => (
          <li key={`${policyId} ${on}`}>
            <p className="line">
              <Said>{title}</Said>
              <Day of={on} full />
            </p>
            <p className="hint">{words.metNext}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
