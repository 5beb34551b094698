import { useReader, useWords } from "../kit/reader.ts";
import type { EntitlementStatus } from "../kit/status.ts";
import { Day, Instant, Said } from "../kit/text.tsx";
import { Arrival } from "./arrival.tsx";
import type { BenefitCase } from "./benefit.ts";
import { benefitWords } from "./benefit-words.ts";

type StepName = "confirm" | "review" | "send" | "arrive" | "receive";
type Step = Readonly<{ name: StepName; at?: string | undefined; state: "past" | "now" | "ahead" | "stopped" }>;

/** The bank sent the money back or did not take the order: the firm has to correct its account. */
export function isHeldUp({ status, payment }: Pick<BenefitCase, "status" | "payment">): boolean {
  return status === "confirmed" && (payment?.status === "returned" || payment?.status === "rejected");
}

/** 确认 → 复核 → 拨付 → 到账: what is done, what is going on, what stopped. */
export function stepsOf(benefit: BenefitCase): readonly Step[] {
  const { confirmedAt, reviewedAt, sentAt, paidAt, receivedAt } = benefit;
  const dates: readonly (readonly [StepName, string | undefined])[] = [
    ["confirm", confirmedAt],
    ["review", reviewedAt],
    ["send", sentAt],
    ["arrive", paidAt],
    ["receive", receivedAt],
  ];
  const heldUp = isHeldUp(benefit);
  // A later date proves the earlier steps, even where one was not recorded.
  const lastPast = heldUp ? 2 : dates.findLastIndex(([, at]) => at !== undefined);
  return dates.map(([name, at], index) => {
    if (index <= lastPast) return { name, at, state: "past" };
    if (index > lastPast + 1) return { name, state: "ahead" };
    return { name, state: heldUp ? "stopped" : "now" };
  });
}

export function Progress({ benefit }: Readonly<{ benefit: BenefitCase }>) {
  const words = useWords(benefitWords);
  return (
    <>
      <Arrival arrival={benefit.arrival} />
      <ol className="steps">
        {stepsOf(benefit).map(({ name, at, state }) => (
          <li key={name} className={state} {...(state === "now" && { "aria-current": "step" })}>
            <strong>{words.step[name].title}</strong>
            <span className={`state ${stateTone[state]}`}>{words.state[state]}</span>{" "}
            <span className="hint">
              {at !== undefined ? (
                <When at={at} />
              ) : state === "stopped" ? (
                words[benefit.payment?.goesToNoAccount ? "afterNumber" : "afterCorrection"]
              ) : (
                words.step[name].next
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

const stateTone = { past: "good", now: "", ahead: "quiet", stopped: "bad" } as const;

function When({ at }: Readonly<{ at: string }>) {
  return at.length === 10 ? <Day of={at} full /> : <Instant of={at} />;
}

/** What the bank said, and that it changes nothing about what the firm is owed. */
export function HeldUp({ benefit: { payment } }: Readonly<{ benefit: Pick<BenefitCase, "payment"> }>) {
  const words = useWords(benefitWords);
  const reason = payment?.reason ?? payment?.reasonCode ?? words.noReason;
  if (payment?.goesToNoAccount) return <Said>{words.notCarried(reason)}</Said>;
  return <Said>{payment?.status === "rejected" ? words.rejected(reason) : words.returned(reason)}</Said>;
}

/** Why nothing goes to the account yet, if so. */
export function AccountDoubt({ benefit: { payment } }: Readonly<{ benefit: Pick<BenefitCase, "payment"> }>) {
  const { doubt } = useWords(benefitWords);
  return payment?.doubt === undefined ? null : <p className="hint">{doubt[payment.doubt]}</p>;
}

const tone: Readonly<Record<EntitlementStatus, string>> = {
  offered: "",
  confirmed: "",
  waitlisted: "warn",
  declined: "",
  lapsed: "",
  withdrawn: "",
  paid: "good",
  received: "good",
};

export function StatusTag({ benefit }: Readonly<{ benefit: Pick<BenefitCase, "status" | "payment"> }>) {
  const { tag } = benefitWords[useReader().lang];
  return isHeldUp(benefit) ? (
    <span className="tag bad">{benefit.payment?.goesToNoAccount ? tag.notCarried : tag.returned}</span>
  ) : (
    <span className={`tag ${tone[benefit.status]}`}>{tag[benefit.status]}</span>
  );
}
