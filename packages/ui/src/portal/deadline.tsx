import { lastDayBefore } from "../kit/calendar.ts";
import { useWords } from "../kit/reader.ts";
import { Day } from "../kit/text.tsx";
import { benefitWords } from "./benefit-words.ts";

/** The last day to answer, and what happens afterwards. */
export function Deadline({ confirmBefore }: Readonly<{ confirmBefore: string }>) {
  const { deadlineBefore, deadlineAfter } = useWords(benefitWords);
  return (
    <>
      {deadlineBefore}
      <Day of={lastDayBefore(confirmBefore)} />
      {deadlineAfter}
    </>
  );
}
