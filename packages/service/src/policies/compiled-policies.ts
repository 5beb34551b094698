import {
  type FactDefinition,
  factsNeededBy,
  modeOf,
  type Policy,
  parsePolicy,
  parseVocabulary,
  type Vocabulary,
} from "@apply-free/rules";
import type { PolicyVersion, PolicyVersionStore } from "./policy-version.ts";

export type CompiledPolicy = Readonly<{
  version: PolicyVersion;
  policy: Policy;
  vocabulary: Vocabulary;
  /** Facts that deciding looks at. */
  needs: readonly string[];
  /** Its money is offered and paid without anyone's act but the firm's yes; else its decisions are only shown. */
  isOffered: boolean;
}>;

/** Only what is apply-free, and what the treasury pays in cash to the beneficiary, or by a channel that its policy names. */
function isOffered(policy: Policy): boolean {
  const { benefit, channel, payout } = policy;
  const isCarried = channel.kind === "bank-transfer" ? benefit.kind === "cash" && !payout.payee : true;
  return isCarried && !payout.payer && modeOf(policy).mode === "apply-free";
}

/** Compiles stored versions; they never change, so once per process is enough. */
export class CompiledPolicies {
  readonly #byVersion = new Map<string, CompiledPolicy>();
  readonly #facts = new Map<string, FactDefinition>();

  /** Every fact that the policies compiled so far may look at. */
  get facts(): ReadonlyMap<string, FactDefinition> {
    return this.#facts;
  }

  get(version: PolicyVersion): CompiledPolicy {
    const known = this.#byVersion.get(version.id);
    if (known) return known;
    const vocabulary = parseVocabulary(version.document.vocabulary);
    const policy = parsePolicy(version.document.policy, vocabulary, version.source);
    const compiled = { version, policy, vocabulary, needs: factsNeededBy(policy), isOffered: isOffered(policy) };
    this.#byVersion.set(version.id, compiled);
    for (const [id, definition] of vocabulary.facts) this.#facts.set(id, definition);
    return compiled;
  }

  /** @throws DomainError policy-not-found */
  async load(versions: Pick<PolicyVersionStore, "get">, id: string): Promise<CompiledPolicy> {
    return this.#byVersion.get(id) ?? this.get(await versions.get(id));
  }
}
