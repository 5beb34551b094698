import type { Bilingual } from "../kit/bilingual.ts";
import type { ConditionLine } from "../kit/condition.ts";
import { ConditionList } from "../kit/condition-list.tsx";
import { catalogue, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";

const reasonWords = catalogue(
  { why: "为什么我能领？", amount: "金额怎么算：", document: "依据文件：" },
  { why: "Why do I qualify?", amount: "How the amount comes about: ", document: "Document: " },
);

type ReasonsProps = Readonly<{
  conditions: readonly ConditionLine[];
  calculation?: Bilingual | undefined;
  document?: string | undefined;
  /** Of the benefit, so that several of these on one page have different names. */
  title: Bilingual;
}>;

/** Each condition with its evidence, how the amount came about, and the document; folded away until asked for. */
export function Reasons({ conditions, calculation, document, title }: ReasonsProps) {
  const words = useWords(reasonWords);
  return (
    <details>
      <summary>
        {words.why}
        <span className="unseen">
          {" "}
          <Said>{title}</Said>
        </span>
      </summary>
      <div className="stack">
        <ConditionList lines={conditions} />
        {calculation !== undefined && (
          <p>
            {words.amount}
            <Said>{calculation}</Said>
          </p>
        )}
        {document !== undefined && (
          <p className="quote">
            {words.document}
            <Said>{document}</Said>
          </p>
        )}
      </div>
    </details>
  );
}
