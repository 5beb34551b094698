import { lastDayBefore } from "../kit/calendar.ts";
import { useWords } from "../kit/reader.ts";
import { Day } from "../kit/text.tsx";
import { benefitWords } from "./benefit-words.ts";

type DeadlineProps = Readonly<{ confirmBefore: string }>;

/** The last day to answer, and what happens afterwards. */
export function Deadline({ confirmBefore }: DeadlineProps) {
  const { deadlineThen } = useWords(benefitWords);
  return (
    <>
      <LastDay confirmBefore={confirmBefore} />
      {deadlineThen}
    </>
  );
}

/** Only the last day, where the page says once what happens afterwards. */
export function LastDay({ confirmBefore }: DeadlineProps) {
  const { deadlineBefore, deadlineAfter } = useWords(benefitWords);
  return (
    <>
      {deadlineBefore}
      <Day of={lastDayBefore(confirmBefore)} />
      {deadlineAfter}
    </>
  );
}
