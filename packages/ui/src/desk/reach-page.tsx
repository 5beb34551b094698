import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { fullDayText } from "../kit/calendar.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { figure } from "../kit/figure.ts";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { type DraftTrial, TryDraft } from "./reach-draft.tsx";
import { reachWords } from "./reach-words.ts";

export type ReachProps = Readonly<{
  context: PageContext;
  policy: Readonly<{ id: string; title: Bilingual; version: number }>;
  /** Day of what is known, `YYYY-MM-DD`. */
  asOf: string;
  firms: number;
  whole: ReachCounts;
  regions: readonly RegionReach[];
  /** Code of the region that the requirements are counted in; all, if absent. */
  region?: string | undefined;
  conditions: readonly ConditionReach[];
  trial?: DraftTrial | undefined;
}>;

export type ReachCounts = Readonly<{ eligible: number; undetermined: number }>;

/** A place of registration; one without a name where nobody has told it. */
export type RegionReach = ReachCounts & Readonly<{ code: string; name?: Bilingual | undefined; firms: number }>;

/** A requirement or a group of them, in the order of the text. */
export type ConditionReach = ReachCounts &
  Readonly<{
    name: string;
    sentence: Bilingual;
    clause?: string | undefined;
    /** Groups that it stands in. */
    depth: number;
    /** Absent where it does not have to hold by itself. */
    lacksOnlyThis?: number | undefined;
  }>;

/** GET /desk/policies/:id/reach?region=. Form: POST …/reach multipart `text file _csrf`. */
export function reachPage(props: ReachProps): string {
  const { title } = reachWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Reach {...props} /> });
}

function Reach({ policy, asOf, firms, whole, regions, region, conditions, trial }: ReachProps) {
  const words = useWords(reachWords);
  const { lang } = useReader();
  const address = `/desk/policies/${encodeURIComponent(policy.id)}/reach`;
  const chosen = regions.find(({ code }) => code === region);
  return (
    <>
      <h1>{words.title}</h1>
      <p>
        <strong>
          <Said>{policy.title}</Said>
        </strong>
        {" · "}
        {words.version(policy.version)}
        {" · "}
        <a href="/desk/policies">{words.back}</a>
      </p>
      <p className="quiet">{words.lead(figure(firms), fullDayText(asOf, lang))}</p>
      {trial && <TryDraft action={address} trial={trial} />}
      <section className="card" aria-labelledby="whole">
        <h2 id="whole">{words.whole}</h2>
        <DetailsList
          of={[
            [words.fits, figure(whole.eligible)],
            [words.open, figure(whole.undetermined)],
          ]}
        />
        <RegionTable address={address} regions={regions} />
      </section>
      <section className="card" aria-labelledby="conditions">
        <h2 id="conditions">{words.conditions}</h2>
        {chosen && (
          <p>
            {words.only(inLanguage(chosen.name ?? words.nowhere, lang))} <a href={address}>{words.all}</a>
          </p>
        )}
        <ConditionTable conditions={conditions} />
        <p className="hint">{words.lacksOnlyHint}</p>
      </section>
    </>
  );
}

function RegionTable({ address, regions }: Readonly<{ address: string; regions: readonly RegionReach[] }>) {
  const words = useWords(reachWords);
  return (
    <DataTable
      caption={words.regions}
      rows={regions}
      keyOf={({ code }) => code}
      columns={[
        {
          head: words.region,
          cell: ({ code, name }) =>
            name === undefined ? (
              code || words.nowhere
            ) : (
              <a href={`${address}?region=${encodeURIComponent(code)}`}>
                <Said>{name}</Said>
              </a>
            ),
        },
        { head: words.firms, cell: (row) => figure(row.firms), figure: true },
        { head: words.fits, cell: ({ eligible }) => figure(eligible), figure: true },
        { head: words.open, cell: ({ undetermined }) => figure(undetermined), figure: true },
      ]}
    />
  );
}

function ConditionTable({ conditions }: Readonly<{ conditions: readonly ConditionReach[] }>) {
  const words = useWords(reachWords);
  return (
    <DataTable
      caption={words.conditions}
      captionUnseen
      rows={conditions}
      keyOf={({ name }) => name}
      columns={[
        {
          head: words.condition,
          cell: ({ sentence, depth }) => (
            <span>
              {"— ".repeat(depth)}
              <Said>{sentence}</Said>
            </span>
          ),
        },
        { head: words.clause, cell: ({ clause }) => clause && <Said>{clause}</Said> },
        { head: words.fits, cell: ({ eligible }) => figure(eligible), figure: true },
        { head: words.open, cell: ({ undetermined }) => figure(undetermined), figure: true },
        {
          head: words.lacksOnly,
          cell: ({ lacksOnlyThis }) => lacksOnlyThis !== undefined && figure(lacksOnlyThis),
          figure: true,
        },
      ]}
    />
  );
}
