import type { ReactNode } from "react";
import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Code, Day, Said } from "../kit/text.tsx";
import { registerWords } from "./register-words.ts";

export type RegisterProps = Readonly<{
  context: PageContext;
  /** What was looked for; empty before the first search. */
  find: string;
  /** Several where a name is or was that of several. */
  found: readonly RegisteredName[];
  subject?: RegisteredSubject | undefined;
  /** Codes nobody has asked the register about. */
  doubtful: readonly RegisteredName[];
  mayConfirm: boolean;
}>;

export type RegisteredName = Readonly<{ code: string; name: string }>;

export type RegisteredSubject = RegisteredName &
  Readonly<{
    check: "right" | "doubtful" | Readonly<{ confirmedBy: string; evidence: string }>;
    /** Absent: no department said. */
    branchOf?: RegisteredLink | null | undefined;
    branches: readonly RegisteredLink[];
    /** Who controls it in the end; absent: no department said. */
    controlledBy?: RegisteredLink | null | undefined;
    /** The other firms of its group of companies; absent: not known. */
    groupMembers?: readonly RegisteredLink[] | undefined;
    predecessors?: readonly RegisteredLink[] | undefined;
    successors: readonly RegisteredLink[];
    zones?: readonly Readonly<{ zone: string; from: string; until?: string | undefined }>[] | undefined;
    formerNames?: readonly Readonly<{ name: string; until: string }>[] | undefined;
    /** Each value from the day on that it was first said. */
    history: readonly RegisteredEntry[];
  }>;

/** Without a name: not registered here. */
export type RegisteredLink = Readonly<{
  code: string;
  name?: string | undefined;
  way?: Bilingual | undefined;
  on?: string | undefined;
}>;

export type RegisteredEntry = Readonly<{
  id: string;
  label: Bilingual;
  value: Bilingual;
  since: string;
  sourceId: string;
}>;

/** GET /desk/register?find=. Form: POST /desk/register/confirm with `code evidence _csrf`. */
export function registerPage(props: RegisterProps): string {
  const { title } = registerWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Register {...props} /> });
}

function Register({ find, found, subject, doubtful, mayConfirm }: RegisterProps) {
  const words = useWords(registerWords);
  return (
    <>
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      <p>
        <a href="/desk/names">{words.names}</a>
      </p>
      <form method="get" action="/desk/register" className="card filter" aria-label={words.search}>
        <Field id="find" name="find" label={words.find} value={find} required />
        <button className="main" type="submit">
          {words.search}
        </button>
      </form>
      {find !== "" && found.length === 0 && <Empty>{words.nobody}</Empty>}
      {!subject && found.length > 0 && <Names caption={words.several} of={found} />}
      {subject && <Subject subject={subject} mayConfirm={mayConfirm} />}
      {find === "" && doubtful.length > 0 && (
        <section className="card" aria-labelledby="doubtful">
          <h2 id="doubtful">{words.doubtful}</h2>
          <p className="quiet">{words.doubtfulLead}</p>
          <Names caption={words.doubtful} of={doubtful} captionUnseen />
        </section>
      )}
    </>
  );
}

type NamesProps = Readonly<{ caption: string; captionUnseen?: boolean; of: readonly RegisteredName[] }>;

function Names({ caption, captionUnseen = false, of }: NamesProps) {
  const words = useWords(registerWords);
  return (
    <DataTable
      caption={caption}
      captionUnseen={captionUnseen}
      rows={of}
      keyOf={({ code }) => code}
      columns={[
        { head: words.name, cell: ({ name }) => <Said>{name}</Said> },
        { head: words.code, cell: ({ code }) => <SubjectLink code={code} /> },
      ]}
    />
  );
}

function SubjectLink({ code }: Readonly<{ code: string }>) {
  return (
    <a href={`/desk/register?find=${encodeURIComponent(code)}`}>
      <Code>{code}</Code>
    </a>
  );
}

function Subject({ subject, mayConfirm }: Readonly<{ subject: RegisteredSubject; mayConfirm: boolean }>) {
  const words = useWords(registerWords);
  const { code, name, check, branchOf, branches, predecessors, successors, zones, formerNames, history } = subject;
  const { controlledBy, groupMembers } = subject;
  const list = <Row,>(rows: readonly Row[] | undefined, show: (row: Row) => ReactNode) =>
    rows === undefined ? <span className="warn">{words.unknown}</span> : <Rows of={rows} show={show} />;
  return (
    <>
      <section className="card" aria-labelledby="subject">
        <h2 id="subject">
          <Said>{name}</Said>
        </h2>
        <DetailsList
          of={[
            [words.code, <Check key="code" code={code} check={check} />],
            [words.formerNames, list(formerNames, (former) => <FormerName former={former} />)],
            [words.predecessors, list(predecessors, (link) => <Link of={link} />)],
            successors.length > 0 && [words.successors, list(successors, (link) => <Link of={link} />)],
            branchOf !== null && [words.branchOf, list(branchOf && [branchOf], (link) => <Link of={link} />)],
            branches.length > 0 && [words.branches, list(branches, (link) => <Link of={link} />)],
            controlledBy !== null && [
              words.controlledBy,
              list(controlledBy && [controlledBy], (link) => <Link of={link} />),
            ],
            groupMembers?.length !== 0 && [words.groupMembers, list(groupMembers, (link) => <Link of={link} />)],
            [words.zones, list(zones, (stay) => <Stay stay={stay} />)],
          ]}
        />
        {check === "doubtful" && mayConfirm && (
          <PostForm action="/desk/register/confirm" className="filter">
            <input type="hidden" name="code" value={code} />
            <Field id="evidence" name="evidence" label={words.evidence} required />
            <button className="main" type="submit">
              {words.confirm}
            </button>
          </PostForm>
        )}
      </section>
      <DataTable
        caption={words.history}
        rows={history}
        keyOf={({ id, since, sourceId }) => `${id} ${since} ${sourceId}`}
        columns={[
          { head: words.fact, cell: ({ label }) => <Said>{label}</Said> },
          { head: words.value, cell: ({ value }) => <Said>{value}</Said> },
          { head: words.since, cell: ({ since }) => <Day of={since} full /> },
          { head: words.source, cell: ({ sourceId }) => <Source of={sourceId} /> },
        ]}
      />
    </>
  );
}

function Rows<Row>({ of, show }: Readonly<{ of: readonly Row[]; show(row: Row): ReactNode }>) {
  const words = useWords(registerWords);
  if (of.length === 0) return words.none;
  return (
    <ul className="payload">
      {of.map((row) => (
        <li key={JSON.stringify(row)}>{show(row)}</li>
      ))}
    </ul>
  );
}

function Check({ code, check }: Pick<RegisteredSubject, "code" | "check">) {
  const words = useWords(registerWords);
  return (
    <>
      <Code>{code}</Code>
      {check === "doubtful" && <span className="warn"> {words.doubt}</span>}
      {typeof check === "object" && (
        <span className="hint">
          {" "}
          <Said>{words.confirmed(check.confirmedBy)}</Said> <Said>{check.evidence}</Said>
        </span>
      )}
    </>
  );
}

function Link({ of: { code, name, way, on } }: Readonly<{ of: RegisteredLink }>) {
  return (
    <>
      {name !== undefined && <Said>{name}</Said>}{" "}
      {name === undefined ? <Code>{code}</Code> : <SubjectLink code={code} />} {way !== undefined && <Said>{way}</Said>}{" "}
      {on !== undefined && <Day of={on} full />}
    </>
  );
}

function FormerName({ former: { name, until } }: Readonly<{ former: Readonly<{ name: string; until: string }> }>) {
  return (
    <>
      <Said>{name}</Said> – <Day of={until} full />
    </>
  );
}

type StayProps = Readonly<{ stay: NonNullable<RegisteredSubject["zones"]>[number] }>;

function Stay({ stay: { zone, from, until } }: StayProps) {
  return (
    <>
      <Said>{zone}</Said> <Day of={from} full /> – {until !== undefined && <Day of={until} full />}
    </>
  );
}
