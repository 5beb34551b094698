import type { FactDefinition } from "@apply-free/rules";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { DomainError } from "../kernel/errors.ts";

/** What a decision about a firm waits for, and what its policy looks at. */
export type WaitingDecision = Readonly<{ missing: readonly string[]; facts: ReadonlyMap<string, FactDefinition> }>;

/** Ids of the facts that departments deliver, each with its source. */
export function sharedFacts(sources: Iterable<DeliverySource>): ReadonlyMap<string, DeliverySource> {
  const shared = new Map<string, DeliverySource>();
  for (const source of sources) {
    const delivered = [
      source.fact?.id,
      ...source.columns.map(({ target }) => target.fact?.id ?? target.series?.id ?? target.answer?.id),
      ...source.absence.keys(),
    ];
    for (const id of delivered) if (id !== undefined && !shared.has(id)) shared.set(id, source);
  }
  return shared;
}

/**
 * What only the firm can say (一次告知): facts that its open decisions wait for, that are by their
 * nature its own declaration, and that no department delivers. Nothing else is ever asked for.
 */
export function askedFacts(
  decisions: readonly WaitingDecision[],
  shared: ReadonlyMap<string, DeliverySource>,
): FactDefinition[] {
  const asked = new Map<string, FactDefinition>();
  for (const { missing, facts } of decisions) {
    for (const id of missing) {
      const definition = facts.get(factIn(id));
      if (definition && isOwn(definition) && !shared.has(definition.id)) asked.set(definition.id, definition);
    }
  }
  return [...asked.values()];
}

/** `list[0].field` and `series.2025-07` are missing parts of their fact. */
const factIn = (id: string) => /^[a-z]\w*\.[A-Za-z]\w*/.exec(id)?.[0] ?? id;

const isOwn = ({ means, type }: FactDefinition) => means === "declaration" && type !== "list" && type !== "series";

/** @throws DomainError fact-is-shared naming the department that delivers it | fact-not-asked */
export function refuseWhatIsShared(
  factId: string,
  definition: FactDefinition | undefined,
  shared: ReadonlyMap<string, DeliverySource>,
): FactDefinition {
  const source = shared.get(factId);
  if (source) {
    const { zh, en } = source.department;
    throw new DomainError(
      "fact-is-shared",
      `“${definition?.label.zh ?? factId}”由${zh}提供，不需要您填写。The ${en} supplies this; nobody needs to fill it in.`,
      { factId, sourceId: source.id },
    );
  }
  if (definition && isOwn(definition)) return definition;
  throw new DomainError("fact-not-asked", `“${factId}”不由企业填写。A firm is not asked for "${factId}".`, { factId });
}
