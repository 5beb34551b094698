import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDelivery } from "../facts/import-delivery.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import type { Day } from "../kernel/day.ts";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

/** Disputes as firms and departments meet them: through the pages. */

const O01 = "henan-o01-unemployment-insurance-refund";
const FACT = "ui.layoffRate";
let town: Town;
let firm: string;
let other: string;
let portal: Browser;
let desk: Browser;

beforeAll(async () => {
  town = await openTown(120);
  // A firm that falls short by its layoff rate alone.
  const refused = await db().decision.findMany({
    where: { policyId: O01, outcome: "ineligible" },
    orderBy: { firmCode: "asc" },
  });
  const bound = refused.filter(({ trace }) => failedLeaves(trace).every((fact) => layoffs.has(fact)));
  [firm = "", other = ""] = bound.map(({ firmCode }) => firmCode);
  portal = await signedIn(firm);
  desk = await signedIn("officer-hr");
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const layoffs = new Set(["hr.staffYearEnd", "ui.layoffRate", "ui.insuredHeadcount"]);

type Node = Readonly<{ result?: string; fact?: string; children?: readonly Node[] }>;
function failedLeaves(trace: unknown): string[] {
  const { result, fact, children = [] } = trace as Node;
  if (children.length > 0) return result === "true" ? [] : children.flatMap(failedLeaves);
  return result === "false" && fact !== undefined ? [fact] : [];
}

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

/** Sends the form of a dispute as a browser does. */
async function raise(browser: Browser, fields: Record<string, string>, evidence = new File([], "")) {
  await browser.get(`/my-data/dispute?fact=${fields.fact ?? FACT}`);
  return browser.upload("/my-data/dispute", fields, evidence);
}
const disputes = (firmCode: string) => db().dispute.findMany({ where: { firmCode }, orderBy: { openedAt: "asc" } });
const offersTo = (firmCode: string) =>
  db().entitlement.count({ where: { firmCode, policyId: O01, status: "offered" } });

describe("a firm that is right", () => {
  test("raises a dispute from its own data, with what is known, and sees until when it is answered", async () => {
    expect((await portal.get("/my-data")).body).toContain(`/my-data/dispute?fact=${FACT}`);
    const pdf = new File(["%PDF-1.4 sample"], "名单.pdf", { type: "application/pdf" });
    const answer = await raise(portal, { fact: FACT, claim: "1%", grounds: "退休人员不应计入" }, pdf);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/my-data"]);
    const [dispute] = await disputes(firm);
    // Five working days after Monday the 3rd.
    expect(dispute).toMatchObject({ status: "open", sourceId: "human-resources", answerBy: new Date("2025-11-10") });
    expect((await portal.get("/my-data")).body).toContain("2025 年 11 月 10 日");
  });

  test("raising it again while it is open is one dispute", async () => {
    await raise(portal, { fact: FACT, claim: "2%", grounds: "再说一遍" });
    expect(await disputes(firm)).toHaveLength(1);
  });

  test("is answered by the department: the correction is a new fact, what was known stays, the benefit is offered at once", async () => {
    const [{ id } = { id: "" }] = await disputes(firm);
    expect(await offersTo(firm)).toBe(0);
    expect((await desk.get("/desk/disputes")).body).toContain(id);
    const page = await desk.get(`/desk/disputes/${id}`);
    expect(page.body).toContain("退休人员不应计入");
    const evidence = await desk.get(`/desk/disputes/${id}/evidence`);
    expect(evidence.headers["content-disposition"]).toContain("attachment");
    expect(evidence.body).toBe("%PDF-1.4 sample");
    // What is no value of the fact is refused in plain words, and nothing is lost.
    await desk.get(`/desk/disputes/${id}`);
    const wrong = await desk.submit(`/desk/disputes/${id}/correct`, { value: "很低", answer: "已核实" });
    expect(wrong.statusCode).toBe(400);
    await desk.get(`/desk/disputes/${id}`);
    await desk.submit(`/desk/disputes/${id}/correct`, { value: "1", answer: "退休人员已剔除" });
    await town.world.house.pump();
    const [dispute] = await disputes(firm);
    expect(dispute).toMatchObject({ status: "corrected", closedBy: "account-officer-hr" });
    const said = await db().fact.findMany({
      where: { firmCode: firm, factId: FACT },
      orderBy: { obtainedAt: "asc" },
    });
    expect(said).toHaveLength(2);
    expect(said[1]).toMatchObject({
      deliveryId: dispute?.deliveryId,
      sourceId: "human-resources",
      asOf: said[0]?.asOf,
    });
    const facts = town.world.house.compiled.facts;
    const now = await profileSource(db(), facts).load([firm], "2025-11-03" as Day);
    expect(now.get(firm)?.[FACT]).toMatchObject({ state: "known", value: "1" });
    expect(await offersTo(firm)).toBe(1);
  });

  test("is told, with the answer and the remedies", async () => {
    const [message] = await db().inboxMessage.findMany({ where: { firmCode: firm, kind: "dispute-answered" } });
    expect(message?.body).toContain("退休人员已剔除");
    expect(message?.body).toContain("行政复议");
    expect((await portal.get("/my-data")).body).toContain("退休人员已剔除");
  });
});

test("what was taken back is not believed again when the department's next file still says it", async () => {
  const [dispute] = await disputes(firm);
  const { value } = (dispute?.disputed ?? {}) as Readonly<{ value?: string }>;
  const bytes = new TextEncoder().encode(`统一社会信用代码,裁员率（%）,足额缴费月数\n${firm},${value},13\n`);
  const deps = { ...town.world.house, sources: town.world.sources };
  const report = await importDelivery(deps, {
    ...{ sourceId: "human-resources", fileName: "next.csv", bytes, asOf: "2025-11-03" as Day, isPartial: true },
    importedBy: "account-author",
  });
  expect(report.issues).toMatchObject([{ line: 2, field: FACT, severity: "warning" }]);
  const now = await profileSource(db(), town.world.house.compiled.facts).load([firm], "2025-11-03" as Day);
  expect(now.get(firm)).toMatchObject({ [FACT]: { value: "1" }, "ui.fullyPaidMonths": { value: 13 } });
});

test("a firm takes away everything that was ever said of it, with the decisions that it went into", async () => {
  const { headers, body } = await portal.get("/my-data/facts.csv");
  expect(headers["content-disposition"]).toContain("attachment");
  const lines = body.trim().split("\n");
  expect(lines).toHaveLength(1 + (await db().fact.count({ where: { firmCode: firm } })));
  const rates = lines.filter((line) => line.startsWith(`${FACT},`));
  // Newest first; both what was said and what it was corrected to, each with the decisions of its time.
  expect(rates).toHaveLength(2);
  expect(rates.every((line) => /decision_\w+/.test(line))).toBe(true);
  expect((await town.browser().get("/my-data/facts.csv")).statusCode).not.toBe(200);
});

describe("a firm that is not", () => {
  test("gets a reason, and nothing of its facts changes", async () => {
    const before = await db().fact.count();
    const browser = await signedIn(other);
    await raise(browser, { fact: FACT, claim: "0", grounds: "没有裁员" });
    const [{ id } = { id: "" }] = await disputes(other);
    await desk.get(`/desk/disputes/${id}`);
    await desk.submit(`/desk/disputes/${id}/uphold`, { answer: "参保记录显示减少 9 人" });
    expect(await disputes(other)).toMatchObject([{ status: "upheld", answer: "参保记录显示减少 9 人" }]);
    expect(await db().fact.count()).toBe(before);
    // It can raise it anew, and take it back.
    await raise(browser, { fact: FACT, claim: "0", grounds: "补充材料" });
    const again = (await disputes(other)).find(({ status }) => status === "open");
    await browser.get("/my-data");
    await browser.submit(`/my-data/dispute/${again?.id}/withdraw`, {});
    expect((await disputes(other)).map(({ status }) => status)).toEqual(["upheld", "withdrawn"]);
  });
});

describe("the doors", () => {
  test.each([
    ["no claim", { claim: " ", grounds: "x" }, new File([], "")],
    ["no grounds", { claim: "x", grounds: "" }, new File([], "")],
    ["a program as evidence", { claim: "x", grounds: "x" }, new File(["MZ program"], "名单.pdf")],
    ["evidence that is too large", { claim: "x", grounds: "x" }, new File(["%PDF", "0".repeat(2 ** 21)], "a.pdf")],
  ])("%s is refused in plain words and keeps what was typed", async (_, fields, evidence) => {
    const before = await db().dispute.count();
    const { statusCode, body } = await raise(portal, { fact: FACT, ...fields }, evidence);
    expect(statusCode).toBe(400);
    expect(body).toContain('name="claim"');
    expect(await db().dispute.count()).toBe(before);
  });

  test("a fact that does not exist cannot be disputed", async () => {
    expect((await portal.get("/my-data/dispute?fact=no.such")).statusCode).toBe(422);
  });

  test("another firm's dispute is as one that does not exist, and no firm reads the desk", async () => {
    await raise(portal, { fact: "hr.staffYearEnd", claim: "9", grounds: "x" });
    const [{ id } = { id: "" }] = (await disputes(firm)).filter(({ status }) => status === "open");
    const stranger = await signedIn(other);
    await stranger.get("/my-data");
    expect((await stranger.submit(`/my-data/dispute/${id}/withdraw`, {})).statusCode).toBe(404);
    for (const url of [
      "/desk/disputes",
      `/desk/disputes/${id}`,
      `/desk/disputes/${id}/evidence`,
      "/desk/reassessments",
    ]) {
      expect((await stranger.get(url)).statusCode).toBe(403);
    }
    const auditor = await signedIn("auditor");
    expect((await auditor.get(`/desk/disputes/${id}`)).body).not.toContain(`${id}/correct`);
    expect((await auditor.submit(`/desk/disputes/${id}/uphold`, { answer: "x" })).statusCode).toBe(403);
    expect((await auditor.get("/desk/reassessments")).statusCode).toBe(200);
    expect((await auditor.get("/desk/reassessments/none")).statusCode).toBe(404);
  });

  test("the department that said it answers: not another, nor the office while the department has officers", async () => {
    await raise(portal, { fact: "ui.insuredHeadcount", claim: "9", grounds: "x" });
    const [{ id } = { id: "" }] = await db().dispute.findMany({
      where: { firmCode: firm, factId: "ui.insuredHeadcount", status: "open", sourceId: "human-resources" },
    });
    expect(id).not.toBe("");
    for (const login of ["operator", "officer-tax"]) {
      const person = await signedIn(login);
      const shown = await person.get(`/desk/disputes/${id}`);
      expect(shown.statusCode).toBe(login === "operator" ? 200 : 403);
      expect(shown.body).not.toContain(`${id}/uphold`);
      await person.get("/desk/deliveries");
      expect((await person.submit(`/desk/disputes/${id}/uphold`, { answer: "x" })).statusCode).toBe(403);
    }
    expect((await desk.get(`/desk/disputes/${id}`)).body).toContain(`${id}/uphold`);
    expect((await desk.submit(`/desk/disputes/${id}/uphold`, { answer: "与参保记录一致" })).statusCode).toBe(303);
  });

  test("one whose time is over says so to both", async () => {
    await db().$executeRawUnsafe("ALTER TABLE dispute DISABLE TRIGGER dispute_terms");
    await db().dispute.updateMany({ where: { status: "open" }, data: { answerBy: new Date("2025-10-31") } });
    await db().$executeRawUnsafe("ALTER TABLE dispute ENABLE TRIGGER dispute_terms");
    const operator = await signedIn("operator");
    expect((await operator.get("/desk/disputes")).body).toContain("已超期");
    expect((await portal.get("/my-data")).body).toContain("已超过答复期限");
  });
});
