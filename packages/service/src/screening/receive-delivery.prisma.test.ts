import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveryStore } from "../facts/delivery.prisma.ts";
import type { DeliveryFile } from "../facts/delivery-file.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { registry } from "../facts/registry.prisma.ts";
import { sources, vocabulary } from "../facts/testing.fs.ts";
import { SettableClock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersion } from "../policies/policy-version.ts";
import { affectedFirms } from "./affected-firms.ts";
import { predecessorStore } from "./predecessor.prisma.ts";
import { quarantineStore } from "./quarantine.prisma.ts";
import { checkReception, type ReceiveDeps, receiveDelivery } from "./receive-delivery.ts";
import { rejectQuarantined, releaseQuarantined } from "./settle-quarantine.ts";
import { firms, numbers, type Row, rowsOf } from "./testing-deliveries.ts";

const REVENUE = "上年营业收入（万元）";
const somebody = firms.find(({ flaw, status }) => flaw.kind === "none" && status === "在营")!;

let store: Store;
let clock: SettableClock;
let deps: ReceiveDeps;
/** Facts that policies decide on; revenue pays, the rest does not. */
const compiled = { get: () => ({ needs: ["fin.revenue"] }) } as unknown as CompiledPolicies;
const policyVersions = { listLatest: async () => [{} as PolicyVersion] };

beforeAll(async () => {
  store = await openTestStore();
  clock = new SettableClock(new Date("2025-11-03T00:30:00Z"));
  deps = {
    clock,
    sources,
    compiled,
    transaction: (work) =>
      store.prisma.$transaction((tx) =>
        work({
          deliveries: deliveryStore(tx),
          registry: registry(tx, store.sealing),
          quarantine: quarantineStore(tx),
          predecessors: predecessorStore(tx),
          policyVersions,
          journal: journalOn(tx),
        }),
      ),
  };
  await receiveDelivery(deps, file("market-regulation", rowsOf("market-regulation"), "2025-10-28"));
  await receiveDelivery(deps, file("tax", rowsOf("tax"), "2025-10-28"));
});
afterAll(() => store.close());

function file(sourceId: string, rows: readonly Row[], asOf: string): DeliveryFile {
  const headers = Object.keys(rows[0] ?? {});
  const lines = [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ""))];
  const bytes = new TextEncoder().encode(lines.map((cells) => cells.join(",")).join("\n"));
  return { sourceId, fileName: `${sourceId}-${asOf}.csv`, bytes, asOf: asOf as Day, importedBy: "account-operator" };
}

/** Revenue in 元 where 万元 is meant; each call another file. */
const slipped = (asOf: string) => file("tax", numbers(REVENUE, (n) => n * 10_000)(rowsOf("tax")), asOf);

async function revenueOf(firmCode: string) {
  const profiles = await store.prisma.$transaction((tx) =>
    profileSource(tx, vocabulary.facts).load([firmCode], "2025-11-03" as Day),
  );
  return profiles.get(firmCode)?.["fin.revenue"];
}

async function held(asOf: string): Promise<string> {
  const reception = await receiveDelivery(deps, slipped(asOf));
  if (reception.outcome !== "quarantined") throw new Error(`not held: ${reception.outcome}`);
  return reception.quarantined.id;
}

const types = async () =>
  (await store.prisma.journalEvent.findMany({ orderBy: { seq: "asc" } })).map(({ type }) => type).slice(2);

describe("a delivery that looks wrong", () => {
  test("is held whole: nothing of it is known, and the same file again is the same delivery", async () => {
    const before = await revenueOf(somebody.code);
    const first = await receiveDelivery(deps, slipped("2025-10-29"));
    const again = await receiveDelivery(deps, slipped("2025-10-29"));
    expect(first).toMatchObject({
      outcome: "quarantined",
      quarantined: { status: "held", pays: true, findings: [{ code: "unit-slip", column: "fin.revenue" }] },
    });
    expect(again).toEqual(first);
    expect(await revenueOf(somebody.code)).toEqual(before);
    expect(await types()).toEqual(["delivery-quarantined"]);
  });

  test("is found by a dry run too, which writes nothing", async () => {
    const count = await store.prisma.quarantinedDelivery.count();
    const report = await checkReception(deps, slipped("2025-10-30"));
    expect(report.findings.map(({ code }) => code)).toEqual(["unit-slip"]);
    expect(await store.prisma.quarantinedDelivery.count()).toBe(count);
  });

  test("tells whom it would touch, with the value before and now", async () => {
    const affected = await affectedFirms(deps, await held("2025-10-29"));
    const one = affected.find(({ firmCode }) => firmCode === somebody.code)!;
    expect(one.firmName).toBe(somebody.name);
    const [{ id, before, now }] = one.changes as [(typeof one.changes)[number]];
    expect([id, Number(now)]).toEqual(["fin.revenue", Number(before) * 10_000]);
    expect(affected.length).toBeGreaterThan(400);
  });

  test("whose facts pay is taken over when two people say so, and they are two", async () => {
    const id = await held("2025-10-31");
    const order = { id, by: "account-author", reason: "税务局书面确认口径改变" };
    expect(await releaseQuarantined(deps, order)).toMatchObject({ outcome: "endorsed" });
    await expect(releaseQuarantined(deps, order)).rejects.toMatchObject({ code: "maker-is-checker" });
    expect(await revenueOf(somebody.code)).toMatchObject({ asOf: "2025-10-28" });
    const released = await releaseQuarantined(deps, { ...order, by: "account-operator" });
    expect(released).toMatchObject({ outcome: "released", report: { outcome: "imported" } });
    expect(await revenueOf(somebody.code)).toMatchObject({ asOf: "2025-10-31" });
    await expect(releaseQuarantined(deps, order)).rejects.toMatchObject({ code: "quarantine-not-open" });
    await expect(rejectQuarantined(deps, order)).rejects.toMatchObject({ code: "quarantine-not-open" });
  });

  test("that was sent back stays without effect, also when it is sent again", async () => {
    const wrong = file("tax", numbers(REVENUE, (n) => n / 10_000)(rowsOf("tax")), "2025-11-01");
    const reception = await receiveDelivery(deps, wrong);
    if (reception.outcome !== "quarantined") throw new Error("not held");
    await rejectQuarantined(deps, { id: reception.quarantined.id, by: "account-operator", reason: "单位有误" });
    expect(await receiveDelivery(deps, wrong)).toMatchObject({ quarantined: { status: "rejected" } });
    expect(await store.prisma.delivery.count({ where: { sourceId: "tax" } })).toBe(2);
  });

  test("needs a reason for whatever is said of it, and has to exist", async () => {
    const order = { id: await held("2025-10-29"), by: "account-operator", reason: " " };
    await expect(releaseQuarantined(deps, order)).rejects.toMatchObject({ code: "bad-input" });
    await expect(rejectQuarantined(deps, { ...order, id: "quarantine_none", reason: "x" })).rejects.toMatchObject({
      code: "quarantine-not-found",
    });
  });
});

describe("the database refuses", () => {
  const change = (sql: string) => store.prisma.$executeRawUnsafe(sql);

  test("to release facts that pay on one person's word", async () => {
    await held("2025-10-29");
    await expect(
      change(`UPDATE quarantined_delivery SET status = 'released', decided_by = 'a', decided_at = now(), reason = 'x',
        delivery_id = (SELECT id FROM delivery LIMIT 1) WHERE status = 'held'`),
    ).rejects.toThrow(/check constraint/);
  });

  test.each(["bytes = ''", "findings = '[{}]'", "pays = false", "as_of = '2020-01-01'"])("%s", async (assignment) => {
    await expect(change(`UPDATE quarantined_delivery SET ${assignment}`)).rejects.toThrow(/kept as it arrived/);
  });

  test("to forget a held delivery, or to open a decided one again", async () => {
    await expect(change("DELETE FROM quarantined_delivery")).rejects.toThrow(/append-only/);
    await expect(
      change(`UPDATE quarantined_delivery SET status = 'held', decided_by = NULL, decided_at = NULL, reason = NULL
        WHERE status = 'rejected'`),
    ).rejects.toThrow(/illegal transition/);
  });
});
