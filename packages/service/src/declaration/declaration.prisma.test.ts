import path from "node:path";
import { parsePolicy } from "@apply-free/rules";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPolicy, readVocabularyDocuments } from "../policies/policy-source.fs.ts";
import { publishPolicy } from "../policies/publish-policy.ts";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

/** A policy that needs one thing that only the firm can say. */

const rules = path.join(import.meta.dirname, "../../../../rules");
const O10 = "zhengzhou-o10-high-tech-first-recognition";
const OWN = "rd.selfFundedFirst";
const own = { name: "ownMoneyFirst", clause: "第二条", fact: OWN, operator: "equal", value: true };

let town: Town;
let portal: Browser;
let firm: string;
beforeAll(async () => {
  town = await openTown(120);
  const [offered] = await db().entitlement.findMany({
    where: { policyId: O10, status: "offered" },
    orderBy: { id: "asc" },
  });
  firm = offered?.firmCode ?? "";
  const shared = await readVocabularyDocuments(path.join(rules, "vocabulary"));
  const directory = path.join(rules, "zhengzhou/o10-high-tech-first-recognition");
  const { source, vocabulary, vocabularyDocuments } = await loadPolicy(directory, shared);
  const written = source.document as Readonly<{ conditions: Readonly<{ all: readonly unknown[] }> }>;
  const document = { ...written, version: 2, conditions: { all: [...written.conditions.all, own] } };
  await publishPolicy(town.world.house, {
    policy: parsePolicy(document, vocabulary, source.clauses),
    document: { policy: document, vocabulary: vocabularyDocuments },
    source: source.clauses,
    ...{ publishedBy: "account-author", approvedBy: "account-reviewer" },
  });
  await town.world.house.jobs.find(({ name }) => name === "match")?.run("2025-11-03T05:00");
  portal = town.browser();
  await portal.signIn(firm);
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
/** By the version in force, the one decided last: the clock stands still between the two. */
async function newest() {
  const version = await db().policyVersion.findFirstOrThrow({ where: { policyId: O10 }, orderBy: { version: "desc" } });
  const decided = await db().decision.findMany({ where: { firmCode: firm, policyVersionId: version.id } });
  return decided.find(({ outcome }) => outcome !== "undetermined") ?? decided[0];
}

async function answer(fields: Record<string, string>) {
  await portal.get("/my-data/answers");
  return portal.submit("/my-data/answers", { promise: "yes", ...fields });
}

test("a firm is asked what its open decision waits for, and nothing else", async () => {
  expect(await newest()).toMatchObject({ outcome: "undetermined", missing: [OWN] });
  const { body } = await portal.get("/my-data/answers");
  expect([...body.matchAll(/name="fact\.([^"]+)"/g)].map(([, id]) => id)).toEqual([OWN, OWN, OWN]);
});

test("what a department delivers is refused by name, whoever sends it", async () => {
  const before = await db().fact.count();
  const { statusCode, body } = await answer({ [`fact.${OWN}`]: "是", "fact.fin.revenue": "1" });
  expect(statusCode).toBe(422);
  expect(body).toContain("税务局");
  expect((await answer({ "fact.title.held": "[]" })).statusCode).toBe(422);
  expect((await answer({ "fact.no.such": "1" })).statusCode).toBe(422);
  expect(await db().fact.count()).toBe(before);
});

test.each([
  ["without the promise", { promise: "", [`fact.${OWN}`]: "是" }],
  ["without any answer", { [`fact.${OWN}`]: "" }],
  ["with what is no answer", { [`fact.${OWN}`]: "也许" }],
])("%s nothing is taken, and what is wrong is said", async (_, fields: Record<string, string>) => {
  const before = await db().fact.count();
  const { statusCode, body } = await answer(fields);
  expect(statusCode).toBe(400);
  expect(body).toContain(`fact.${OWN}`);
  expect(await db().fact.count()).toBe(before);
});

test("an answer is a fact of the firm's own, and what waited for it is decided at once", async () => {
  // Of two decisions of one instant nobody could say which is the newer.
  town.world.play.clock.moveTo(new Date(town.world.play.clock.now().getTime() + 60_000));
  expect((await answer({ [`fact.${OWN}`]: "是" })).headers.location).toBe("/my-data");
  await town.world.house.pump();
  expect(await db().fact.findFirst({ where: { firmCode: firm, factId: OWN } })).toMatchObject({
    ...{ value: true, sourceId: "firm" },
  });
  expect(await newest()).toMatchObject({ outcome: "eligible", missing: [] });
  expect((await portal.get("/my-data/answers")).body).not.toContain(`fact.${OWN}`);
  expect((await portal.get("/my-data")).body).toContain("由您填写");
});
