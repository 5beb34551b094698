import { type Policy, parsePolicy, parseVocabulary, type Vocabulary } from "@apply-free/rules";
import type { PolicyVersion } from "./policy-version.ts";

export type CompiledPolicy = Readonly<{ version: PolicyVersion; policy: Policy; vocabulary: Vocabulary }>;

/** Compiles a stored version; versions never change, so once per process is enough. */
export class CompiledPolicies {
  readonly #byVersion = new Map<string, CompiledPolicy>();

  get(version: PolicyVersion): CompiledPolicy {
    const known = this.#byVersion.get(version.id);
    if (known) return known;
    const vocabulary = parseVocabulary(version.document.vocabulary);
    const policy = parsePolicy(version.document.policy, vocabulary, version.source);
    const compiled = { version, policy, vocabulary };
    this.#byVersion.set(version.id, compiled);
    return compiled;
  }
}
