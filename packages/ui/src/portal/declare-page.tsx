import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";

export type DeclareProps = Readonly<{
  context: PageContext;
  questions: readonly Question[];
  problem?: Bilingual | undefined;
}>;

/** What only the firm can say. */
export type Question = Readonly<{
  factId: string;
  label: Bilingual;
  unit?: Bilingual | undefined;
  kind: "yes-no" | "day" | "text" | "choice";
  /** For a choice: code → meaning. */
  choices?: readonly Readonly<{ code: string; meaning: Bilingual }>[] | undefined;
  /** Titles of the policies that wait for it. */
  usedFor: readonly Bilingual[];
  typed?: string | undefined;
}>;

const words = catalogue(
  {
    title: "只有您知道的",
    lead: "部门能提供的，我们从不问您。只有下面这些没有部门掌握，填一次就够；填完立即重新核对。",
    empty: "没有需要您填写的。部门掌握的数据我们自己取。",
    yes: "是",
    no: "否",
    inUnit: (label: string, unit: string) => (unit === "" ? label : `${label}（${unit}）`),
    later: "以后再说",
    usedFor: "用于：",
    separator: "、",
    promise: "我承诺所填属实，愿意接受核查。",
    send: "提交",
  },
  {
    title: "What only you know",
    lead: "What a department can tell us we never ask you. Only these are known to none; once is enough, and we check again at once.",
    empty: "There is nothing for you to fill in. What departments know we fetch ourselves.",
    yes: "Yes",
    no: "No",
    inUnit: (label: string, unit: string) => (unit === "" ? label : `${label} (${unit})`),
    later: "Later",
    usedFor: "Used for: ",
    separator: ", ",
    promise: "What I say is true, and may be checked.",
    send: "Send",
  },
);

/** GET /my-data/answers. Form: POST /my-data/answers with `fact.<id>` for each answer, `promise`, `_csrf`. */
export function declarePage(props: DeclareProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Declare {...props} /> });
}

function Declare({ questions, problem }: DeclareProps) {
  const text = useWords(words);
  const { lang } = useReader();
  return (
    <>
      {problem !== undefined && <ProblemSummary title={inLanguage(problem, lang)} />}
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      {questions.length === 0 && <Empty>{text.empty}</Empty>}
      {questions.length > 0 && (
        <PostForm action="/my-data/answers" className="stack">
          {questions.map((question) => (
            <Ask key={question.factId} question={question} />
          ))}
          <label className="choice">
            <input type="checkbox" name="promise" value="yes" required />
            <span>{text.promise}</span>
          </label>
          <button className="main" type="submit">
            {text.send}
          </button>
        </PostForm>
      )}
    </>
  );
}

function Ask({ question }: Readonly<{ question: Question }>) {
  const text = useWords(words);
  const { lang } = useReader();
  const { factId, label, unit, kind, typed, usedFor } = question;
  const name = `fact.${factId}`;
  const hint = `${text.usedFor}${usedFor.map((title) => inLanguage(title, lang)).join(text.separator)}`;
  if (kind === "day" || kind === "text") {
    const title = text.inUnit(inLanguage(label, lang), unit === undefined ? "" : inLanguage(unit, lang));
    return (
      <div className="card">
        <Field id={name} name={name} label={title} hint={hint} value={typed} type={kind === "day" ? "date" : "text"} />
      </div>
    );
  }
  const options = kind === "yes-no" ? yesNo(text) : (question.choices ?? []);
  return (
    <fieldset className="card">
      <legend>
        <Said>{label}</Said>
      </legend>
      <p className="hint">
        <Said>{hint}</Said>
      </p>
      {[...options, { code: "", meaning: text.later }].map(({ code, meaning }) => (
        <label key={code} className="choice">
          <input type="radio" name={name} value={code} defaultChecked={(typed ?? "") === code} />
          <span>
            <Said>{meaning}</Said>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const yesNo = ({ yes, no }: Readonly<{ yes: string; no: string }>) => [
  { code: "是", meaning: yes },
  { code: "否", meaning: no },
];
