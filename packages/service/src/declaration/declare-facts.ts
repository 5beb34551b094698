import type { Json, Vocabulary } from "@apply-free/rules";
import type { Delivery, DeliveryStore } from "../facts/delivery.ts";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { FIRM_SOURCE } from "../facts/profile.ts";
import { typedValue } from "../facts/typed-value.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { refuseWhatIsShared, sharedFacts } from "./asked-facts.ts";

export type DeclareStores = Readonly<{ deliveries: DeliveryStore; journal: Journal }>;
export type DeclareDeps<Stores extends DeclareStores = DeclareStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  sources: ReadonlyMap<string, DeliverySource>;
}>;

/** `answers`: fact id → what the firm typed. */
export type Declaration = Readonly<{ firmCode: string; by: string; answers: ReadonlyMap<string, string> }>;

/**
 * A firm says what only it can say. The declaration is a delivery of its own, kept like any other:
 * whole or not at all. What a department delivers is refused by name, whoever sends it.
 * @throws DomainError fact-is-shared | fact-not-asked | bad-input
 */
export async function declareFacts<Stores extends DeclareStores>(
  { transaction, clock, sources }: DeclareDeps<Stores>,
  vocabulary: Vocabulary,
  { firmCode, by, answers }: Declaration,
): Promise<string> {
  if (answers.size === 0) throw new DomainError("bad-input", "请至少填写一项。Answer at least one question.");
  const shared = sharedFacts(sources.values());
  const asOf = today(clock);
  const facts = [...answers].map(([factId, typed]): { firmCode: string; factId: string; value: Json } => {
    const definition = refuseWhatIsShared(factId, vocabulary.facts.get(factId), shared);
    return { firmCode, factId, value: typedValue(definition, typed, asOf, vocabulary) };
  });
  return transaction(async ({ deliveries, journal }) => {
    const last = await deliveries.begin(FIRM_SOURCE);
    const now = clock.now();
    const obtainedAt = last && last >= now ? new Date(last.getTime() + 1) : now;
    const sha256 = digestOf({ firmCode, facts, at: obtainedAt.toISOString() });
    const delivery: Delivery = {
      ...{ id: derivedId("delivery", FIRM_SOURCE, sha256, asOf), sourceId: FIRM_SOURCE, fileName: "declaration" },
      ...{ sha256, asOf, obtainedAt, importedBy: by, isComplete: false, rowsGood: 1, rowsBad: 0 },
    };
    await deliveries.insert(delivery, [], facts);
    const { id: subject, sourceId } = delivery;
    const said = { subject, actor: by, at: obtainedAt };
    await journal.append({
      ...said,
      type: "delivery-imported",
      payload: { sourceId, sha256, rowsGood: 1, rowsBad: 0 },
    });
    await journal.append({ ...said, type: "facts-declared", payload: { sha256, facts: facts.length } });
    return subject;
  });
}
