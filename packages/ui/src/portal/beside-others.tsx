import { inLanguage } from "../kit/bilingual.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";
import type { OfferBeside } from "./benefit.ts";

const besideWords = catalogue(
  {
    instead: "可改选：与建议方案只能择一，勾选前请取消被替换的一项。",
    reasons: "与其他补贴一并计算：",
    choices: "各种选择：",
  },
  {
    instead: "You may take this instead: untick the one it replaces.",
    reasons: "Reckoned with other benefits:",
    choices: "What each choice comes to:",
  },
);

/** What other benefits make of this one, each sentence with its clause; shown, not folded away: it is the firm's choice. */
export function BesideOthers({ isProposed, reasons, choices }: OfferBeside) {
  const words = useWords(besideWords);
  return (
    <div className="beside">
      {!isProposed && <p className="hint">{words.instead}</p>}
      <Sentences heading={words.reasons} sentences={reasons} />
      <Sentences heading={words.choices} sentences={choices} />
    </div>
  );
}

function Sentences({ heading, sentences }: Readonly<{ heading: string; sentences: OfferBeside["reasons"] }>) {
  if (sentences.length === 0) return null;
  return (
    <>
      <p className="hint">{heading}</p>
      <ul className="hint">
        {sentences.map((sentence) => (
          <li key={inLanguage(sentence, "zh")}>
            <Said>{sentence}</Said>
          </li>
        ))}
      </ul>
    </>
  );
}
