import { afterAll, beforeAll, expect, test } from "vitest";
import { startOfDay } from "../kernel/day.ts";
import { callStore } from "../notice/call.prisma.ts";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

let town: Town;
let operator: Browser;
let firm: string;
let call: string;

beforeAll(async () => {
  town = await openTown(120);
  [firm = ""] = await town.firmsWithOffers(1);
  await db().firm.update({ where: { code: firm }, data: { phone: "0371-00000000" } });
  const opened = await callStore(db()).open(firm, "undeliverable", startOfDay("2025-11-04" as never));
  call = opened?.id ?? "";
  operator = town.browser();
  await operator.signIn("operator");
});
afterAll(() => town.close());

const db = () => town.world.house.db;

test("the desk's first page leads to the list: whom to call, since when, and about what", async () => {
  expect((await operator.get("/desk")).body).toContain("/desk/call-list");
  const list = await operator.get("/desk/call-list");
  expect(list.body).toContain("0371-00000000");
  const page = await operator.get(`/desk/call-list/${call}`);
  expect(page.body).toContain(firm);
  expect(page.body).toMatch(/class="yuan"/);
});

test("who may not call may read, and no firm may", async () => {
  const auditor = town.browser();
  await auditor.signIn("auditor");
  const page = await auditor.get(`/desk/call-list/${call}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toContain('name="outcome"');
  const word = { outcome: "reached", note: "", attemptsSeen: "0" };
  expect((await auditor.submit(`/desk/call-list/${call}`, word)).statusCode).toBe(403);
  const other = town.browser();
  await other.signIn(firm);
  expect((await other.get("/desk/call-list")).statusCode).toBe(403);
});

test("an outcome nobody knows is refused in plain words, and nothing is recorded", async () => {
  await operator.get(`/desk/call-list/${call}`);
  const answer = await operator.submit(`/desk/call-list/${call}`, { outcome: "paid", note: "", attemptsSeen: "0" });
  expect(answer.statusCode).toBe(400);
  expect(await db().callAttempt.count()).toBe(0);
});

test("what came of a call is recorded once, however often the button is pressed, and proves what the firm was told", async () => {
  await operator.get(`/desk/call-list/${call}`);
  const silent = { outcome: "no-answer", note: "<script>alert(1)</script>", attemptsSeen: "0" };
  expect((await operator.submit(`/desk/call-list/${call}`, silent)).statusCode).toBe(303);
  const repeated = await operator.submit(`/desk/call-list/${call}`, silent);
  expect(repeated.statusCode).toBe(409);
  expect(repeated.body).toContain("&lt;script&gt;");
  expect(repeated.body).not.toContain("<script>alert");
  const reached = { outcome: "reached", note: "", attemptsSeen: "1" };
  expect((await operator.submit(`/desk/call-list/${call}`, reached)).statusCode).toBe(303);
  const proofs = await db().noticeProof.findMany({ where: { kind: "reached" } });
  expect(proofs.length).toBe(await db().entitlement.count({ where: { firmCode: firm, status: "offered" } }));
  expect((await operator.get("/desk/call-list")).body).not.toContain(call);
});

test("a call that does not exist answers so", async () => {
  expect((await operator.get("/desk/call-list/call_none")).statusCode).toBe(404);
});
