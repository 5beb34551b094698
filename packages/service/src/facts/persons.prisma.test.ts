import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { checkCharacterOf } from "../kernel/identity-number.ts";
import { maskFirmName, maskSubjectCode } from "../kernel/mask.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { loadSourcesIn } from "../policies/rules-directory.fs.ts";
import { transactionsOn } from "../stores.prisma.ts";
import { importDelivery } from "./import-delivery.ts";

/** Natural persons: known by a pseudonym, never by their number. */

const rules = path.join(import.meta.dirname, "../../../../rules");
const numberOf = (serial: number) => {
  const first17 = `99999919900101${String(serial).padStart(3, "0")}`;
  return first17 + checkCharacterOf(first17);
};
const header = "公民身份号码,姓名,主体类型,户籍行政区划代码,联系电话\n";

let store: Store;
let deliver: (csv: string) => ReturnType<typeof importDelivery>;
beforeAll(async () => {
  store = await openTestStore();
  const clock = new SettableClock(new Date("2025-11-03T00:30:00Z"));
  const deps = {
    clock,
    sources: await loadSourcesIn(rules),
    transaction: transactionsOn(store, new CompiledPolicies()),
  };
  deliver = (csv) =>
    importDelivery(deps, {
      ...{ sourceId: "residents", fileName: "residents.csv", bytes: new TextEncoder().encode(csv), importedBy: "x" },
      asOf: "2025-10-31" as Day,
    });
});
afterAll(() => store.close());

const everyText = async () => {
  const tables = await store.prisma.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(table_name) AS name FROM information_schema.tables
    WHERE table_schema IN ('public', 'staging') AND table_type = 'BASE TABLE'`;
  let all = "";
  for (const { name } of tables) {
    const rows = await store.prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${name} AS t`);
    all += rows.map(({ row }) => row).join("\n");
  }
  return all;
};

describe("a natural person", () => {
  test("is registered under a pseudonym, and the same person always under the same", async () => {
    const row = `${numberOf(1)},张三,自然人,410105,13800000000\n`;
    const first = await deliver(`${header}${row}`);
    expect(first).toMatchObject({ outcome: "imported", issues: [] });
    const [person] = await store.prisma.firm.findMany({ where: { code: { startsWith: "P" } } });
    expect(person).toMatchObject({
      code: expect.stringMatching(/^P[0-9A-F]{24}$/),
      name: "张三",
      phone: "13800000000",
    });
    await deliver(`${header}${row.replace("410105", "410102").replace("13800000000", "")}`);
    expect(await store.prisma.firm.count()).toBe(1);
    expect(await store.prisma.person.findMany()).toEqual([{ code: person?.code, identityNo: numberOf(1) }]);
  });

  test("whose number is wrong is refused by line and header, and the number is not repeated", async () => {
    const wrong = numberOf(2).replace("19900101", "19900102");
    const report = await deliver(`${header}${wrong},李四,自然人,410105,\n${numberOf(3)},王五,自然人,410105,\n`);
    expect(report.issues).toMatchObject([{ line: 2, field: "公民身份号码", severity: "refused" }]);
    expect(JSON.stringify(report.issues)).not.toContain(wrong);
    expect(await store.prisma.person.count()).toBe(2);
  });

  test("has a number and a telephone that stand nowhere in the store as they are", async () => {
    const all = await everyText();
    for (const canary of [numberOf(1), numberOf(2), numberOf(3), "13800000000"]) expect(all).not.toContain(canary);
    expect(all).toContain("张三");
  });

  test("shows neither name nor code in what is published", async () => {
    const [{ code } = { code: "" }] = await store.prisma.person.findMany();
    expect(maskSubjectCode(code)).toBe("****");
    expect(maskFirmName("张三")).toBe("****");
  });

  test.each([
    ["changes the number behind a pseudonym", "UPDATE person SET identity_no = 'sealed:test-1:AA'"],
    ["forgets a person", "DELETE FROM person"],
    ["keeps a number plain", "UPDATE person SET identity_no = '999999199001010011'"],
  ])("nobody %s, by SQL either", async (_, sql) => {
    await expect(store.prisma.$executeRawUnsafe(sql)).rejects.toThrow();
  });
});
