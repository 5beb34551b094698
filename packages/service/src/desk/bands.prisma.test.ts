import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const signedIn = async (login: string): Promise<Browser> => {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
};

test("finance proposes at the desk, another person confirms, and everybody who may read sees who did what", async () => {
  const [maker, checker, auditor] = [await signedIn("maker"), await signedIn("checker"), await signedIn("auditor")];
  const fields = { amount: "3,000,000", document: "豫财〔2025〕12 号" };
  await auditor.get("/desk/bands");
  expect((await auditor.submit("/desk/bands", fields)).statusCode).toBe(403);
  await maker.get("/desk/bands");
  const odd = await maker.submit("/desk/bands", { ...fields, amount: "三百万" });
  expect([odd.statusCode, odd.body.includes("三百万")], "what was typed is kept").toEqual([400, true]);
  const proposed = await maker.submit("/desk/bands", fields);
  expect(proposed.headers.location).toBe("/desk/bands?done=proposed");
  const { body } = await checker.get("/desk/bands");
  const id = /\/desk\/bands\/([^/"]+)\/confirm/.exec(body)?.[1] ?? "";
  expect((await checker.get("/desk")).body).toContain("双人复核限额待另一人确认");
  expect((await maker.get("/desk/bands")).body).not.toContain("/confirm");
  expect((await maker.submit(`/desk/bands/${id}/confirm`, {})).statusCode).toBe(403);
  await checker.get("/desk/bands");
  expect((await checker.submit("/desk/bands/none/confirm", {})).statusCode).toBe(404);
  const confirmed = await checker.submit(`/desk/bands/${id}/confirm`, {});
  expect(confirmed.headers.location).toBe("/desk/bands?done=confirmed");
  const shown = (await auditor.get("/desk/bands")).body;
  expect(shown).toContain("3,000,000.00");
  expect(shown).toContain("10,000,000.00");
  expect(shown).toContain(fields.document);
});

test("who proposed it cannot confirm it, and can take it back with a reason", async () => {
  const checker = await signedIn("checker");
  await checker.get("/desk/bands");
  await checker.submit("/desk/bands", { amount: "5000000", document: "豫财〔2025〕13 号" });
  const { body } = await checker.get("/desk/bands");
  const id = /\/desk\/bands\/([^/"]+)\/drop/.exec(body)?.[1] ?? "";
  expect(body).not.toContain("/confirm");
  expect((await checker.submit(`/desk/bands/${id}/confirm`, {})).statusCode).toBe(403);
  expect((await checker.submit(`/desk/bands/${id}/drop`, { reason: " " })).statusCode).toBe(400);
  const dropped = await checker.submit(`/desk/bands/${id}/drop`, { reason: "金额有误" });
  expect(dropped.headers.location).toBe("/desk/bands?done=dropped");
});
