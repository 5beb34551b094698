import path from "node:path";
import { type Json, profileOf } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Day, dayToDate, startOfDay } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { decisionStore } from "../matching/decision.prisma.ts";
import { matchFirm } from "../matching/match.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { loadPolicy, readVocabularyDocuments } from "../policies/policy-source.fs.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { publishPolicy } from "../policies/publish-policy.ts";
import { decisionArchive } from "./decision-archive.prisma.ts";
import { replayAll, replayOne } from "./replay-decisions.ts";
import { withTampering } from "./testing.prisma.ts";

const rules = path.join(import.meta.dirname, "../../../../rules");
const asOf = "2025-11-03" as Day;
const eligible: Record<string, Json> = {
  "ent.subjectType": "企业",
  "ent.relocatedOn": null,
  "hte.firstRecognisedYear": 2020,
  "hte.regionCodeOnRecognition": "410105",
  "fin.salesPrevYear": "1500000",
};
const firms: Readonly<Record<string, Record<string, Json>>> = {
  "91410105MA30000015": eligible,
  "91410105MA30000023": { ...eligible, "hte.regionCodeOnRecognition": "410205" },
  "91410105MA30000031": without(eligible, "hte.regionCodeOnRecognition"),
};
function without(facts: Record<string, Json>, id: string): Record<string, Json> {
  const { [id]: _, ...rest } = facts;
  return rest;
}
const [eligibleFirm = ""] = Object.keys(firms);

describe("deciding stored decisions again", () => {
  let store: Store;
  let decisionId: string;
  beforeAll(async () => {
    store = await openTestStore();
    decisionId = await store.prisma.$transaction(plantDecisions);
  });
  afterAll(() => store.close());

  const deps = (db: Tx) => ({ decisions: decisionArchive(db), policyVersions: policyVersionStore(db) });
  const partsAfter = (sql: string) =>
    withTampering(store, [sql], async (db) => {
      const { differences } = await replayAll(deps(db));
      return [...new Set(differences.flatMap((replay) => replay.differences.map(({ part }) => part)))];
    });

  test("gives what was decided then, whatever the answer was", async () => {
    const outcomes = await store.prisma.decision.findMany({ select: { outcome: true } });
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["eligible", "ineligible", "undetermined"]);
    expect(await replayAll(deps(store.prisma), { pageSize: 2 })).toEqual({
      decisions: 3,
      equal: 3,
      different: 0,
      differences: [],
    });
  });

  test("one decision alone is replayed by its id", async () => {
    expect(await replayOne(deps(store.prisma), decisionId)).toEqual({ decisionId, equal: true, differences: [] });
  });

  test("a decision that does not exist is said to be missing", async () => {
    await expect(replayOne(deps(store.prisma), "nothing")).rejects.toMatchObject({ code: "case-not-found" });
  });

  test("says how far it is", async () => {
    const progress: string[] = [];
    await replayAll(deps(store.prisma), {
      pageSize: 2,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(progress).toEqual(["2/3", "3/3"]);
  });

  const one = `WHERE firm_code = '${eligibleFirm}'`;
  test.each([
    ["outcome", `UPDATE decision SET outcome = 'ineligible' ${one}`, ["result", "answer", "outcome"]],
    ["amount", `UPDATE decision SET amount = '{"kind": "exact", "fen": "1"}' ${one}`, ["result", "answer", "amount"]],
    ["missing", `UPDATE decision SET missing = '["x"]' ${one}`, ["result", "answer", "missing"]],
    ["trace", `UPDATE decision SET trace = jsonb_set(trace, '{result}', '"false"') ${one}`, ["result", "trace"]],
    ["answer_sha256", `UPDATE decision SET answer_sha256 = repeat('0', 64) ${one}`, ["answer"]],
    ["result_sha256", `UPDATE decision SET result_sha256 = repeat('0', 64) ${one}`, ["result"]],
    ["input_sha256", `UPDATE decision SET input_sha256 = repeat('0', 64) ${one}`, ["input", "identity"]],
    ["as_of", `UPDATE decision SET as_of = as_of + 1 ${one}`, ["input"]],
    ["firm_code", `UPDATE decision SET firm_code = '91410105MA3000004X' ${one}`, ["identity"]],
    ["period", `UPDATE decision SET period = '2024' ${one}`, ["identity"]],
    ["policy_id", `UPDATE decision SET policy_id = 'other' ${one}`, ["identity"]],
    ["id", `UPDATE decision SET id = 'decision_other' ${one}`, ["identity"]],
  ])("finds a changed %s", async (_, sql, parts) => expect(await partsAfter(sql)).toEqual(parts));

  const raise = `UPDATE decision SET facts = jsonb_set(facts, '{fin.salesPrevYear,value}', '"90000000"') ${one}`;

  test("finds a fact that was made to fit", async () => {
    expect(await partsAfter(raise)).toEqual(expect.arrayContaining(["input", "amount"]));
  });

  test("finds it even when amount and digests were made to fit as well: the id remembers the input", async () => {
    const replay = await withTampering(store, [raise], async (db) => {
      const { facts, policyVersionId, outcome, missing, trace } = await decisionArchive(db).get(decisionId);
      const { sha256: policyVersionSha256 } = await policyVersionStore(db).get(policyVersionId);
      const amount = { kind: "exact", fen: "30000000" };
      const inputSha256 = digestOf({ facts, policyVersionSha256, asOf });
      const resultSha256 = digestOf({ outcome, amount, missing, trace });
      const answerSha256 = digestOf({ outcome, amount, missing, facts });
      const digests = { inputSha256, resultSha256, answerSha256 };
      await db.decision.update({ where: { id: decisionId }, data: { amount, ...digests } });
      return replayOne(deps(db), decisionId);
    });
    expect(replay.differences.map(({ part }) => part)).toEqual(["identity"]);
  });

  test.each([
    [
      "document",
      `UPDATE policy_version SET document = jsonb_set(document, '{policy,title,zh}', '"x"')`,
      "policy-version",
    ],
    ["clauses", "UPDATE policy_version SET source = source || ' '", "policy-version"],
    ["digest", "UPDATE policy_version SET sha256 = repeat('0', 64)", "policy-version"],
    ["rule beyond reading", `UPDATE policy_version SET document = document #- '{policy,conditions}'`, "rule"],
  ])("finds a changed %s of the rule in every decision by it", async (_, sql, part) => {
    const { different, differences } = await withTampering(store, [sql], (db) => replayAll(deps(db)));
    expect(different).toBe(3);
    for (const { differences: parts } of differences)
      expect(parts.map((difference) => difference.part)).toContain(part);
  });

  test("names the place in the answer that differs, with both values", async () => {
    const sql = `UPDATE decision SET amount = '{"kind": "exact", "fen": "1"}' ${one}`;
    const { differences } = await withTampering(store, [sql], (db) => replayOne(deps(db), decisionId));
    expect(differences.find(({ part }) => part === "amount")).toEqual({
      part: "amount",
      at: "fen",
      stored: "1",
      recomputed: "10000000",
    });
  });
});

/** Decides the firms by a real policy, as the nightly matching does. Returns the id of the eligible decision. */
async function plantDecisions(tx: Tx): Promise<string> {
  const clock = { now: () => startOfDay(asOf) };
  const directory = path.join(rules, "zhengzhou/o10-high-tech-first-recognition");
  const { policy, vocabulary, vocabularyDocuments, source } = await loadPolicy(
    directory,
    await readVocabularyDocuments(path.join(rules, "vocabulary")),
  );
  const stores = { policyVersions: policyVersionStore(tx), journal: journalOn(tx) };
  const document = { policy: source.document, vocabulary: vocabularyDocuments };
  const signed = { publishedBy: "author", approvedBy: "checker" };
  const versionId = await publishPolicy(
    { transaction: (work) => work(stores), clock },
    { policy, document, source: source.clauses, ...signed },
  );
  const compiled = new CompiledPolicies().get(await stores.policyVersions.get(versionId));
  const run = { id: "run_1", asOf };
  await tx.matchRun.create({
    data: { id: run.id, slot: "2025-11-03T02:00", asOf: dayToDate(asOf), startedAt: clock.now() },
  });
  for (const [code, facts] of Object.entries(firms)) {
    await tx.firm.create({ data: { code, name: `试验企业${code.slice(-2)}`, regionCode: "410105" } });
    const profile = profileOf(facts, vocabulary);
    const { stored } = await matchFirm(compiled, code, profile, run, clock, new Map());
    await decisionStore(tx).insertAll([stored]);
  }
  const { id } = await tx.decision.findFirstOrThrow({ where: { firmCode: eligibleFirm } });
  return id;
}
