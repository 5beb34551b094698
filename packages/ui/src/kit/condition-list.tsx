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
    value: "数据：",
    dataFrom: "数据来自",
    from: "来自",
    separator: "，",
    basis: (clause: string) => `依据${clause}`,
  },
  {
    true: "Met",
    false: "Not met",
    unknown: "No data",
    value: "Data: ",
    dataFrom: "Data from ",
    from: "from ",
    separator: ", ",
    basis: (clause) => `Basis: ${clause}`,
  },
);

/** Conditions as they turned out. The word says it; the colour only helps. */
export function ConditionList({ lines }: Readonly<{ lines: readonly ConditionLine[] }>) {
  return (
    <ul className="conditions">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <li key={index}>
          <Verdict of={line.result} /> <Said>{line.sentence}</Said>
          <Evidence line={line} />
          {line.children && line.children.length > 0 && <ConditionList lines={line.children} />}
        </li>
      ))}
    </ul>
  );
}

export function Verdict({ of }: Readonly<{ of: ConditionLine["result"] }>) {
  return <strong className={`verdict ${of}`}>{useWords(words)[of]}</strong>;
}

function Evidence({ line: { sentence, value, source, asOf, clause } }: Readonly<{ line: ConditionLine }>) {
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
    source !== undefined && (
      <>
        {alreadySaid ? text.dataFrom : text.from}
        <Source of={source} />
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
