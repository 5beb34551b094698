import { afterAll, beforeAll, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { receiveDelivery } from "../screening/receive-delivery.ts";
import { openTown, type Town } from "../testing-town.prisma.ts";
import { profileSource } from "./profile.prisma.ts";
import { vocabulary } from "./testing.fs.ts";

const RENTS = "lease.rentByMonth";
let town: Town;
let codes: string[];
beforeAll(async () => {
  town = await openTown(120);
  codes = (await db().firm.findMany({ orderBy: { code: "asc" } })).map(({ code }) => code);
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;

function deliver(lines: readonly string[], isPartial = true) {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const deps = { ...town.world.house, sources: town.world.sources };
  return receiveDelivery(deps, {
    ...{ sourceId: "state-assets", fileName: "rents.csv", bytes, asOf: "2025-10-31" as Day, isPartial },
    importedBy: "account-author",
  });
}

async function rentsOf(code: string) {
  const profiles = await profileSource(db(), vocabulary.facts).load([code], "2025-11-03" as Day);
  return profiles.get(code)?.[RENTS];
}

const header = "统一社会信用代码,承租单位,2022-04合同租金（元）,2022-05合同租金（元）";

test("a department delivers a series as one column per period; an empty cell stays unknown, none is an answer", async () => {
  const reception = await deliver([header, `${codes[0]},,1000.50,`, `${codes[1]},,未起租,900`]);
  expect(reception.outcome).toBe("imported");
  expect(await rentsOf(codes[0] ?? "")).toMatchObject({ state: "known", value: { "2022-04": "1000.5" } });
  expect(await rentsOf(codes[1] ?? "")).toMatchObject({ state: "known", value: { "2022-04": null, "2022-05": "900" } });
});

test("a period that does not exist is an unknown column, and a file without any period is refused", async () => {
  const odd = "统一社会信用代码,承租单位,2022-04合同租金（元）,2022-13合同租金（元）";
  const reception = await deliver([odd, `${codes[2]},,1,2`]);
  if (reception.outcome !== "imported") throw new Error(`was ${reception.outcome}`);
  expect(reception.issues).toMatchObject([{ severity: "warning", field: "2022-13合同租金（元）" }]);
  await expect(deliver(["统一社会信用代码,承租单位", `${codes[2]},`])).rejects.toMatchObject({
    code: "delivery-unreadable",
  });
});

test("a slip of 元 and 万元 in a series is caught as in any column", async () => {
  const rows = (factor: number) =>
    codes.map((code, place) => `${code},,${(1000 + place * 7) * factor},${(990 + place * 7) * factor}`);
  expect((await deliver([header, ...rows(1)], false)).outcome).toBe("imported");
  expect((await deliver([header, ...rows(10_000)], false)).outcome).toBe("quarantined");
});
