import { renderDocument } from "../kit/document.tsx";
import { regionName } from "../kit/names.ts";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { type BenefitKind, PaidSoFar, type PolicyBrief, Validity } from "./policy-page.tsx";
import { policyWords } from "./policy-words.ts";

export type PoliciesProps = Readonly<{
  context: PageContext;
  /** In force, and fitting the filter. */
  policies: readonly PolicyBrief[];
  filter: Readonly<{ region?: string | undefined; kind?: BenefitKind | undefined }>;
  /** GB/T 2260 codes of the places that policies in force are bound to. */
  regions: readonly string[];
  kinds: readonly BenefitKind[];
  jsonHref: string;
}>;

/** GET /policies?region=&kind= */
export function policiesPage(props: PoliciesProps): string {
  const { title } = policyWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Policies {...props} /> });
}

function Policies({ policies, filter, regions, kinds, jsonHref }: PoliciesProps) {
  const words = useWords(policyWords);
  const isFiltered = filter.region !== undefined || filter.kind !== undefined;
  return (
    <>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Filter filter={filter} regions={regions} kinds={kinds} />
      <p className="line">
        <strong role="status">{words.count(policies.length)}</strong>
        <a href={jsonHref}>JSON</a>
        <a href="/results">{words.toAllResults}</a>
      </p>
      {policies.length === 0 && <Empty>{isFiltered ? words.noneFits : words.empty}</Empty>}
      {policies.map((policy) => (
        <PolicyCard key={policy.id} policy={policy} />
      ))}
    </>
  );
}

function PolicyCard({ policy }: Readonly<{ policy: PolicyBrief }>) {
  const words = useWords(policyWords);
  const { lang } = useReader();
  const { id, title, summary, kind, regionCode, issuer, version } = policy;
  return (
    <section className="card" aria-labelledby={`policy-${id}`}>
      <h2 id={`policy-${id}`}>
        <a href={`/policies/${encodeURIComponent(id)}`}>
          <Said>{title}</Said>
        </a>
      </h2>
      <p>
        <span className="tag">{words.kind[kind]}</span>{" "}
        <span className="tag">{regionCode === undefined ? words.anywhere : regionName(regionCode, lang)}</span>
      </p>
      {summary !== undefined && (
        <p>
          <Said>{summary}</Said>
        </p>
      )}
      <p className="hint">
        {issuer !== undefined && (
          <>
            <Said>{issuer}</Said> ·{" "}
          </>
        )}
        {words.versionNo(version)} · <Validity {...policy} />
      </p>
      <p className="hint">
        <PaidSoFar {...policy} />
      </p>
    </section>
  );
}

function Filter({ filter, regions, kinds }: Pick<PoliciesProps, "filter" | "regions" | "kinds">) {
  const words = useWords(policyWords);
  const { lang } = useReader();
  return (
    <form method="get" action="/policies" className="card filter" aria-label={words.find}>
      <div className="field">
        <label htmlFor="region">{words.region}</label>
        <select id="region" name="region" defaultValue={filter.region ?? ""}>
          <option value="">{words.allRegions}</option>
          {regions.map((code) => (
            <option key={code} value={code}>
              {regionName(code, lang)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="kind">{words.kindOf}</label>
        <select id="kind" name="kind" defaultValue={filter.kind ?? ""}>
          <option value="">{words.allKinds}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {words.kind[kind]}
            </option>
          ))}
        </select>
      </div>
      <button className="other" type="submit">
        {words.find}
      </button>
    </form>
  );
}
