import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Day, Said, Yuan } from "../kit/text.tsx";
import { guardianshipsWords } from "./guardianships-words.ts";

export type GuardianshipsProps = Readonly<{
  context: PageContext;
  requestKey: string;
  guardianships: readonly GuardianshipView[];
  mayRecord: boolean;
  done?: "recorded" | "checked" | "ended" | undefined;
  /** Without the identity numbers, which are typed anew. */
  typed?: Readonly<{ basis: Basis; paperNo: string; capYuan: string; expiresOn: string }> | undefined;
  problem?: string | undefined;
}>;

type Basis = "parent" | "court" | "appointed";

export type GuardianshipView = Readonly<{
  id: string;
  /** In full until it is checked, masked afterwards. */
  wardName: string;
  guardianName: string;
  basis: Basis;
  paperNo: string;
  /** Of one confirmation. */
  capFen: string;
  /** `YYYY-MM-DD`, the last day. */
  expiresOn: string;
  isChecked: boolean;
  mayCheck: boolean;
}>;

/**
 * GET /desk/guardianships. Forms: POST /desk/guardianships `ward guardian basis paperNo capYuan expiresOn requestKey _csrf`,
 * POST /desk/guardianships/<id>/check `_csrf`, POST /desk/guardianships/<id>/end `_csrf`.
 */
export function guardianshipsPage(props: GuardianshipsProps): string {
  const { title } = guardianshipsWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Guardianships {...props} /> });
}

function Guardianships(props: GuardianshipsProps) {
  const { guardianships, mayRecord, done, problem } = props;
  const words = useWords(guardianshipsWords);
  return (
    <>
      {problem !== undefined && (
        <ProblemSummary title={words.problem}>
          <p>
            <Said>{problem}</Said>
          </p>
        </ProblemSummary>
      )}
      <h1>{words.title}</h1>
      {done && <Done>{words.done[done]}</Done>}
      <p className="quiet">{words.lead}</p>
      <section className="stack" aria-labelledby="list">
        <h2 id="list">{words.list}</h2>
        {guardianships.length === 0 && <Empty>{words.empty}</Empty>}
        {guardianships.map((guardianship) => (
          <GuardianshipCard key={guardianship.id} {...guardianship} />
        ))}
      </section>
      {mayRecord && <RecordForm {...props} />}
    </>
  );
}

function GuardianshipCard({ id, wardName, guardianName, isChecked, mayCheck, ...terms }: GuardianshipView) {
  const words = useWords(guardianshipsWords);
  const address = `/desk/guardianships/${encodeURIComponent(id)}`;
  return (
    <div className="card stack">
      <p className="line">
        <strong>
          <Said>{wardName}</Said>
        </strong>
        <span className={isChecked ? "state good" : "state"}>{words.state[isChecked ? "checked" : "open"]}</span>
      </p>
      <DetailsList
        of={[
          [words.guardian, <Said key="guardian">{guardianName}</Said>],
          [words.basis, words.bases[terms.basis]],
          [words.paper, <Said key="paper">{terms.paperNo}</Said>],
          [words.cap, <Yuan key="cap" fen={terms.capFen} />],
          [words.until, <Day key="until" of={terms.expiresOn} full />],
        ]}
      />
      {mayCheck && (
        <PostForm action={`${address}/check`}>
          <button className="main" type="submit">
            {words.check}
            <Of name={wardName} />
          </button>
        </PostForm>
      )}
      <PostForm action={`${address}/end`}>
        <button className="other" type="submit">
          {words.end}
          <Of name={wardName} />
        </button>
      </PostForm>
    </div>
  );
}

function Of({ name }: Readonly<{ name: string }>) {
  const words = useWords(guardianshipsWords);
  return (
    <span className="unseen">
      <Said>{words.of(name)}</Said>
    </span>
  );
}

function RecordForm({ requestKey, typed }: GuardianshipsProps) {
  const words = useWords(guardianshipsWords);
  return (
    <section className="card stack" aria-labelledby="record">
      <h2 id="record">{words.record}</h2>
      <PostForm action="/desk/guardianships" requestKey={requestKey} className="stack">
        <Field {...{ id: "ward", name: "ward", label: words.wardNo, hint: words.numberHint, required: true }} />
        <Field {...{ id: "guardian", name: "guardian", label: words.guardianNo, required: true }} />
        <div className="field">
          <label htmlFor="basis">{words.basis}</label>
          <select id="basis" name="basis" defaultValue={typed?.basis ?? "parent"}>
            {Object.entries(words.bases).map(([basis, word]) => (
              <option key={basis} value={basis}>
                {word}
              </option>
            ))}
          </select>
        </div>
        <Field {...{ id: "paperNo", name: "paperNo", label: words.paper, value: typed?.paperNo, required: true }} />
        <Field {...{ id: "capYuan", name: "capYuan", label: words.capAsked, value: typed?.capYuan, required: true }} />
        <Field
          {...{ id: "expiresOn", name: "expiresOn", label: words.untilAsked, value: typed?.expiresOn }}
          {...{ type: "date", required: true }}
        />
        <button className="main" type="submit">
          {words.submit}
        </button>
      </PostForm>
    </section>
  );
}
