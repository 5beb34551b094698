import type { FactState, Profile, Vocabulary } from "@apply-free/rules";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { type Clock, today } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { addWorkingDays } from "../kernel/working-day.ts";
import { type Dispute, type DisputedFact, withdrawDispute } from "./dispute.ts";
import type { DisputeStore } from "./dispute-store.ts";

export type OpenDisputeStores = Readonly<{
  disputes: DisputeStore;
  profiles: { load(codes: readonly string[], about: Day): Promise<ReadonlyMap<string, Profile>> };
  journal: Journal;
}>;

export type OpenDisputeDeps<Stores extends OpenDisputeStores = OpenDisputeStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  sources: ReadonlyMap<string, DeliverySource>;
}>;

export type DisputeForm = Readonly<{
  firmCode: string;
  by: string;
  factId: string;
  claim: string;
  grounds: string;
  evidence?: Readonly<{ name: string; bytes: Uint8Array }> | undefined;
}>;

/** Working days that a department has for its answer, where its source says no other number. */
export const ANSWER_WITHIN_WORKING_DAYS = 5;

/**
 * A firm challenges a fact about it; whose word it is against has to answer within its time. One
 * fact is disputed once at a time: raising it again while it is open answers with the open one.
 * @throws DomainError fact-not-disputable for a fact that the vocabulary lacks
 */
export async function openDispute<Stores extends OpenDisputeStores>(
  { transaction, clock, sources }: OpenDisputeDeps<Stores>,
  vocabulary: Vocabulary,
  { firmCode, by, factId, claim, grounds, evidence }: DisputeForm,
): Promise<Dispute> {
  const definition = vocabulary.facts.get(factId);
  if (!definition) {
    throw new DomainError("fact-not-disputable", `没有数据项“${factId}”。There is no fact "${factId}".`, { factId });
  }
  return transaction(async ({ disputes, profiles, journal }) => {
    const open = await disputes.openOf(firmCode, factId);
    if (open) return open;
    const day = today(clock);
    const state = (await profiles.load([firmCode], day)).get(firmCode)?.[factId];
    const sourceId = (state?.state === "known" ? state.source : undefined) ?? definition.source;
    const days = sources.get(sourceId)?.answerWithinWorkingDays ?? ANSWER_WITHIN_WORKING_DAYS;
    const nth = await disputes.countOf(firmCode, factId);
    const dispute: Dispute = {
      id: derivedId("dispute", firmCode, factId, nth),
      ...{ firmCode, factId, sourceId, claim, grounds },
      ...(evidence && { evidence }),
      disputed: disputedIn(state),
      openedBy: by,
      openedAt: clock.now(),
      answerBy: addWorkingDays(day, days),
      status: "open",
    };
    await disputes.insert(dispute);
    const { id: subject, openedAt: at, answerBy } = dispute;
    await journal.append({ type: "dispute-opened", subject, actor: by, at, payload: { factId, sourceId, answerBy } });
    return dispute;
  });
}

/** The firm takes it back. Another firm's dispute is as one that does not exist. @throws DomainError dispute-not-found | dispute-not-open */
export async function takeBackDispute<Stores extends OpenDisputeStores>(
  { transaction, clock }: Pick<OpenDisputeDeps<Stores>, "transaction" | "clock">,
  { id, firmCode, by }: Readonly<{ id: string; firmCode: string; by: string }>,
): Promise<void> {
  await transaction(async ({ disputes, journal }) => {
    const current = await disputes.get(id);
    if (current.firmCode !== firmCode) {
      throw new DomainError("dispute-not-found", "没有这项异议。No such dispute.", { id });
    }
    const at = clock.now();
    await disputes.save(withdrawDispute(current, by, at));
    const payload = { status: "withdrawn" as const, deliveryId: null };
    await journal.append({ type: "dispute-closed", subject: id, actor: by, at, payload });
  });
}

function disputedIn(state: FactState | undefined): DisputedFact {
  if (state?.state !== "known") return {};
  return { value: state.value, ...(state.asOf !== undefined && { asOf: state.asOf as Day }) };
}
