import { catalogue, useWords } from "../kit/reader.ts";
import { Code, Instant, Said } from "../kit/text.tsx";
import type { PaymentStopView } from "./ageing-page.tsx";

const words = catalogue(
  {
    title: "停付中：账实不符",
    lead: "编制、复核、发送都已停止，通知照常。停付时间：",
    out: "查明原因，账已一致后由复核岗恢复",
  },
  {
    title: "Payment is stopped: the books differ",
    lead: "Nothing is drafted, approved or sent; notices go on. Stopped at:",
    out: "Find the cause; when the books agree, a checker resumes payment",
  },
);

/** Nothing leaves: on every page on which somebody would wonder why, with the difference and the way out. */
export function StopBanner({ stop }: Readonly<{ stop: PaymentStopView | undefined }>) {
  const text = useWords(words);
  if (stop === undefined) return null;
  return (
    <section className="problem" aria-labelledby="stopped">
      <h2 id="stopped">{text.title}</h2>
      <p>
        {text.lead} <Instant of={stop.stoppedAt} />
      </p>
      <ul>
        {stop.causes.map(({ sentence, subject, detail }) => (
          <li key={`${sentence} ${subject}`}>
            <Code>{sentence}</Code> <Code>{subject}</Code> <Said>{detail}</Said>
          </li>
        ))}
      </ul>
      <p>
        <a href="/desk/ageing">{text.out}</a>
      </p>
    </section>
  );
}
