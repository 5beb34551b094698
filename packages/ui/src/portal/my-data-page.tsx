import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { regionName, sourceName } from "../kit/names.ts";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useReader, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Day, Said } from "../kit/text.tsx";
import { type DisputeView, MyDisputes } from "./dispute-page.tsx";
import { disputeWords } from "./dispute-words.ts";
import type { UnknownReason } from "./not-granted.tsx";

export type MyDataProps = Readonly<{
  context: PageContext;
  firm: Readonly<{ name: string; creditCode: string; regionCode: string }>;
  /** Grouped by source on the page, in the order given. */
  facts: readonly FactRow[];
  /** Newest first. */
  disputes: readonly DisputeView[];
}>;

export type FactRow = Readonly<{
  id: string;
  label: Bilingual;
  /** Source id that supplies it. */
  source: Bilingual;
  /** Titles of the policies decided with it. */
  usedFor: readonly Bilingual[];
}> &
  (
    | Readonly<{ state: "known"; value: Bilingual; asOf: string; obtainedAt?: string | undefined }>
    | Readonly<{ state: "unknown"; reason: UnknownReason; detail?: Bilingual | undefined }>
  );

const words = catalogue(
  {
    title: "我的数据",
    lead: "判断贵公司能领什么，只用下面这些部门数据，您没有填过一张表。",
    wrong: "哪一项不对，就点它旁边的“不对？”。部门在期限内答复，更正后我们自动重新核对。",
    download: "下载全部数据和用途",
    answers: "有没有只有我们知道、需要补充的？",
    firm: "企业",
    creditCode: "统一社会信用代码",
    region: "登记地",
    asOfBefore: "截至 ",
    asOfAfter: "",
    usedFor: "用于：",
    unused: "目前没有政策用到",
    separator: "、",
    reason: {
      "not-obtained": "还没有拿到。部门提供后自动补上，不用您提交。",
      "not-connected": "这个部门的数据还没有接通，由工作人员核实。",
      "answers-only": "这个部门只答复是否符合，不提供数值。",
      stale: "数据太旧，不能用来判断，正在等新的。",
      conflict: "两个来源说法不一致，正在核实。",
    },
  },
  {
    title: "My data",
    lead: "What your firm is entitled to is decided with these data from departments only. You filled in no form.",
    wrong:
      'Is something wrong? Choose "Wrong?" beside it. The department answers in time; once corrected we check again by ourselves.',
    download: "Download all data and what they were used for",
    answers: "Is there anything that only we can tell?",
    firm: "Firm",
    creditCode: "Credit code",
    region: "Registered in",
    asOfBefore: "as of ",
    asOfAfter: "",
    usedFor: "Used for: ",
    unused: "No policy uses it at present",
    separator: ", ",
    reason: {
      "not-obtained": "Not obtained yet. It is filled in when the department supplies it; nothing for you to hand in.",
      "not-connected": "This department is not connected yet; an official checks by hand.",
      "answers-only": "This department only says whether a requirement is met; it gives no values.",
      stale: "Too old to decide with; we wait for a newer one.",
      conflict: "Two sources disagree; it is being checked.",
    },
  },
  {
    zh: {
      lead: "判断您能领什么，只用下面这些部门数据，您没有填过一张表。只有您本人、监护人和提供数据的部门看得到。",
      answers: "有没有只有您知道、需要补充的？",
      firm: "姓名",
      region: "户籍地",
    },
    en: {
      lead: "What you are entitled to is decided with these data from departments only. You, your guardian and the department that supplied them can see them, and nobody else.",
      answers: "Is there anything that only you can tell?",
      firm: "Name",
      region: "Household in",
    },
  },
);

/** GET /my-data */
export function myDataPage(props: MyDataProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <MyData {...props} /> });
}

function MyData({ firm, facts, disputes }: MyDataProps) {
  const text = useWords(words);
  const { lang, user } = useReader();
  const bySource = Map.groupBy(facts, ({ source }) => inLanguage(sourceName(source), lang));
  return (
    <>
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      <div className="card">
        <DetailsList
          of={[
            [text.firm, <Said key="firm">{firm.name}</Said>],
            ...(user?.isPerson ? [] : [[text.creditCode, firm.creditCode] as const]),
            [text.region, regionName(firm.regionCode, lang)],
          ]}
        />
      </div>
      <MyDisputes disputes={disputes} />
      {[...bySource].map(([source, rows]) => (
        <section key={source} className="card" aria-label={source}>
          <h2>
            <Source of={source} />
          </h2>
          <ul className="rows">
            {rows.map((fact) => (
              <li key={fact.id}>
                <Fact fact={fact} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="hint">{text.wrong}</p>
      <p>
        <a href="/my-data/answers">{text.answers}</a>
        {" · "}
        <a href="/my-data/facts.csv">{text.download}</a>
      </p>
    </>
  );
}

function Fact({ fact }: Readonly<{ fact: FactRow }>) {
  const text = useWords(words);
  const disputes = useWords(disputeWords);
  const { lang } = useReader();
  const policies = fact.usedFor.map((title) => inLanguage(title, lang)).join(text.separator);
  return (
    <>
      <p className="line">
        <span>
          <Said>{fact.label}</Said>
        </span>
        {fact.state === "known" ? (
          <strong>
            <Said>{fact.value}</Said>
          </strong>
        ) : (
          <strong className="warn">{unknownWord[lang]}</strong>
        )}
      </p>
      <p className="hint">
        {fact.state === "known" ? (
          <>
            {text.asOfBefore}
            <Day of={fact.asOf} full />
            {text.asOfAfter}
          </>
        ) : (
          <Said>{fact.detail ?? text.reason[fact.reason]}</Said>
        )}
        {" · "}
        {policies === "" ? text.unused : text.usedFor}
        <Said>{policies}</Said>
        {" · "}
        <a
          href={`/my-data/dispute?fact=${encodeURIComponent(fact.id)}`}
          aria-label={disputes.wrongOf(inLanguage(fact.label, lang))}
        >
          {disputes.wrong}
        </a>
      </p>
    </>
  );
}

const unknownWord = catalogue("数据缺", "No data");
