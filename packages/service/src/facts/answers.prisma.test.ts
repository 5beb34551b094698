import { decide } from "@apply-free/rules";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { receiveDelivery } from "../screening/receive-delivery.ts";
import { openTown, type Town } from "../testing-town.prisma.ts";
import { parseDeliverySource } from "./parse-delivery-source.ts";
import { profileSource } from "./profile.prisma.ts";
import { vocabulary } from "./testing.fs.ts";

/** A department that shows no values and only confirms or denies (可核验不可见). */

const LARGE = "裁员率不超过5.5%";
const SMALL = "裁员率不超过20%";
const source = parseDeliverySource(
  {
    id: "confirming",
    department: { zh: "某局", en: "A bureau" },
    title: { zh: "核验结果", en: "Confirmations" },
    kind: "facts",
    files: ["csv"],
    key: "统一社会信用代码",
    covers: { absence: "unknown" },
    columns: [
      { header: LARGE, answers: { fact: "ui.layoffRate", operator: "atMost", value: "5.5" } },
      { header: SMALL, answers: { fact: "ui.layoffRate", operator: "atMost", value: "20" } },
    ],
  },
  vocabulary,
);

let town: Town;
let codes: string[];
beforeAll(async () => {
  town = await openTown(120);
  codes = (await db().firm.findMany({ orderBy: { code: "asc" } })).map(({ code }) => code);
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;

function deliver(rows: readonly string[], asOf = "2025-11-02") {
  const bytes = new TextEncoder().encode([`统一社会信用代码,${LARGE},${SMALL}`, ...rows].join("\n"));
  const deps = { ...town.world.house, sources: new Map([[source.id, source]]) };
  return receiveDelivery(deps, {
    ...{ sourceId: source.id, fileName: "confirmed.csv", bytes, asOf: asOf as Day, importedBy: "account-author" },
  });
}

test("what it confirms is known of the fact and decides as far as it goes; the rest stays open", async () => {
  const rows = codes.map((code, place) => `${code},${place % 4 === 0 ? "否" : "是"},是`);
  expect((await deliver(rows)).outcome).toBe("imported");
  const only = new Map([["ui.layoffRate", { maxAgeDays: 400 }]]);
  const confirmed = await db().fact.findMany({ where: { sourceId: source.id, firmCode: codes[1] ?? "" } });
  expect(confirmed).toMatchObject([{ factId: "ui.layoffRate" }]);
  // Beside the bureau that shows values there is a conflict; alone it gives answers.
  const stated = await profileSource(db(), only).load([codes[1] ?? ""], "2025-11-03" as Day);
  expect(stated.get(codes[1] ?? "")?.["ui.layoffRate"]?.state).not.toBe("known");

  const versions = await policyVersionStore(db()).listLatest();
  const version = versions.find(({ policyId }) => policyId.includes("o01"));
  if (!version) throw new Error("the town has published O01");
  const { policy } = town.world.house.compiled.get(version);
  const facts = town.world.house.compiled.facts;
  const [whole = {}] = [...(await profileSource(db(), facts).load([codes[1] ?? ""], "2025-11-03" as Day)).values()];
  const answers = [
    { operator: "atMost" as const, value: "5.5", answer: true },
    { operator: "atMost" as const, value: "20", answer: true },
  ];
  const leaf = async (state: (typeof whole)[string]) => {
    const { trace } = await decide(policy, { ...whole, "ui.layoffRate": state }, { asOf: "2025-11-03" });
    return JSON.stringify(trace).match(
      /"name":"lowLayoffRate"[^{}]*"result":"(\w+)"|"result":"(\w+)"[^{}]*"name":"lowLayoffRate"/,
    )?.[0];
  };
  expect(await leaf({ state: "answers", answers })).toContain('"result":"true"');
  expect(await leaf({ state: "answers", answers: answers.slice(1) })).toContain('"result":"unknown"');
});

test("answers that turn as a whole are caught as any column's are", async () => {
  const rows = codes.map((code, place) => `${code},${place % 4 === 0 ? "是" : "否"},是`);
  expect((await deliver(rows, "2025-11-03")).outcome).toBe("quarantined");
});
