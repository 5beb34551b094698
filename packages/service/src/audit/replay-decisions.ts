import { RulesError } from "@apply-free/rules";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersion, PolicyVersionStore } from "../policies/policy-version.ts";
import type { DecisionArchive, DecisionRecord } from "./decision-record.ts";
import { type Replay, replayDecision, unreadableRule } from "./replay-decision.ts";

export type ReplayDeps = Readonly<{
  decisions: DecisionArchive;
  policyVersions: Pick<PolicyVersionStore, "get">;
}>;

export type ReplaySummary = Readonly<{
  decisions: number;
  equal: number;
  different: number;
  differences: readonly Replay[];
}>;

export type ReplayOptions = Readonly<{
  pageSize?: number;
  onProgress?(done: number, total: number): void;
}>;

/** Decides one stored decision again. @throws DomainError case-not-found | policy-not-found */
export async function replayOne({ decisions, policyVersions }: ReplayDeps, id: string): Promise<Replay> {
  return replayerOf(policyVersions)(await decisions.get(id));
}

/** Decides every stored decision again, page by page. */
export async function replayAll(
  { decisions, policyVersions }: ReplayDeps,
  { pageSize = 200, onProgress }: ReplayOptions = {},
): Promise<ReplaySummary> {
  const replay = replayerOf(policyVersions);
  const total = await decisions.count();
  const differences: Replay[] = [];
  let done = 0;
  for (let after: string | undefined; ; ) {
    const page = await decisions.page(after, pageSize);
    for (const record of page) {
      const replayed = await replay(record);
      if (!replayed.equal) differences.push(replayed);
    }
    done += page.length;
    onProgress?.(done, total);
    after = page.at(-1)?.id;
    if (page.length < pageSize) break;
  }
  return { decisions: done, equal: done - differences.length, different: differences.length, differences };
}

/** Reads and compiles each version once, from the store and not from what the running service holds. */
function replayerOf(policyVersions: Pick<PolicyVersionStore, "get">): (record: DecisionRecord) => Promise<Replay> {
  const compiled = new CompiledPolicies();
  const versions = new Map<string, PolicyVersion>();
  return async (record) => {
    const version = versions.get(record.policyVersionId) ?? (await policyVersions.get(record.policyVersionId));
    versions.set(version.id, version);
    try {
      return await replayDecision(record, compiled.get(version));
    } catch (cause) {
      if (cause instanceof RulesError) return unreadableRule(record, version, cause);
      throw cause;
    }
  };
}
