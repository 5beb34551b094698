import type { Bilingual } from "../kit/bilingual.ts";
import { DetailsList } from "../kit/details-list.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { FlowChart } from "./flow-chart.tsx";
import type { Transition } from "./flow-layout.ts";

/** What a firm has to know: the six elements of a guide, read from the policy itself. */
export type GuideView = Readonly<{
  /** How many conditions the rule names at its top. */
  conditions: number;
  confirmWithinDays?: number | undefined;
  /** By when the money is there, as law or office set it. */
  timeLimits: readonly Bilingual[];
  /** `waived`: taken from departments' data (免); else the firm hands it in. */
  materials: readonly Readonly<{ name: Bilingual; waived: boolean }>[];
  department: Bilingual;
  /** Who answers questions. */
  contact?: Bilingual | undefined;
  /** Every step that a benefit may take. */
  flow: readonly Transition[];
}>;

const words = catalogue(
  {
    title: "办事指南",
    conditions: "办理条件",
    conditionsText: (count: number) => `共 ${count} 条，见上“谁能领”，由系统核对`,
    procedure: "办理程序",
    matched: "系统用部门数据自动核对，符合的主动通知。",
    confirm: "企业在期限内确认一次。",
    confirmWithin: (days: number) => `企业在 ${days} 天内确认一次。`,
    paid: "财政复核后拨付到本企业或本人账户，结果公示。",
    limits: "办理时限",
    noLimit: "文件未规定到账时限",
    materials: "材料",
    none: "无需提交任何材料",
    waived: "免",
    waivedMeaning: "免提交，由部门数据提供",
    handIn: "由企业提供",
    department: "责任部门",
    contact: "咨询方式",
    fees: "收费",
    free: "不收费",
  },
  {
    title: "Guide",
    conditions: "Conditions",
    conditionsText: (count) => `${count}, see “Who gets it” above; checked by the system`,
    procedure: "Procedure",
    matched: "The system checks with data from departments and tells those who qualify.",
    confirm: "The firm confirms once before the deadline.",
    confirmWithin: (days) => `The firm confirms once within ${days} days.`,
    paid: "Finance checks and pays to the firm's account; results are published.",
    limits: "Time limits",
    noLimit: "The text sets no limit for the payment",
    materials: "Papers",
    none: "none to hand in",
    waived: "waived",
    waivedMeaning: "not handed in; departments' data tell it",
    handIn: "handed in by the firm",
    department: "Department",
    contact: "Questions",
    fees: "Fees",
    free: "none",
  },
);

/** Source: REQUIREMENTS A2 #15 (six elements), #17 (flow chart, fees), A3 #52 (免) */
export function GuideCard({ guide }: Readonly<{ guide: GuideView }>) {
  const text = useWords(words);
  const { conditions, timeLimits, materials, department, contact, flow } = guide;
  return (
    <section className="card" aria-labelledby="how">
      <h2 id="how">{text.title}</h2>
      <DetailsList
        of={[
          [text.conditions, text.conditionsText(conditions)],
          [text.procedure, <Procedure key="procedure" {...guide} />],
          [
            text.limits,
            <ul key="limits">
              {timeLimits.length === 0 && <li>{text.noLimit}</li>}
              {timeLimits.map((sentence) => (
                <li key={JSON.stringify(sentence)}>
                  <Said>{sentence}</Said>
                </li>
              ))}
            </ul>,
          ],
          [text.materials, <Materials key="materials" of={materials} />],
          [text.department, <Said key="department">{department}</Said>],
          [text.contact, <Said key="contact">{contact ?? "12345"}</Said>],
          [text.fees, text.free],
        ]}
      />
      {flow.length > 0 && <FlowChart transitions={flow} />}
    </section>
  );
}

function Procedure({ confirmWithinDays }: Pick<GuideView, "confirmWithinDays">) {
  const text = useWords(words);
  return (
    <ol className="numbered">
      <li>{text.matched}</li>
      <li>{confirmWithinDays === undefined ? text.confirm : text.confirmWithin(confirmWithinDays)}</li>
      <li>{text.paid}</li>
    </ol>
  );
}

function Materials({ of }: Readonly<{ of: GuideView["materials"] }>) {
  const text = useWords(words);
  const tag = <span className="tag good">{text.waived}</span>;
  if (of.length === 0) {
    return (
      <>
        {tag} {text.none}
      </>
    );
  }
  return (
    <ul>
      {of.map(({ name, waived }) => (
        <li key={JSON.stringify(name)}>
          {waived && tag} <Said>{name}</Said> <span className="hint">{waived ? text.waivedMeaning : text.handIn}</span>
        </li>
      ))}
    </ul>
  );
}
