import { fullDayText } from "../kit/calendar.ts";
import { useReader } from "../kit/reader.ts";
import { Said } from "../kit/text.tsx";

type OwedAnswerProps = Readonly<{
  isOpen: boolean;
  /** `YYYY-MM-DD`; last day for the answer. */
  answerBy: string;
  late: boolean;
  answer?: string | undefined;
  words: Readonly<{
    answerBy: (day: string) => string;
    lateOpen: string;
    lateClosed: string;
    answered: (answer: string) => string;
  }>;
}>;

/** Until when somebody is owed an answer, or the answer, and whether it came too late. */
export function OwedAnswer({ isOpen, answerBy, late, answer, words }: OwedAnswerProps) {
  const { lang } = useReader();
  return (
    <>
      {isOpen && <p className="hint">{late ? words.lateOpen : words.answerBy(fullDayText(answerBy, lang))}</p>}
      {!isOpen && late && <p className="hint">{words.lateClosed}</p>}
      {answer !== undefined && (
        <p>
          <Said>{words.answered(answer)}</Said>
        </p>
      )}
    </>
  );
}
