import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Code, Said } from "../kit/text.tsx";
import { type KeptFileBrief, useFileColumns, useFileDetails } from "./kept-file.tsx";
import { namesWords } from "./names-words.ts";

export type NamesProps = Readonly<{
  context: PageContext;
  lists: readonly NameListBrief[];
  /** One of them opened. */
  opened?: OpenedNameList | undefined;
}>;

export type NameListBrief = KeptFileBrief &
  Readonly<{ status: "open" | "completed" | "dropped"; names: number; settled: number }>;

export type OpenedNameList = NameListBrief &
  Readonly<{
    /** Some of the names, those nobody settled first. */
    entries: readonly NameRow[];
    /** Names that one firm has today and no other ever had. */
    plain: number;
    mayDecide: boolean;
  }>;

export type NameRow = Readonly<{
  name: string;
  candidates: readonly Readonly<{ code: string; name: string; how: "current" | "former" | "answered" }>[];
  /** Without a code: nobody's who is registered. */
  settled?: Readonly<{ code?: string | undefined; by: string }> | undefined;
}>;

/**
 * GET /desk/names, /desk/names/:id. Forms: POST /desk/names/:id/settle with `name.N code.N other.N`, /plain, /complete
 * and /drop with `reason`, each with `_csrf`.
 */
export function namesPage(props: NamesProps): string {
  const { title } = namesWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Names {...props} /> });
}

function Names({ lists, opened }: NamesProps) {
  const words = useWords(namesWords);
  return (
    <>
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      {opened && <Opened list={opened} />}
      {!opened && lists.length === 0 && <Empty>{words.empty}</Empty>}
      {!opened && lists.length > 0 && <Lists lists={lists} />}
    </>
  );
}

function Lists({ lists }: Pick<NamesProps, "lists">) {
  const words = useWords(namesWords);
  const columns = useFileColumns<NameListBrief>("/desk/names", ({ status }) => <Status of={status} />, {
    head: words.progress,
    cell: ({ settled, names }) => words.of(settled, names),
    figure: true,
  });
  return <DataTable caption={words.caption} rows={lists} keyOf={({ id }) => id} columns={columns} />;
}

function Status({ of }: Readonly<{ of: NameListBrief["status"] }>) {
  const words = useWords(namesWords);
  return <span className={of === "open" ? "warn" : "quiet"}>{words[of]}</span>;
}

function Opened({ list }: Readonly<{ list: OpenedNameList }>) {
  const words = useWords(namesWords);
  const { id, fileName, status, names, settled, entries, plain, mayDecide } = list;
  const details = useFileDetails(list, <Status of={status} />);
  const action = `/desk/names/${encodeURIComponent(id)}`;
  return (
    <>
      <section className="card" aria-labelledby="list">
        <h2 id="list">
          <Said>{fileName}</Said>
        </h2>
        <DetailsList of={[...details, [words.progress, words.of(settled, names)]]} />
        {mayDecide && plain > 0 && (
          <PostForm action={`${action}/plain`} className="stack">
            <p className="hint">{words.plainHint}</p>
            <button className="main" type="submit">
              {words.plain(plain)}
            </button>
          </PostForm>
        )}
        {mayDecide && settled === names && (
          <PostForm action={`${action}/complete`}>
            <button className="main" type="submit">
              {words.complete}
            </button>
          </PostForm>
        )}
      </section>
      <section className="card" aria-labelledby="names">
        <h2 id="names">{words.names}</h2>
        {mayDecide ? (
          <PostForm action={`${action}/settle`} className="stack">
            {entries.map((entry, place) => (
              <Choice key={entry.name} entry={entry} place={place} />
            ))}
            {names > entries.length && <p className="quiet">{words.more(names - entries.length)}</p>}
            <button className="main" type="submit">
              {words.save}
            </button>
          </PostForm>
        ) : (
          <Answers entries={entries} />
        )}
      </section>
      {mayDecide && (
        <PostForm action={`${action}/drop`} className="filter card">
          <Field id="reason" name="reason" label={words.reason} required />
          <button className="other" type="submit">
            {words.drop}
          </button>
        </PostForm>
      )}
      <p>
        <a href="/desk/names">{words.back}</a>
      </p>
    </>
  );
}

/** One name and the firms that it may be; nothing is chosen beforehand but what a person chose. */
function Choice({ entry, place }: Readonly<{ entry: NameRow; place: number }>) {
  const words = useWords(namesWords);
  const { name, candidates, settled } = entry;
  const listed = candidates.some(({ code }) => code === settled?.code);
  const other = settled?.code !== undefined && !listed ? settled.code : undefined;
  return (
    <fieldset>
      <legend>
        <Said>{name}</Said>
      </legend>
      {settled && (
        <p className="hint">
          <Said>{words.settledBy(settled.by)}</Said>
        </p>
      )}
      <input type="hidden" name={`name.${place}`} value={name} />
      {candidates.map(({ code, name: whose, how }) => (
        <label key={code} className="choice">
          <input type="radio" name={`code.${place}`} value={code} defaultChecked={settled?.code === code} />
          <span>
            <Said>{whose}</Said> <Code>{code}</Code> <span className="hint">{words.how[how]}</span>
          </span>
        </label>
      ))}
      <label className="choice">
        <input
          type="radio"
          name={`code.${place}`}
          value="none"
          defaultChecked={settled !== undefined && settled.code === undefined}
        />
        <span>{words.nobody}</span>
      </label>
      <Field id={`other-${place}`} name={`other.${place}`} label={words.byCode} value={other} />
    </fieldset>
  );
}

function Answers({ entries }: Pick<OpenedNameList, "entries">) {
  const words = useWords(namesWords);
  return (
    <DataTable
      caption={words.names}
      captionUnseen
      rows={entries}
      keyOf={({ name }) => name}
      columns={[
        { head: words.name, cell: ({ name }) => <Said>{name}</Said> },
        { head: words.whose, cell: (entry) => <Answer entry={entry} /> },
      ]}
    />
  );
}

function Answer({ entry: { settled, candidates } }: Readonly<{ entry: NameRow }>) {
  const words = useWords(namesWords);
  if (!settled) return null;
  const firm = candidates.find(({ code }) => code === settled.code);
  return (
    <>
      {settled.code === undefined ? words.nobody : <Code>{settled.code}</Code>} {firm && <Said>{firm.name}</Said>}{" "}
      <span className="hint">
        <Said>{words.settledBy(settled.by)}</Said>
      </span>
    </>
  );
}
