import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import type { Fund } from "../kit/fund.ts";
import { FundBar } from "../kit/fund-bar.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Code, Day, Instant, Said, Yuan } from "../kit/text.tsx";

export type DeskPoliciesProps = Readonly<{ context: PageContext; policies: readonly DeskPolicy[] }>;

export type DeskPolicy = Readonly<{
  id: string;
  title: Bilingual;
  /** Newest first; the first is in force. */
  versions: readonly PolicyVersionView[];
  /** Whom the newest version reaches, in firms. */
  reach: Readonly<{ eligible: number; ineligible: number; undetermined: number }>;
  /** Everything offered and not refused, paid or not. */
  promisedFen: string;
  fund?: Fund | undefined;
}>;

export type PolicyVersionView = Readonly<{
  version: number;
  sha256: string;
  publishedBy: string;
  approvedBy: string;
  publishedAt: string;
  validFrom: string;
  validTo?: string | undefined;
}>;

const words = catalogue(
  {
    title: "政策版本",
    lead: "版本发布后不再改动；更正要发新版本，旧决定仍按旧版本。",
    empty: "还没有政策。从一份政策文件开始。",
    reach: "覆盖企业",
    reached: (eligible: number, ineligible: number, undetermined: number) =>
      `符合 ${eligible} 家，不符合 ${ineligible} 家，差数据 ${undetermined} 家`,
    reachPage: "逐条看覆盖面，试算新版本",
    promised: "已承诺金额",
    over: "超出预算",
    overNext: "后确认的企业会排队等资金。请追加预算，或报批调整。",
    versions: "版本记录",
    version: "版本",
    current: "现行",
    published: "发布时间",
    by: "起草和批准",
    valid: "有效期",
    to: " 至 ",
    openEnd: "长期",
    digest: "摘要",
  },
  {
    title: "Policy versions",
    lead: "A published version never changes; corrections are new versions, and old decisions keep theirs.",
    empty: "There is no policy yet. Start with a policy document.",
    reach: "Firms reached",
    reached: (eligible, ineligible, undetermined) =>
      `${eligible} eligible, ${ineligible} not, ${undetermined} with data missing`,
    reachPage: "Requirement by requirement, and try a new version",
    promised: "Promised",
    over: "Over budget by ",
    overNext: "Firms that confirm later wait for money. Add to the fund, or have the change approved.",
    versions: "Versions",
    version: "Version",
    current: "in force",
    published: "Published",
    by: "Author and approver",
    valid: "Valid",
    to: " to ",
    openEnd: "open end",
    digest: "Digest",
  },
);

/** GET /desk/policies */
export function deskPoliciesPage(props: DeskPoliciesProps): string {
  const { title } = words[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <DeskPolicies {...props} /> });
}

function DeskPolicies({ policies, context: { user } }: DeskPoliciesProps) {
  const text = useWords(words);
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      {policies.length === 0 && <Empty>{text.empty}</Empty>}
      {policies.map((policy) => (
        <Policy key={policy.id} policy={policy} mayCount={user?.role === "author" || user?.role === "auditor"} />
      ))}
    </>
  );
}

type PolicyProps = Readonly<{ policy: DeskPolicy; mayCount: boolean }>;

function Policy({ policy: { id, title, versions, reach, promisedFen, fund }, mayCount }: PolicyProps) {
  const text = useWords(words);
  const overFen = fund === undefined ? 0n : BigInt(promisedFen) - BigInt(fund.appropriatedFen);
  return (
    <section className="card" aria-labelledby={`policy-${id}`}>
      <h2 id={`policy-${id}`}>
        <a href={`/policies/${encodeURIComponent(id)}`}>
          <Said>{title}</Said>
        </a>
      </h2>
      <DetailsList
        of={[
          [text.reach, text.reached(reach.eligible, reach.ineligible, reach.undetermined)],
          [text.promised, <Yuan key="promised" fen={promisedFen} />],
        ]}
      />
      {mayCount && (
        <p>
          <a href={`/desk/policies/${encodeURIComponent(id)}/reach`}>{text.reachPage}</a>
        </p>
      )}
      {fund && <FundBar fund={fund} />}
      {overFen > 0n && (
        <p className="bad">
          <strong>
            {text.over} <Yuan fen={String(overFen)} />
          </strong>{" "}
          {text.overNext}
        </p>
      )}
      <DataTable
        caption={text.versions}
        rows={versions}
        keyOf={({ version }) => String(version)}
        columns={[
          {
            head: text.version,
            cell: ({ version }) => (
              <span>
                {version} {version === versions[0]?.version && <span className="tag good">{text.current}</span>}
              </span>
            ),
          },
          { head: text.published, cell: ({ publishedAt }) => <Instant of={publishedAt} /> },
          {
            head: text.by,
            cell: ({ publishedBy, approvedBy }) => <Said>{`${publishedBy} · ${approvedBy}`}</Said>,
          },
          {
            head: text.valid,
            cell: ({ validFrom, validTo }) => (
              <span>
                <Day of={validFrom} full />
                {text.to}
                {validTo === undefined ? text.openEnd : <Day of={validTo} full />}
              </span>
            ),
          },
          { head: text.digest, cell: ({ sha256 }) => <Code>{sha256.slice(0, 16)}</Code> },
        ]}
      />
    </section>
  );
}
