import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeliveryFile } from "../facts/delivery-file.ts";
import type { Day } from "../kernel/day.ts";
import { openTown, type Town } from "../testing-town.prisma.ts";
import { confirmCode } from "./confirm-code.ts";
import { receiveFile } from "./receive-file.ts";
import { completeNameList, dropNameList, settleNames, settlePlainNames } from "./settle-names.ts";

const today = "2025-11-03" as Day;
const pilot = "91350100M0001TGQXM";
const people = { by: "account-author" };

let town: Town;
let elm: string;
let oak: string;
beforeAll(async () => {
  town = await openTown(120);
  const [one, two] = await db().firm.findMany({ orderBy: { code: "asc" }, take: 2 });
  [elm, oak] = [one?.code ?? "", two?.code ?? ""];
  await rename(elm, "郑州榆木示例（集团）有限公司");
  await rename(oak, "郑州橡木示例有限公司");
});
afterAll(() => town.close());

const db = () => town.world.house.db;
const deps = () => ({ ...town.world.house, sources: town.world.sources });
const rename = (code: string, name: string) => db().firm.update({ where: { code }, data: { name } });
const entriesOf = (listId: string) => db().nameListEntry.findMany({ where: { listId }, orderBy: { name: "asc" } });
const titlesOf = (firmCode: string, deliveryId: string) =>
  db().fact.findFirst({ where: { firmCode, deliveryId, factId: "title.held" } });

function file(sourceId: string, ...lines: readonly string[]): DeliveryFile {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  return { sourceId, fileName: `${sourceId}.csv`, bytes, asOf: today, isPartial: true, importedBy: "account-author" };
}

let lists = 0;
/** A list of titles as bureaus publish them: names, no codes. Each is another file. */
function titles(...names: readonly string[]): DeliveryFile {
  lists += 1;
  const rows = names.map((name) => `${name},智能工厂,2025-0${lists}-01,长期,是`);
  return file("industry", "智能制造称号认定名单", "企业名称,称号,认定日期,有效期至,现场核查正常经营", ...rows);
}

async function named(delivery: DeliveryFile) {
  const reception = await receiveFile(deps(), delivery);
  if (reception.outcome !== "named") throw new Error(`was ${reception.outcome}`);
  return reception.list.id;
}

describe("a list of names without codes", () => {
  test("waits for a person; nothing of it is known before", async () => {
    const before = await db().fact.count();
    const id = await named(titles("郑州榆木示例(集团) 有限公司", "没有这家有限公司"));
    expect(await db().fact.count()).toBe(before);
    const [, found] = await entriesOf(id);
    expect(await entriesOf(id)).toMatchObject([
      { name: "没有这家有限公司", candidates: [], lines: [4] },
      { lines: [3] },
    ]);
    // The width of brackets and spaces make no other name.
    expect(found?.candidates).toEqual([{ code: elm, name: "郑州榆木示例（集团）有限公司", how: "current" }]);
    await expect(completeNameList(deps(), { id, ...people })).rejects.toMatchObject({ code: "name-not-settled" });
  });

  test("that is handed over twice waits once", async () => {
    const list = titles("郑州榆木示例（集团）有限公司");
    expect(await named(list)).toBe(await named(list));
  });

  test("may be as long as a register; all its names are settled together, and the last word on each counts", async () => {
    const names = Array.from({ length: 12_000 }, (_, nth) => `无此企业${nth}有限公司`);
    const id = await named(titles(...names));
    const [twice = ""] = names;
    const answers = [{ name: twice, code: elm }, ...names.map((name) => ({ name }))];
    await settleNames(deps(), { id, answers, ...people });
    const where = { listId: id, settledBy: people.by, firmCode: null };
    expect(await db().nameListEntry.count({ where })).toBe(names.length);
    await dropNameList(deps(), { id, ...people, reason: "演练" });
  });

  test("agreed to goes on with the codes; a name that is nobody's is reported on its line", async () => {
    const id = await named(titles("郑州榆木示例（集团）有限公司", "没有这家有限公司"));
    expect(await settlePlainNames(deps(), { id, ...people })).toBe(1);
    await settleNames(deps(), { id, answers: [{ name: "没有这家有限公司" }], ...people });
    const reception = await completeNameList(deps(), { id, ...people });
    if (reception.outcome !== "imported") throw new Error(`was ${reception.outcome}`);
    expect(await titlesOf(elm, reception.delivery.id)).toMatchObject({ value: [{ title: "智能工厂" }] });
    expect(reception.delivery).toMatchObject({ rowsGood: 1, rowsBad: 1 });
    expect(reception.issues.filter(({ severity }) => severity === "refused")).toMatchObject([{ line: 4 }]);
    expect(await db().nameList.findUnique({ where: { id } })).toMatchObject({ status: "completed" });
    await expect(completeNameList(deps(), { id, ...people })).rejects.toMatchObject({ code: "name-list-not-open" });
  });

  test("a name that somebody had before, or that two have, is never agreed to at a glance", async () => {
    await receiveFile(
      deps(),
      file("former-names", "统一社会信用代码,原名称,变更日期", `${oak},郑州旧橡示例有限公司,2024-01-01`),
    );
    await rename(oak, "郑州榆木示例（集团）有限公司");
    const id = await named(titles("郑州旧橡示例有限公司", "郑州榆木示例（集团）有限公司"));
    const [former, twice] = await entriesOf(id);
    expect(former?.candidates).toEqual([{ code: oak, name: "郑州榆木示例（集团）有限公司", how: "former" }]);
    expect(twice?.candidates).toHaveLength(2);
    expect(await settlePlainNames(deps(), { id, ...people })).toBe(0);
    await rename(oak, "郑州橡木示例有限公司");
  });

  test("what a person answered of one list is proposed for the next", async () => {
    const id = await named(titles("榆木集团"));
    await settleNames(deps(), { id, answers: [{ name: "榆木集团", code: elm }], ...people });
    await completeNameList(deps(), { id, ...people });
    const next = await named(titles("榆木集团"));
    expect((await entriesOf(next))[0]?.candidates).toEqual([
      { code: elm, name: "郑州榆木示例（集团）有限公司", how: "answered" },
    ]);
  });

  test("takes no code that is not registered, and none once it is dropped", async () => {
    const id = await named(titles("某公司"));
    const answers = [{ name: "某公司", code: "91410000170001401D" }];
    await expect(settleNames(deps(), { id, answers, ...people })).rejects.toMatchObject({ code: "bad-input" });
    await dropNameList(deps(), { id, reason: "发错了", ...people });
    const late = settleNames(deps(), { id, answers: [{ name: "某公司", code: elm }], ...people });
    await expect(late).rejects.toMatchObject({ code: "name-list-not-open" });
  });

  test("without any name is refused as every delivery without rows is", async () => {
    await expect(named(titles())).rejects.toMatchObject({ code: "delivery-unreadable" });
  });

  test("with a column of codes is an ordinary delivery", async () => {
    const header = "统一社会信用代码,企业名称,称号,认定日期,有效期至,现场核查正常经营";
    const reception = await receiveFile(deps(), file("industry", header, `${elm},,智能工厂,2025-09-01,长期,是`));
    expect(reception.outcome).toBe("imported");
  });
});

describe("a code that fails its check digit", () => {
  test("is registered with a warning, and offered nothing until the register was asked", async () => {
    const [offered] = await db().entitlement.findMany({
      where: { status: "offered" },
      orderBy: { id: "asc" },
      take: 1,
    });
    const twin = offered?.firmCode ?? "";
    await db()
      .$executeRaw`INSERT INTO firm (code, name, region_code) SELECT ${pilot}, name || '二', region_code FROM firm WHERE code = ${twin}`;
    await db().$executeRaw`
      INSERT INTO fact (firm_code, fact_id, value, source_id, delivery_id, as_of, obtained_at)
      SELECT ${pilot}, fact_id, value, source_id, delivery_id, as_of, obtained_at FROM fact WHERE firm_code = ${twin}`;
    const match = town.world.house.jobs.find(({ name }) => name === "match");
    await match?.run("2025-11-03T04:01");
    const offers = () => db().entitlement.count({ where: { firmCode: pilot, status: "offered" } });
    expect(await db().decision.count({ where: { firmCode: pilot, outcome: "eligible" } })).toBeGreaterThan(0);
    expect(await offers()).toBe(0);
    const asked = { code: pilot, evidence: "登记机关2025年11月复函" };
    await confirmCode(deps(), { ...asked, ...people });
    await confirmCode(deps(), { ...asked, by: "account-operator" });
    expect(await db().codeConfirmation.findMany()).toMatchObject([{ code: pilot, confirmedBy: "account-author" }]);
    expect(await db().journalEvent.count({ where: { type: "code-confirmed" } })).toBe(1);
    await match?.run("2025-11-03T04:02");
    expect(await offers()).toBeGreaterThan(0);
  });

  test.each([
    ["needs no word where the digit is right", "91410000170001401D", "x"],
    ["is not confirmed before it is registered", "91350211M0000XUF46", "x"],
    ["is not confirmed without evidence", pilot, " "],
  ])("%s", async (_, code, evidence) => {
    await expect(confirmCode(deps(), { code, evidence, ...people })).rejects.toMatchObject({ code: "bad-input" });
  });
});
