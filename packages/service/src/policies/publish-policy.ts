import { type Policy, parsePolicy, parseVocabulary, RulesError, rulesInForce } from "@apply-free/rules";
import type { Clock } from "../kernel/clock.ts";
import { parseDay } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { PolicyDocument, PolicyVersion, PolicyVersionStore } from "./policy-version.ts";

export type PublishDeps = Readonly<{
  transaction: Transaction<{ policyVersions: PolicyVersionStore; journal: Journal }>;
  clock: Clock;
}>;

export type Publication = Readonly<{
  policy: Policy;
  document: PolicyDocument;
  source: string;
  publishedBy: string;
  approvedBy: string;
}>;

/**
 * Puts a version of a policy into force; a second person has approved it.
 * Publishing the same text again changes nothing.
 *
 * @returns the id of the policy version
 * @throws DomainError policy-version-differs when this version number was published with another text;
 *   policy-invalid when what it says of other benefits contradicts what a policy in force says
 */
export function publishPolicy({ transaction, clock }: PublishDeps, publication: Publication): Promise<string> {
  const { policy, document, source } = publication;
  const sha256 = digestOf({ document, source });
  return transaction(async ({ policyVersions, journal }) => {
    const existing = await policyVersions.find(policy.id, policy.version);
    if (existing) {
      if (existing.sha256 === sha256) return existing.id;
      throw new DomainError(
        "policy-version-differs",
        `${policy.id} v${policy.version} 已经发布，内容不同；请提高 version。It is published with another text; raise its version.`,
        { policyId: policy.id, version: policy.version },
      );
    }
    await refuseContradiction(policy, policyVersions);
    const version = versionOf(publication, sha256, clock.now());
    await policyVersions.insert(version);
    await journal.append({
      type: "policy-published",
      subject: version.id,
      actor: publication.publishedBy,
      at: version.publishedAt,
      payload: { policyId: policy.id, version: policy.version, sha256 },
    });
    return version.id;
  });
}

/** Only versions that say something of other benefits are compiled for it. */
async function refuseContradiction(policy: Policy, versions: Pick<PolicyVersionStore, "listLatest">): Promise<void> {
  if (policy.stacking.length === 0) return;
  const others = (await versions.listLatest()).filter(({ policyId, document }) => {
    return policyId !== policy.id && (document.policy as Readonly<{ stacking?: unknown }>).stacking !== undefined;
  });
  try {
    rulesInForce([policy, ...others.map(compiled)]);
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    throw new DomainError(
      "policy-invalid",
      `${policy.id}: 与在施政策的叠加规定互相矛盾。It contradicts a policy in force: ${cause.message}`,
      { policyId: policy.id },
    );
  }
}

function compiled({ document, source }: PolicyVersion): Policy {
  return parsePolicy(document.policy, parseVocabulary(document.vocabulary), source);
}

function versionOf(
  { policy, document, source, publishedBy, approvedBy }: Publication,
  sha256: string,
  at: Date,
): PolicyVersion {
  const validFrom = policy.validity && parseDay(policy.validity.from);
  const validTo = policy.validity?.to === undefined ? undefined : parseDay(policy.validity.to);
  if (!validFrom)
    throw new DomainError(
      "policy-invalid",
      `${policy.id}: 原文没有写明生效时间，不能发布。It does not say from which day it is in force, so it cannot be published.`,
      { policyId: policy.id },
    );
  return {
    id: derivedId("policy", policy.id, policy.version),
    policyId: policy.id,
    version: policy.version,
    title: policy.title.zh,
    sha256,
    document,
    source,
    budgetLine: policy.payout.budgetLine,
    validFrom,
    ...(validTo && { validTo }),
    publishedBy,
    approvedBy,
    publishedAt: at,
  };
}
