import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleFirms } from "../demo/sample-firms.ts";
import { numbers, type Row, rowsOf, START } from "../screening/testing-deliveries.ts";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

const REVENUE = "上年营业收入（万元）";

let town: Town;
let held: string;

beforeAll(async () => {
  town = await openTown();
  const author = await signedIn("author");
  await author.get("/desk/deliveries");
  const answer = await author.upload("/desk/deliveries", { source: "tax", asOf: "2025-11-02" }, slipped());
  held = answer.headers.location ?? "";
}, 180_000);
afterAll(() => town.close());

/** The town's own tax rows, with revenue in 元 where 万元 is meant. */
function slipped(): File {
  const firms = sampleFirms({ seed: 20251103, count: 120, start: START });
  const rows: readonly Row[] = numbers(REVENUE, (n) => n * 10_000)(rowsOf("tax", firms));
  const headers = Object.keys(rows[0] ?? {});
  const lines = [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ""))];
  return new File([lines.map((cells) => cells.join(",")).join("\n")], "tax.csv", { type: "text/csv" });
}

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

test("a delivery that looks wrong leads its sender to the page that says why and whom it would touch", async () => {
  expect(held).toMatch(/^\/desk\/quarantine\/quarantine_/);
  const author = await signedIn("author");
  const { statusCode, body } = await author.get(held);
  expect(statusCode).toBe(200);
  expect(body).toContain("fin.revenue");
  const firms = await author.get(`${held}/firms.csv`);
  expect(firms.headers["content-type"]).toBe("text/csv; charset=utf-8");
  const [head, ...lines] = firms.body.trim().split("\r\n");
  expect(head).toContain("统一社会信用代码");
  expect(lines.length).toBeGreaterThan(80);
  expect((await author.get("/desk/quarantine")).body).toContain(held);
  // The other language shows the same page, under the entry of the menu that it belongs to.
  expect(body).toContain(`href="${held}?lang=en"`);
  expect(body).toContain('<a href="/desk/deliveries" aria-current="page">');
});

test("people on it have names, not account ids", async () => {
  const { body } = await (await signedIn("auditor")).get(held);
  expect(body).not.toContain("account-author");
  const { displayName } = await town.world.house.db.account.findUniqueOrThrow({ where: { id: "account-author" } });
  expect(body).toContain(displayName);
});

test("an auditor sees what was known of a firm on a day, with the delivery that said so, and not what is held", async () => {
  const auditor = await signedIn("auditor");
  const [code = ""] = await town.firmsWithOffers(1);
  const known = (query: string) => auditor.get(`/audit/facts?firm=${code}&${query}`);
  const { statusCode, body } = await known("about=2025-11-03");
  expect(statusCode).toBe(200);
  expect(body).toContain("ui.layoffRate");
  expect(body).toMatch(/\/desk\/deliveries\?id=delivery_/);
  expect(body).not.toContain("2025年11月2日");
  expect((await known("about=2025-11-03&known=2025-01-01")).body).not.toContain("ui.layoffRate");
  expect((await known("about=yesterday")).statusCode).toBe(400);
  expect((await auditor.get("/audit/facts?firm=1")).statusCode).toBe(200);
  expect((await (await signedIn("author")).get("/audit/facts")).statusCode).toBe(403);
});

test("an auditor reads and does not decide, a firm does not even read", async () => {
  const auditor = await signedIn("auditor");
  expect((await auditor.get(held)).body).not.toContain(`${held}/release`);
  expect((await auditor.submit(`${held}/release`, { reason: "x" })).statusCode).toBe(403);
  const [code = ""] = await town.firmsWithOffers(1);
  const firm = await signedIn(code);
  for (const url of ["/desk/quarantine", held, `${held}/firms.csv`]) {
    expect([url, (await firm.get(url)).statusCode]).toEqual([url, 403]);
  }
});

test("it is released by two people with their reasons, and not by one", async () => {
  const [author, operator] = [await signedIn("author"), await signedIn("operator")];
  await author.get(held);
  expect((await author.submit(`${held}/release`, { reason: "" })).statusCode).toBe(400);
  expect((await author.submit(`${held}/release`, { reason: "书面确认" })).statusCode).toBe(303);
  await author.get(held);
  expect((await author.submit(`${held}/release`, { reason: "书面确认" })).statusCode).toBe(403);
  await operator.get(held);
  expect((await operator.submit(`${held}/release`, { reason: "已电话核实" })).statusCode).toBe(303);
  const { body } = await operator.get(held);
  expect(body).toContain("已电话核实");
  expect(body).not.toContain(`${held}/release`);
});
