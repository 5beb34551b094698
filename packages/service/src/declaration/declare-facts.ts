import type { Vocabulary } from "@apply-free/rules";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { arrivalOf, type KeepStores, keepStatement } from "../facts/keep-delivery.ts";
import { FIRM_SOURCE } from "../facts/profile.ts";
import type { DeliveredFact } from "../facts/settle-firm.ts";
import { typedValue } from "../facts/typed-value.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { refuseWhatIsShared, sharedFacts } from "./asked-facts.ts";

export type DeclareDeps<Stores extends KeepStores = KeepStores> = Readonly<{
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
export async function declareFacts<Stores extends KeepStores>(
  { transaction, clock, sources }: DeclareDeps<Stores>,
  vocabulary: Vocabulary,
  { firmCode, by, answers }: Declaration,
): Promise<string> {
  if (answers.size === 0) throw new DomainError("bad-input", "请至少填写一项。Answer at least one question.");
  const shared = sharedFacts(sources.values());
  const asOf = today(clock);
  const facts = [...answers].map(([factId, typed]): DeliveredFact => {
    const definition = refuseWhatIsShared(factId, vocabulary.facts.get(factId), shared);
    return { firmCode, factId, value: typedValue(definition, typed, asOf, vocabulary) };
  });
  return transaction(async ({ deliveries, journal }) => {
    const obtainedAt = await arrivalOf(deliveries, FIRM_SOURCE, clock.now());
    const sha256 = digestOf({ firmCode, facts, at: obtainedAt.toISOString() });
    const origin = { sourceId: FIRM_SOURCE, fileName: "declaration", sha256, asOf, obtainedAt, importedBy: by };
    const subject = await keepStatement({ deliveries, journal }, origin, facts);
    const payload = { sha256, facts: facts.length };
    await journal.append({ type: "facts-declared", subject, actor: by, at: obtainedAt, payload });
    return subject;
  });
}
