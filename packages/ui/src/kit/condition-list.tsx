import { inLanguage } from "./bilingual.ts";
import type { ConditionLine } from "./condition.ts";
import { catalogue, useReader, useWords } from "./reader.ts";
import { Source } from "./source.tsx";
import { Day, Said } from "./text.tsx";

const words = catalogue(
  {
    true: "符合",
    false: "不符合",
    unknown: "数据缺",
    absent: "无此情形",
    present: "有此情形",
    unneeded: "不必满足",
    value: "数据：",
    dataFrom: "数据来自",
    from: "来自",
    separator: "，",
    and: "、",
    basis: (clause: string) => `依据：${clause}`,
  },
  {
    true: "Met",
    false: "Not met",
    unknown: "No data",
    absent: "Not the case",
    present: "Is the case",
    unneeded: "Not needed",
    value: "Data: ",
    dataFrom: "Data from ",
    from: "from ",
    separator: ", ",
    and: " and ",
    basis: (clause) => `Basis: ${clause}`,
  },
);

type Result = ConditionLine["result"];
type Word = Result | "absent" | "present" | "unneeded";

/**
 * The word for a condition within its group. What an exclusion names is there or is not; a group that
 * holds although a part does not needed only one of them. Calling such parts 不符合 would frighten a
 * firm that qualifies.
 */
export function verdictOf({ result, excluded }: Pick<ConditionLine, "result" | "excluded">, group?: Result): Word {
  if (result === "unknown") return result;
  if (excluded) return result === "true" ? "present" : "absent";
  return result === "false" && group === "true" ? "unneeded" : result;
}

const tone: Readonly<Record<Word, Result | "quiet">> = {
  true: "true",
  false: "false",
  unknown: "unknown",
  absent: "true",
  present: "false",
  unneeded: "quiet",
};

type ConditionListProps = Readonly<{ lines: readonly ConditionLine[]; group?: Result }>;

/** Conditions as they turned out. The word says it; the colour only helps. */
export function ConditionList({ lines, group }: ConditionListProps) {
  return (
    <ul className="conditions">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <li key={index}>
          <Verdict of={verdictOf(line, group)} /> <Said>{line.sentence}</Said>
          <Evidence line={line} />
          {line.children && line.children.length > 0 && <ConditionList lines={line.children} group={line.result} />}
        </li>
      ))}
    </ul>
  );
}

function Verdict({ of }: Readonly<{ of: Word }>) {
  return <strong className={`verdict ${tone[of]}`}>{useWords(words)[of]}</strong>;
}

function Evidence({ line }: Readonly<{ line: ConditionLine }>) {
  const { sentence, value, asOf, clause } = line;
  const sources = line.sources ?? (line.source === undefined ? [] : [line.source]);
  const { lang } = useReader();
  const text = useWords(words);
  const alreadySaid = value === undefined || inLanguage(sentence, lang).includes(inLanguage(value, lang));
  const parts = [
    !alreadySaid && value !== undefined && (
      <>
        {text.value}
        <Said>{value}</Said>
      </>
    ),
    sources.length > 0 && (
      <>
        {alreadySaid ? text.dataFrom : text.from}
        {sources.map((source, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          <span key={nth}>
            {nth > 0 && text.and}
            <Source of={source} />
          </span>
        ))}
      </>
    ),
    asOf !== undefined && <Day of={asOf} />,
    clause !== undefined && <Said>{text.basis(clause)}</Said>,
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return (
    <p className="evidence">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <span key={index}>
          {index > 0 && text.separator}
          {part}
        </span>
      ))}
    </p>
  );
}
