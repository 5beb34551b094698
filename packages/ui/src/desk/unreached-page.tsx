import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { type Column, DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { figure } from "../kit/figure.ts";
import { PostForm } from "../kit/form.tsx";
import { Done, Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { Paging } from "../kit/paging.tsx";
import { useReader, useWords } from "../kit/reader.ts";
import { Day, Said, Yuan } from "../kit/text.tsx";
import { unreachedWords } from "./unreached-words.ts";

export type UnreachedProps = Readonly<{
  context: PageContext;
  group: UnreachedGroup;
  counts: Readonly<Record<UnreachedGroup, Readonly<{ firms: number; benefits: number }>>>;
  policies: readonly Readonly<{ id: string; title: Bilingual }>[];
  policy?: string | undefined;
  rows: readonly UnreachedRow[];
  nextHref?: string | undefined;
  csvHref: string;
  /** Only who may put firms on the call list is shown the button. */
  mayCall: boolean;
  asked?: boolean;
}>;

export const unreachedGroups = ["unreached", "unconfirmed", "nearly"] as const;
export type UnreachedGroup = (typeof unreachedGroups)[number];

export type UnreachedRow = Readonly<{
  id: string;
  firmCode: string;
  firmName: string;
  title: Bilingual;
  since: string;
  amountFen?: string | undefined;
  lastDay?: string | undefined;
  /** What a firm is short of. */
  short?: Readonly<{ kind: "change" | "credit" | "missing"; label: Bilingual }> | undefined;
  /** The open entry of the call list. */
  callId?: string | undefined;
}>;

/** GET /desk/unreached?group=&policy=&cursor=. Form: POST /desk/unreached/call `firmCode _csrf`. */
export function unreachedPage(props: UnreachedProps): string {
  const { title } = unreachedWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Unreached {...props} /> });
}

function Unreached(props: UnreachedProps) {
  const words = useWords(unreachedWords);
  const { group, counts, rows, nextHref, csvHref, asked } = props;
  return (
    <>
      <h1>{words.title}</h1>
      {asked && <Done>{words.asked}</Done>}
      <p className="quiet">{words.lead}</p>
      <Choice {...props} />
      <dl className="details">
        {unreachedGroups.map((each) => (
          <div key={each}>
            <dt>{words.groups[each]}</dt>
            <dd>{words.count(figure(counts[each].firms), figure(counts[each].benefits))}</dd>
          </div>
        ))}
      </dl>
      <p className="line">
        <span className="hint">{words.groupHint[group]}</span>
        <span>
          <a href={csvHref}>{words.csv}</a> <a href="/desk/call-list">{words.callList}</a>
        </span>
      </p>
      {rows.length === 0 ? <Empty>{words.empty}</Empty> : <Firms {...props} />}
      <Paging nextHref={nextHref} />
    </>
  );
}

function Choice({ group, policy, policies }: UnreachedProps) {
  const words = useWords(unreachedWords);
  const { lang } = useReader();
  return (
    <form method="get" action="/desk/unreached" className="card filter" aria-label={words.show}>
      <div className="field">
        <label htmlFor="group">{words.group}</label>
        <select id="group" name="group" defaultValue={group}>
          {unreachedGroups.map((each) => (
            <option key={each} value={each}>
              {words.groups[each]}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="policy">{words.policy}</label>
        <select id="policy" name="policy" defaultValue={policy ?? ""}>
          <option value="">{words.all}</option>
          {policies.map(({ id, title }) => (
            <option key={id} value={id}>
              {inLanguage(title, lang)}
            </option>
          ))}
        </select>
      </div>
      <button className="other" type="submit">
        {words.show}
      </button>
    </form>
  );
}

function Firms({ group, rows, mayCall }: UnreachedProps) {
  const words = useWords(unreachedWords);
  const ofOffers: Column<UnreachedRow>[] = [
    {
      head: words.amount,
      figure: true,
      cell: ({ amountFen }) => amountFen !== undefined && <Yuan fen={amountFen} />,
    },
    { head: words.lastDay, cell: ({ lastDay }) => lastDay !== undefined && <Day of={lastDay} full /> },
  ];
  const ofNear: Column<UnreachedRow>[] = [{ head: words.short, cell: ({ short }) => short && <Short of={short} /> }];
  const contact: Column<UnreachedRow>[] = [{ head: words.call, cell: (row) => <Call of={row} mayCall={mayCall} /> }];
  return (
    <DataTable
      caption={words.caption(words.groups[group])}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { head: words.firm, cell: ({ firmName }) => <Said>{firmName}</Said> },
        { head: words.policy, cell: ({ title }) => <Said>{title}</Said> },
        { head: words.since, cell: ({ since }) => <Day of={since} full /> },
        ...(group === "nearly" ? ofNear : ofOffers),
        ...(group === "unreached" ? contact : []),
      ]}
    />
  );
}

function Short({ of: { kind, label } }: Readonly<{ of: NonNullable<UnreachedRow["short"]> }>) {
  const { kinds } = useWords(unreachedWords);
  return (
    <>
      {kinds[kind]} <Said>{label}</Said>
    </>
  );
}

function Call({ of, mayCall }: Readonly<{ of: UnreachedRow; mayCall: boolean }>) {
  const words = useWords(unreachedWords);
  if (of.callId !== undefined)
    return (
      <a href={`/desk/call-list/${encodeURIComponent(of.callId)}`}>
        {words.onList}
        <span className="unseen">
          {" "}
          <Said>{of.firmName}</Said>
        </span>
      </a>
    );
  if (!mayCall) return null;
  return (
    <PostForm action="/desk/unreached/call">
      <input type="hidden" name="firmCode" value={of.firmCode} />
      <button className="other" type="submit">
        {words.putOn}
        <span className="unseen">
          {" "}
          <Said>{of.firmName}</Said>
        </span>
      </button>
    </PostForm>
  );
}
