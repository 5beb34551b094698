import { type Bilingual, inLanguage } from "../kit/bilingual.ts";
import type { ConditionLine } from "../kit/condition.ts";
import { ConditionList } from "../kit/condition-list.tsx";
import { sourceName } from "../kit/names.ts";
import { useReader, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import { homeWords } from "./home-words.ts";

/** A policy that the firm does not get (yet), and what it hangs on. */
export type NotGranted = Readonly<{
  policyId: string;
  title: Bilingual;
  outcome: "ineligible" | "undetermined";
  /** The conditions that are false or unknown. */
  open: readonly ConditionLine[];
  /** Facts that could still change the answer. */
  missing: readonly MissingFact[];
}>;

export type MissingFact = Readonly<{
  label: Bilingual;
  source?: Bilingual | undefined;
  reason?: UnknownReason | undefined;
}>;

export type UnknownReason = "not-obtained" | "not-connected" | "stale" | "conflict" | "answers-only";

/** 没有通过或差数据: each policy with what it hangs on, and that the firm need not come back for it. */
export function NotGrantedSection({ policies }: Readonly<{ policies: readonly NotGranted[] }>) {
  const words = useWords(homeWords);
  return (
    <section className="card" aria-labelledby="not-granted">
      <h2 id="not-granted">{words.notGranted}</h2>
      <p className="hint">{words.notGrantedLead}</p>
      <ul className="rows">
        {policies.map((policy) => (
          <li key={policy.policyId}>
            <NotGrantedPolicy policy={policy} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NotGrantedPolicy({ policy: { policyId, title, outcome, open, missing } }: Readonly<{ policy: NotGranted }>) {
  const words = useWords(homeWords);
  return (
    <>
      <p className="line">
        <a href={`/policies/${encodeURIComponent(policyId)}`}>
          <Said>{title}</Said>
        </a>
        <span className={outcome === "undetermined" ? "tag warn" : "tag bad"}>{words[outcome]}</span>
      </p>
      {missing.length > 0 && (
        <p>
          {words.missing}
          <MissingFacts facts={missing} /> <span className="hint">{words.missingNext}</span>
        </p>
      )}
      {open.length > 0 && (
        <details>
          <summary>
            {words.moreConditions}
            <span className="unseen">
              {" "}
              <Said>{title}</Said>
            </span>
          </summary>
          <ConditionList lines={withoutMet(open)} />
        </details>
      )}
    </>
  );
}

/** Leaves out what is met, and what an exclusion names that is not the case. */
function withoutMet(lines: readonly ConditionLine[]): readonly ConditionLine[] {
  return lines
    .filter(({ result, excluded }) => result !== (excluded ? "false" : "true"))
    .map((line) => (line.children ? { ...line, children: withoutMet(line.children) } : line));
}

function MissingFacts({ facts }: Readonly<{ facts: readonly MissingFact[] }>) {
  const words = useWords(homeWords);
  const { lang } = useReader();
  const nameOf = ({ source }: MissingFact) => (source === undefined ? "" : inLanguage(sourceName(source), lang));
  const sentence = [...Map.groupBy(facts, nameOf)]
    .map(([source, group]) => {
      const labels = group.map(({ label }) => inLanguage(label, lang)).join(words.listSeparator);
      return source === "" ? labels : labels + words.missingFrom(source);
    })
    .join(words.groupSeparator);
  return <Said>{lang === "zh" ? `${sentence}。` : `${sentence}.`}</Said>;
}
