import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

const pilot = "91350100M0001TGQXM";
let town: Town;
let elm: string;
let oak: string;

beforeAll(async () => {
  town = await openTown(120);
  const [one, two] = await db().firm.findMany({ orderBy: { code: "asc" }, take: 2 });
  [elm, oak] = [one?.code ?? "", two?.code ?? ""];
  await db().firm.update({ where: { code: elm }, data: { name: "郑州榆木示例有限公司" } });
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

async function hand(browser: Browser, source: string, ...lines: readonly string[]) {
  await browser.get("/desk/deliveries");
  const file = new File([lines.join("\n")], `${source}.csv`, { type: "text/csv" });
  return browser.upload("/desk/deliveries", { source, asOf: "2025-11-02" }, file);
}

test("a list with names alone leads its sender to the page where each is settled, and from there to its delivery", async () => {
  const author = await signedIn("author");
  const rows = ["郑州榆木示例有限公司,智能工厂,2025-09-01,长期,是", "某某有限公司,智能工厂,2025-09-01,长期,是"];
  const answer = await hand(author, "industry", "企业名称,称号,认定日期,有效期至,现场核查正常经营", ...rows);
  const page = answer.headers.location ?? "";
  expect(page).toMatch(/^\/desk\/names\/name-list_/);
  const { body } = await author.get(page);
  expect(body).toContain("郑州榆木示例有限公司");
  expect(body).toContain('name="other.1"');
  expect(body).not.toContain(`${page}/complete`);
  expect((await author.get("/desk/names")).body).toContain(page);

  await author.get(page);
  expect((await author.submit(`${page}/plain`, {})).headers.location).toBe(page);
  await author.get(page);
  // A code that is not registered is refused in plain words, and nothing is lost.
  const wrong = await author.submit(`${page}/settle`, { "name.0": "某某有限公司", "other.0": "91410000170001401D" });
  expect(wrong.statusCode).toBe(400);
  await author.get(page);
  await author.submit(`${page}/settle`, { "name.0": "某某有限公司", "code.0": "none", "other.0": "" });
  expect((await author.get(page)).body).toContain(`${page}/complete`);
  const completed = await author.submit(`${page}/complete`, {});
  expect(completed.headers.location).toMatch(/^\/desk\/(deliveries\?id=delivery_|quarantine\/)/);
});

test("an auditor reads the lists and does not decide, a firm does not even read", async () => {
  const auditor = await signedIn("auditor");
  const [{ id } = { id: "" }] = await db().nameList.findMany({ take: 1 });
  expect((await auditor.get(`/desk/names/${id}`)).statusCode).toBe(200);
  expect((await auditor.submit(`/desk/names/${id}/drop`, { reason: "x" })).statusCode).toBe(403);
  const [code = ""] = await town.firmsWithOffers(1);
  const firm = await signedIn(code);
  expect((await firm.get("/desk/names")).statusCode).toBe(403);
  expect((await firm.get("/desk/register")).statusCode).toBe(403);
  expect((await (await signedIn("author")).get("/desk/names/name-list_x")).statusCode).toBe(404);
});

test("a subject is found by a name it had, with whom it comes from, its zones and what was registered before", async () => {
  const author = await signedIn("author");
  await hand(author, "former-names", "统一社会信用代码,原名称,变更日期", `${elm},郑州旧榆示例有限公司,2024-05-06`);
  const predecessors = "统一社会信用代码,企业名称,前身代码,承继方式,承继日期";
  await hand(author, "predecessors", predecessors, `${elm},,${oak},个转企,2023-02-01`);
  await hand(author, "zones", "统一社会信用代码,企业名称,功能区,入区日期,迁出日期", `${elm},,郑东新区,2022-01-01,在区`);
  const { body } = await author.get(`/desk/register?find=${encodeURIComponent("郑州旧榆 示例有限公司")}`);
  expect(body).toContain(elm);
  expect(body).toContain(oak);
  expect(body).toContain("个体工商户转为企业");
  expect(body).toContain("郑东新区");
  expect(body).toContain("2024 年 5 月 6 日");
  expect((await author.get(`/desk/register?find=${oak}`)).body).toContain(elm);
  expect((await author.get("/desk/register?find=nobody")).body).not.toContain("<table");
});

test("a registered code that fails its check digit waits for somebody who asks the register", async () => {
  const author = await signedIn("author");
  const header = "统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码";
  const bytes = [header, `${pilot},郑州先行示例有限公司,企业,在营,410172`].join("\n");
  const { importDelivery } = await import("../facts/import-delivery.ts");
  const deps = { ...town.world.house, sources: town.world.sources };
  const report = await importDelivery(deps, {
    ...{ sourceId: "market-regulation", fileName: "m.csv", bytes: new TextEncoder().encode(bytes) },
    ...{ isPartial: true, importedBy: "account-author" },
  });
  // The other warning: a zone of the statistics bureau is no place of registration.
  expect(report.issues.map(({ severity, field }) => `${severity} ${field}`)).toEqual([
    "warning 统一社会信用代码",
    "warning 住所行政区划代码",
  ]);
  expect((await author.get("/desk/register")).body).toContain(pilot);
  const subject = `/desk/register?find=${pilot}`;
  expect((await author.get(subject)).body).toContain("/desk/register/confirm");
  const answer = await author.submit("/desk/register/confirm", { code: pilot, evidence: "复函 12 号" });
  expect(answer.headers.location).toBe(subject);
  const { body } = await author.get(subject);
  expect(body).toContain("复函 12 号");
  expect(body).not.toContain("/desk/register/confirm");
  expect((await author.get("/desk/register")).body).not.toContain(pilot);
});

test("who controls a firm is shown with the other firms of its group, and said to be unknown while nobody has told", async () => {
  const author = await signedIn("author");
  expect((await author.get(`/desk/register?find=${elm}`)).body).toContain("最终控制方");
  await hand(
    author,
    "controllers",
    "统一社会信用代码,企业名称,最终控制方代码",
    `${elm},,91110000MA00HEAD0X`,
    `${oak},,91110000MA00HEAD0X`,
  );
  const { body } = await author.get(`/desk/register?find=${elm}`);
  expect(body).toContain("91110000MA00HEAD0X");
  expect(body).toMatch(new RegExp(`同一集团的其他企业[\\s\\S]*${oak}`));
});
