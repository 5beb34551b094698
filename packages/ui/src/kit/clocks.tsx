import type { ClockView } from "./payment-clock.ts";
import { catalogue, useWords } from "./reader.ts";
import { Day } from "./text.tsx";

const words = catalogue(
  {
    kind: { statutory: "法定时限", promised: "承诺时限" },
    provisional: "（该年节假日安排尚未公布，日期可能调整）",
    state: {
      running: (days: number) => (days === 0 ? "今天到期" : `还有 ${days} 个工作日`),
      overdue: (days: number) => `已逾期 ${days} 个工作日`,
      kept: () => "按时",
      missed: (days: number) => `晚了 ${days} 个工作日`,
    },
  },
  {
    kind: { statutory: "Limit of the law", promised: "Promised" },
    provisional: " (that year's holidays are not published; the day may move)",
    state: {
      running: (days) => (days === 0 ? "due today" : `${days} working days left`),
      overdue: (days) => `${days} working days overdue`,
      kept: () => "in time",
      missed: (days) => `${days} working days late`,
    },
  },
);

const tone = { running: "", overdue: "bad", kept: "good", missed: "bad" } as const;

/** 法定 and 承诺: by when the money has to be there, and how that stands today. */
export function Clocks({ of }: Readonly<{ of: readonly ClockView[] }>) {
  const text = useWords(words);
  return (
    <ul className="list">
      {of.map(({ kind, dueOn, isProvisional, state, days }) => (
        <li key={kind}>
          {text.kind[kind]} <Day of={dueOn} full />
          {isProvisional && text.provisional} <span className={`state ${tone[state]}`}>{text.state[state](days)}</span>
        </li>
      ))}
    </ul>
  );
}
