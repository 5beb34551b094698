import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { figure } from "../kit/figure.ts";
import { LongField, PostForm } from "../kit/form.tsx";
import { ProblemSummary } from "../kit/notice.tsx";
import { useReader, useWords } from "../kit/reader.ts";
import { Said, Yuan } from "../kit/text.tsx";
import { reachWords } from "./reach-words.ts";

/** A draft that somebody tries: what was typed, and what came of it. */
export type DraftTrial = Readonly<{
  text: string;
  problem?: string | undefined;
  impact?: DraftImpactView | undefined;
}>;

export type ChangeCountsView = Readonly<{ gained: number; lost: number; opened: number; settled: number }>;
/** Firms of one place or one size; the difference in money in 分 as text. */
export type GroupChange = ChangeCountsView &
  Readonly<{ code: string; name?: Bilingual | undefined; amountChanged: number; differenceFen: string }>;
type Answered = Readonly<{ eligible: number; undetermined: number }>;

export type DraftImpactView = Readonly<{
  before: Answered;
  after: Answered;
  changed: ChangeCountsView;
  /** Regions where anything changes. */
  regions: readonly GroupChange[];
  /** Sizes of firms for which anything changes. */
  sizes: readonly GroupChange[];
  amountChanged: number;
  /** Money of the firms that are touched, 分 as text; the difference is below zero where it costs less. */
  beforeFen: string;
  afterFen: string;
  differenceFen: string;
  /** Firms whose amount is not certain under the new version. */
  notExact: number;
  /** Firms whose amounts were not computed. */
  left: number;
  wasRead: boolean;
}>;

/** The form for a draft, and above it what the last one would change. */
export function TryDraft({ action, trial }: Readonly<{ action: string; trial: DraftTrial }>) {
  const words = useWords(reachWords);
  const { lang } = useReader();
  return (
    <>
      {trial.problem !== undefined && <ProblemSummary title={inLanguage(trial.problem, lang)} />}
      {trial.impact && <Impact of={trial.impact} />}
      <section className="card" aria-labelledby="try">
        <h2 id="try">{words.try}</h2>
        <p>{words.tryLead}</p>
        <PostForm action={action} multipart>
          <LongField id="text" name="text" label={words.text} value={trial.text} />
          <div className="field">
            <label htmlFor="file">{words.file}</label>
            <input id="file" name="file" type="file" accept=".yaml,.yml" />
          </div>
          <button className="main" type="submit">
            {words.submit}
          </button>
        </PostForm>
      </section>
    </>
  );
}

function Impact({ of }: Readonly<{ of: DraftImpactView }>) {
  const words = useWords(reachWords);
  const { before, after, changed, regions, sizes } = of;
  const isNothing = regions.length === 0 && of.amountChanged === 0 && of.left === 0;
  const answered = ({ eligible, undetermined }: Answered) =>
    `${words.fits} ${figure(eligible)} · ${words.open} ${figure(undetermined)}`;
  return (
    <section className="card" aria-labelledby="impact">
      <h2 id="impact">{words.impact}</h2>
      {of.wasRead && <p className="quiet">{words.wasRead}</p>}
      {isNothing && <p role="status">{words.nothing}</p>}
      <DetailsList
        of={[
          [words.before, answered(before)],
          [words.after, answered(after)],
          [words.gained, figure(changed.gained)],
          [words.lost, figure(changed.lost)],
          [words.opened, figure(changed.opened)],
          [words.settled, figure(changed.settled)],
          [words.amountChanged, figure(of.amountChanged)],
          [words.cost, <Yuan key="cost" fen={of.differenceFen} />],
        ]}
      />
      <p>
        {words.costs} <Yuan fen={of.beforeFen} /> → <Yuan fen={of.afterFen} />
      </p>
      {of.notExact > 0 && <p className="warn">{words.notExact(figure(of.notExact))}</p>}
      {of.left > 0 && <p className="warn">{words.left(figure(of.left))}</p>}
      <GroupTable caption={words.regions} head={words.region} unnamed={words.nowhere} groups={regions} />
      <GroupTable caption={words.sizes} head={words.size} unnamed={words.noSize} groups={sizes} />
    </section>
  );
}

type Groups = Readonly<{ caption: string; head: string; unnamed: string; groups: readonly GroupChange[] }>;

function GroupTable({ caption, head, unnamed, groups }: Groups) {
  const words = useWords(reachWords);
  if (groups.length === 0) return null;
  return (
    <DataTable
      caption={caption}
      rows={groups}
      keyOf={({ code }) => code}
      columns={[
        { head, cell: ({ code, name }) => (name === undefined ? code || unnamed : <Said>{name}</Said>) },
        { head: words.gained, cell: ({ gained }) => figure(gained), figure: true },
        { head: words.lost, cell: ({ lost }) => figure(lost), figure: true },
        { head: words.opened, cell: ({ opened }) => figure(opened), figure: true },
        { head: words.settled, cell: ({ settled }) => figure(settled), figure: true },
        { head: words.amountChanged, cell: ({ amountChanged }) => figure(amountChanged), figure: true },
        { head: words.cost, cell: ({ differenceFen }) => <Yuan fen={differenceFen} />, figure: true },
      ]}
    />
  );
}
