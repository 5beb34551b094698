import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Code, Day, Said } from "../kit/text.tsx";

export type DataDemandProps = Readonly<{
  context: PageContext;
  policies: readonly DemandingPolicy[];
  facts: readonly DemandedFact[];
}>;

export type DemandLight = "green" | "amber" | "red";

export type DemandingPolicy = Readonly<{
  id: string;
  title: Bilingual;
  light: DemandLight;
  because: readonly string[];
}>;

export type DemandedFact = Readonly<{
  id: string;
  label: Bilingual;
  department: Bilingual;
  policies: readonly Bilingual[];
  fresh: number;
  stale: number;
  absent: number;
  newest?: string | undefined;
  staleAfter?: string | undefined;
  light: DemandLight;
}>;

const words = catalogue(
  {
    title: "数据供需清单",
    lead: "在用的政策要看哪些数据、由谁提供、够不够新。数据过期，依赖它的政策会变成“差数据”。",
    empty: "没有在用的政策，不需要数据。",
    policies: "政策受数据影响的情况",
    policy: "政策",
    state: "状态",
    because: "受哪些数据影响",
    none: "无",
    green: "正常",
    amber: "将过期或缺得多",
    red: "没有可用数据",
    facts: "需要的数据",
    fact: "数据项",
    department: "提供部门",
    firms: "企业",
    coverage: (fresh: number, stale: number, absent: number) => `可用 ${fresh}，过期 ${stale}，没有 ${absent}`,
    newest: "最新日期",
    staleAfter: "过期日",
    usedBy: "用于",
  },
  {
    title: "Data demand",
    lead: "What the policies in force look at, who supplies it, and whether it is fresh. When data go stale, policies that rest on them leave firms undetermined.",
    empty: "No policy is in force, so no data are needed.",
    policies: "Policies and the state of their data",
    policy: "Policy",
    state: "State",
    because: "Because of",
    none: "none",
    green: "in order",
    amber: "runs out soon, or much is missing",
    red: "nothing usable",
    facts: "Facts needed",
    fact: "Fact",
    department: "Supplied by",
    firms: "Firms",
    coverage: (fresh, stale, absent) => `${fresh} fresh, ${stale} too old, ${absent} missing`,
    newest: "Newest",
    staleAfter: "Too old after",
    usedBy: "Used by",
  },
);

/** GET /desk/data-demand */
export function dataDemandPage(props: DataDemandProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <DataDemand {...props} /> });
}

function DataDemand({ policies, facts }: DataDemandProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {facts.length === 0 && <Empty>{text.empty}</Empty>}
      {policies.length > 0 && (
        <DataTable
          caption={text.policies}
          rows={policies}
          keyOf={({ id }) => id}
          columns={[
            { head: text.policy, cell: ({ title }) => <Said>{title}</Said> },
            { head: text.state, cell: ({ light }) => <Light of={light} /> },
            { head: text.because, cell: ({ because }) => (because.length === 0 ? text.none : <Ids of={because} />) },
          ]}
        />
      )}
      {facts.length > 0 && <FactTable facts={facts} />}
    </>
  );
}

function FactTable({ facts }: Pick<DataDemandProps, "facts">) {
  const text = useWords(words);
  return (
    <DataTable
      caption={text.facts}
      rows={facts}
      keyOf={({ id }) => id}
      columns={[
        {
          head: text.fact,
          cell: ({ id, label }) => (
            <>
              <Said>{label}</Said> <Code>{id}</Code>
            </>
          ),
        },
        { head: text.department, cell: ({ department }) => <Said>{department}</Said> },
        { head: text.state, cell: ({ light }) => <Light of={light} /> },
        { head: text.firms, cell: ({ fresh, stale, absent }) => text.coverage(fresh, stale, absent) },
        { head: text.newest, cell: ({ newest }) => (newest === undefined ? text.none : <Day of={newest} full />) },
        {
          head: text.staleAfter,
          cell: ({ staleAfter }) => (staleAfter === undefined ? text.none : <Day of={staleAfter} full />),
        },
        { head: text.usedBy, cell: ({ policies }) => <Titles of={policies} /> },
      ]}
    />
  );
}

function Light({ of }: Readonly<{ of: DemandLight }>) {
  const text = useWords(words);
  return <span className={of === "green" ? "good" : "warn"}>{text[of]}</span>;
}

function Ids({ of }: Readonly<{ of: readonly string[] }>) {
  return (
    <ul className="payload">
      {of.map((id) => (
        <li key={id}>
          <Code>{id}</Code>
        </li>
      ))}
    </ul>
  );
}

function Titles({ of }: Readonly<{ of: readonly Bilingual[] }>) {
  return (
    <ul className="payload">
      {of.map((title) => (
        <li key={JSON.stringify(title)}>
          <Said>{title}</Said>
        </li>
      ))}
    </ul>
  );
}
