import { DomainError } from "../kernel/errors.ts";

/**
 * No money leaves, because the books did not agree with themselves, with the payments or with the
 * bank. Firms go on being told and asked, and what is at the bank goes on to its end.
 */
export type PaymentStop = Readonly<{ id: string; causes: readonly StopCause[]; stoppedAt: Date }>;

/** Which sentence was not true of what, and what was found there. */
export type StopCause = Readonly<{ sentence: string; subject: string; detail: string }>;

export type Lifting = Readonly<{ liftedBy: string; liftedAt: Date; reason: string }>;

/** The stop as one transaction sees it; there is at most one open. */
export type PaymentStops = {
  open(): Promise<PaymentStop | undefined>;
  /** `already` = payment is stopped for an earlier cause, which stays. */
  insert(stop: PaymentStop): Promise<"stopped" | "already">;
  lift(id: string, lifting: Lifting): Promise<void>;
};

/**
 * Every step towards the bank asks this first; SQL refuses the step as well.
 *
 * @throws DomainError payments-stopped
 */
export async function refuseWhileStopped(stops: Pick<PaymentStops, "open">): Promise<void> {
  const stop = await stops.open();
  if (!stop) return;
  throw new DomainError(
    "payments-stopped",
    "账实不符，已停付。请查明后由财政复核岗恢复。The books differ, so payment is stopped; find the cause, then a checker resumes it.",
    { id: stop.id, cause: stop.causes[0]?.sentence ?? "" },
  );
}
