import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Source } from "../kit/source.tsx";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";

export type ReassessmentsProps = Readonly<{
  context: PageContext;
  reassessments: readonly ReassessmentBrief[];
  opened?: OpenedReassessment | undefined;
}>;

export type ReassessmentBrief = Readonly<{
  id: string;
  firmCode: string;
  firmName: string;
  policyTitle: Bilingual;
  paidFen: string;
  /** Absent where what is known now does not tell. */
  dueFen?: string | undefined;
  consequence: Readonly<{ kind: "top-up" | "recovery"; fen: string }> | Readonly<{ kind: "in-doubt" }>;
  status: "open" | "upheld" | "dismissed" | "superseded";
  openedAt: string;
  /** Days since. */
  ageDays: number;
}>;

export type OpenedReassessment = ReassessmentBrief &
  Readonly<{
    entitlementId: string;
    deliveryId: string;
    asOf: string;
    changed: readonly Readonly<{ label: Bilingual; was: Bilingual; now: Bilingual; source?: string | undefined }>[];
    closedBy?: string | undefined;
    reason?: string | undefined;
    /** What followed from it. */
    led?: Readonly<{ recoveryId?: string | undefined; topUpId?: string | undefined }> | undefined;
    mayClose: boolean;
  }>;

const words = catalogue(
  {
    title: "已兑付复核",
    lead: "兑付之后，当时的数据被更正。按当时的规则、当时的日期、现在知道的数据重新计算：差多少列在这里，由人核定。系统不自动追缴。",
    empty: "没有需要复核的。",
    caption: "复核",
    firm: "企业",
    policy: "政策",
    paid: "已兑付",
    due: "应兑付",
    difference: "差额",
    kinds: { "top-up": "建议补发", recovery: "建议追缴", "in-doubt": "数据还不全，差额未定" },
    state: "状态",
    status: { open: "待核定", upheld: "差额成立", dismissed: "不成立", superseded: "已被新的数据取代" },
    opened: "提出时间",
    age: "已等",
    days: (days: number) => `${days} 天`,
    asOf: "认定日期",
    changed: "哪些数据变了",
    fact: "数据项",
    was: "当时",
    now: "现在",
    source: "来源",
    cause: "由哪次交付引起",
    case: "案卷",
    closedBy: "核定人",
    reason: "理由",
    recovery: "引出的追缴",
    topUp: "引出的补发",
    upheld: "差额成立",
    dismissed: "不成立",
    back: "回到全部",
  },
  {
    title: "Paid awards under review",
    lead: "After payment, facts of that day were corrected. The award is computed again by its own rule, about its own day, with what is known now: the difference is listed here for a person to settle. Nothing is clawed back by itself.",
    empty: "Nothing is under review.",
    caption: "Reviews",
    firm: "Firm",
    policy: "Policy",
    paid: "Paid",
    due: "Was due",
    difference: "Difference",
    kinds: { "top-up": "top up", recovery: "ask back", "in-doubt": "not known yet: facts are missing" },
    state: "State",
    status: {
      open: "to be settled",
      upheld: "the difference stands",
      dismissed: "it does not",
      superseded: "superseded by newer facts",
    },
    opened: "Opened",
    age: "Age",
    days: (days) => `${days} days`,
    asOf: "Decided about",
    changed: "What has changed",
    fact: "Fact",
    was: "Then",
    now: "Now",
    source: "Source",
    cause: "Brought up by the delivery",
    case: "Case",
    closedBy: "Settled by",
    reason: "Reason",
    recovery: "Recovery that followed",
    topUp: "Top-up that followed",
    upheld: "The difference stands",
    dismissed: "It does not",
    back: "Back to all",
  },
);

/** GET /desk/reassessments, /desk/reassessments/:id. Form: POST /desk/reassessments/:id `verdict reason _csrf`. */
export function reassessmentsPage(props: ReassessmentsProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Reassessments {...props} /> });
}

function Reassessments({ reassessments, opened }: ReassessmentsProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {opened && <Opened of={opened} />}
      {!opened && reassessments.length === 0 && <Empty>{text.empty}</Empty>}
      {!opened && reassessments.length > 0 && <Table of={reassessments} />}
    </>
  );
}

function Table({ of }: Readonly<{ of: readonly ReassessmentBrief[] }>) {
  const text = useWords(words);
  return (
    <DataTable
      caption={text.caption}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        {
          head: text.firm,
          cell: ({ id, firmName }) => (
            <a href={`/desk/reassessments/${encodeURIComponent(id)}`}>
              <Said>{firmName}</Said>
            </a>
          ),
        },
        { head: text.policy, cell: ({ policyTitle }) => <Said>{policyTitle}</Said> },
        { head: text.paid, cell: ({ paidFen }) => <Yuan fen={paidFen} />, figure: true },
        { head: text.due, cell: ({ dueFen }) => dueFen !== undefined && <Yuan fen={dueFen} />, figure: true },
        { head: text.difference, cell: ({ consequence }) => <Difference of={consequence} />, figure: true },
        { head: text.age, cell: ({ ageDays }) => text.days(ageDays), figure: true },
        { head: text.opened, cell: ({ openedAt }) => <Instant of={openedAt} /> },
        { head: text.state, cell: ({ status }) => <State of={status} /> },
      ]}
    />
  );
}

function State({ of }: Readonly<{ of: ReassessmentBrief["status"] }>) {
  const text = useWords(words);
  return <span className={of === "open" ? "warn" : "quiet"}>{text.status[of]}</span>;
}

function Difference({ of }: Readonly<{ of: ReassessmentBrief["consequence"] }>) {
  const text = useWords(words);
  return (
    <>
      {text.kinds[of.kind]} {of.kind !== "in-doubt" && <Yuan fen={of.fen} />}
    </>
  );
}

function Opened({ of }: Readonly<{ of: OpenedReassessment }>) {
  const text = useWords(words);
  return (
    <>
      <section className="card" aria-labelledby="review">
        <h2 id="review">
          <Said>{of.firmName}</Said> <Code>{of.firmCode}</Code>
        </h2>
        <DetailsList
          of={[
            [text.policy, <Said key="policy">{of.policyTitle}</Said>],
            [text.state, <State key="state" of={of.status} />],
            [text.paid, <Yuan key="paid" fen={of.paidFen} />],
            of.dueFen !== undefined && [text.due, <Yuan key="due" fen={of.dueFen} />],
            [text.difference, <Difference key="difference" of={of.consequence} />],
            [text.asOf, <Day key="asOf" of={of.asOf} full />],
            [
              text.cause,
              <a key="cause" href={`/desk/deliveries?id=${encodeURIComponent(of.deliveryId)}`}>
                <Code>{of.deliveryId}</Code>
              </a>,
            ],
            [text.case, <Code key="case">{of.entitlementId}</Code>],
            of.closedBy !== undefined && [text.closedBy, <Said key="by">{of.closedBy}</Said>],
            of.reason !== undefined && [text.reason, <Said key="reason">{of.reason}</Said>],
            of.led?.recoveryId !== undefined && [
              text.recovery,
              <a key="recovery" href={`/desk/recoveries/${encodeURIComponent(of.led.recoveryId)}`}>
                <Code>{of.led.recoveryId}</Code>
              </a>,
            ],
            of.led?.topUpId !== undefined && [text.topUp, <Code key="topUp">{of.led.topUpId}</Code>],
          ]}
        />
        <DataTable
          caption={text.changed}
          rows={of.changed}
          keyOf={({ label }) => JSON.stringify(label)}
          columns={[
            { head: text.fact, cell: ({ label }) => <Said>{label}</Said> },
            { head: text.was, cell: ({ was }) => <Said>{was}</Said> },
            { head: text.now, cell: ({ now }) => <Said>{now}</Said> },
            { head: text.source, cell: ({ source }) => source !== undefined && <Source of={source} /> },
          ]}
        />
        {of.mayClose && <Close id={of.id} known={of.consequence.kind !== "in-doubt"} />}
      </section>
      <p>
        <a href="/desk/reassessments">{text.back}</a>
      </p>
    </>
  );
}

function Close({ id, known }: Readonly<{ id: string; known: boolean }>) {
  const text = useWords(words);
  const verdicts = known ? (["upheld", "dismissed"] as const) : (["dismissed"] as const);
  return verdicts.map((verdict) => (
    <PostForm key={verdict} action={`/desk/reassessments/${encodeURIComponent(id)}`} className="filter">
      <input type="hidden" name="verdict" value={verdict} />
      <Field id={`reason-${verdict}`} name="reason" label={text.reason} required />
      <button className={verdict === "upheld" ? "main" : "other"} type="submit">
        {text[verdict]}
      </button>
    </PostForm>
  ));
}
