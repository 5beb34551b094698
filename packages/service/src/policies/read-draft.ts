import { type Policy, parsePolicy, RulesError } from "@apply-free/rules";
import { canonicalJson } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { CompiledPolicy } from "./compiled-policies.ts";
import { lineInYaml } from "./line-in-yaml.ts";
import { plainYaml } from "./plain-yaml.ts";

export type Draft = Readonly<{
  policy: Policy;
  /** It differs in more than whom it asks what, so who fits both may get another amount. */
  mayPayOtherwise: boolean;
}>;

const FILE = "policy.yaml";

/**
 * Reads a new version of a policy in the vocabulary and over the clauses of the one in force.
 * @throws DomainError policy-invalid, naming the line; also for a draft of another policy
 */
export function readDraft(text: string, { policy, vocabulary, version }: CompiledPolicy): Draft {
  const document = plainYaml(text, FILE);
  const draft = parsed(text, () => parsePolicy(document, vocabulary, version.source));
  if (draft.id !== policy.id) {
    throw new DomainError(
      "policy-invalid",
      `${FILE}: 这是另一项政策 ${draft.id}，不是 ${policy.id}。This is another policy, ${draft.id}, not ${policy.id}.`,
      { draft: draft.id, policy: policy.id },
    );
  }
  return {
    policy: draft,
    mayPayOtherwise: besideRequirements(document) !== besideRequirements(version.document.policy),
  };
}

function parsed<Result>(text: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    const line = lineInYaml(text, cause.where);
    throw new DomainError("policy-invalid", `${FILE}${line === undefined ? "" : `:${line}`}: ${cause.message}`, {
      file: FILE,
      ...(line !== undefined && { line }),
    });
  }
}

/** All of a policy that could change an amount: everything but its number, its names and its requirements. */
function besideRequirements(document: unknown): string {
  const {
    version: _,
    title: __,
    document: ___,
    guide: ____,
    conditions: _____,
    ...rest
  } = document as Record<string, unknown>;
  return canonicalJson(rest);
}
