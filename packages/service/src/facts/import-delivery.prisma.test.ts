import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import { creditCodeCheckDigit } from "../kernel/credit-code.ts";
import type { Day } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { deliveryStore } from "./delivery.prisma.ts";
import type { DeliveryFile } from "./delivery-file.ts";
import { type ImportDeps, importDelivery } from "./import-delivery.ts";
import { profileSource } from "./profile.prisma.ts";
import { registry } from "./registry.prisma.ts";
import { sources, vocabulary } from "./testing.fs.ts";

// Deliveries stay, so each test has firms of its own.
let alder: string;
let birch: string;
let firms = 0;
let store: Store;
let clock: SettableClock;
let deps: ImportDeps;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

beforeEach(async () => {
  clock = new SettableClock(new Date("2025-11-03T00:30:00Z"));
  deps = {
    clock,
    sources,
    transaction: (work) =>
      store.prisma.$transaction((tx) =>
        work({ deliveries: deliveryStore(tx), registry: registry(tx, store.sealing), journal: journalOn(tx) }),
      ),
  };
  [alder, birch] = [firmCode(), firmCode()];
  await importDelivery(deps, register());
});

function firmCode(): string {
  firms += 1;
  const first17 = `91410105MX${String(firms).padStart(7, "0")}`;
  return first17 + creditCodeCheckDigit(first17);
}

function file(sourceId: string, lines: readonly string[], over: Partial<DeliveryFile> = {}): DeliveryFile {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  return {
    sourceId,
    fileName: `${sourceId}.csv`,
    bytes,
    asOf: "2025-10-31" as Day,
    importedBy: "system:test",
    ...over,
  };
}

function register(name = "郑州桤木示例有限公司", over: Partial<DeliveryFile> = {}): DeliveryFile {
  return file(
    "market-regulation",
    [
      "统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码,整体迁入日期,联系邮箱",
      `${alder},${name},企业,在营,410105,无,alder@firms.example`,
      `${birch},郑州白桦示例有限公司,企业,在营,410102,2020-05-06,`,
    ],
    over,
  );
}

const staff = (rows: readonly string[], over: Partial<DeliveryFile> = {}) =>
  file("human-resources", ["统一社会信用代码,足额缴费月数,上年末职工人数", ...rows], over);

const accounts = (holder: string, no: string, over: Partial<DeliveryFile> = {}) =>
  file(
    "bank-accounts",
    ["统一社会信用代码,账户名称,银行账号,开户银行,联行号", `${alder},${holder},${no},示例银行,991491000001`],
    over,
  );

async function profile(firmCode: string, about = "2025-11-03", knownOn = about) {
  const profiles = await store.prisma.$transaction((tx) =>
    profileSource(tx, vocabulary.facts).load([firmCode], about as Day, knownOn as Day),
  );
  return profiles.get(firmCode)!;
}

const counts = async () => ({
  deliveries: await store.prisma.delivery.count(),
  facts: await store.prisma.fact.count(),
  issues: await store.prisma.deliveryIssue.count(),
  events: await store.prisma.journalEvent.count(),
});

describe("a delivery", () => {
  test("keeps source, as-of day, arrival and delivery with each fact, and is journaled", async () => {
    const { outcome, delivery } = await importDelivery(deps, staff([`${alder},24,48`]));
    expect(outcome).toBe("imported");
    expect((await profile(alder))["hr.staffYearEnd"]).toEqual({
      state: "known",
      value: 48,
      source: "human-resources",
      asOf: "2025-10-31",
      obtainedAt: "2025-11-03T00:30:00.000Z",
      deliveryId: delivery.id,
    });
    const event = await store.prisma.journalEvent.findFirst({ where: { subject: delivery.id } });
    expect(event).toMatchObject({
      type: "delivery-imported",
      actor: "system:test",
      payload: { sourceId: "human-resources", sha256: delivery.sha256, rowsGood: 1, rowsBad: 0 },
    });
  });

  test("known none is kept apart from unknown", async () => {
    expect((await profile(alder))["ent.relocatedOn"]).toMatchObject({ state: "known", value: null });
    expect((await profile(birch))["ent.relocatedOn"]).toMatchObject({ state: "known", value: "2020-05-06" });
    expect((await profile(birch))["credit.abnormalOperation"]).toBeUndefined();
  });

  test("of the same bytes and day again answers the first result and writes nothing", async () => {
    const first = await importDelivery(deps, staff([`${alder},24,48`, `${birch},x,1`]));
    const before = await counts();
    clock.moveTo(new Date("2025-11-04T00:30:00Z"));
    const again = await importDelivery(deps, staff([`${alder},24,48`, `${birch},x,1`], { fileName: "renamed.csv" }));
    expect(again).toEqual({ ...first, outcome: "repeated" });
    const undated = await importDelivery(deps, staff([`${alder},24,48`, `${birch},x,1`], { asOf: undefined }));
    expect(undated.outcome).toBe("repeated");
    expect(await counts()).toEqual(before);
  });

  test("of the same bytes about a later day is a new delivery that keeps the facts fresh", async () => {
    await importDelivery(deps, staff([`${alder},24,48`], { asOf: "2025-09-30" as Day }));
    expect((await importDelivery(deps, staff([`${alder},24,48`]))).outcome).toBe("imported");
    expect((await profile(alder))["hr.staffYearEnd"]).toMatchObject({ asOf: "2025-10-31" });
  });

  test("with bad rows keeps the good ones and the reasons", async () => {
    const { delivery } = await importDelivery(deps, staff([`${alder},24,48`, `${birch},二十,1`]));
    expect(delivery).toMatchObject({ rowsGood: 1, rowsBad: 1 });
    const issues = await store.prisma.deliveryIssue.findMany({ where: { deliveryId: delivery.id } });
    expect(issues).toMatchObject([{ line: 3, field: "足额缴费月数", severity: "refused" }]);
    expect(await profile(birch)).not.toHaveProperty("ui.fullyPaidMonths");
  });

  test("is written whole or not at all", async () => {
    const before = await counts();
    const failing: ImportDeps = {
      ...deps,
      transaction: (work) =>
        deps.transaction((stores) =>
          work({ ...stores, journal: { append: () => Promise.reject(new Error("disk full")) } }),
        ),
    };
    await expect(importDelivery(failing, staff([`${alder},24,48`]))).rejects.toThrow("disk full");
    expect(await counts()).toEqual(before);
  });

  test.each([
    ["an unknown source", { sourceId: "weather" }, "delivery-source-unknown"],
    ["an empty file", { bytes: new Uint8Array() }, "delivery-unreadable"],
    ["a day in the future", { asOf: "2025-11-04" as Day }, "bad-input"],
  ])("from %s is refused and leaves nothing behind", async (_, over, code) => {
    const before = await counts();
    await expect(importDelivery(deps, staff([`${alder},24,48`], over))).rejects.toMatchObject({ code });
    expect(await counts()).toEqual(before);
  });
});

describe("the profile of a day", () => {
  test("holds what was known then, about then", async () => {
    const recognised = (year: number, asOf: string) =>
      importDelivery(
        deps,
        file("science", ["统一社会信用代码,首次认定年度", `${alder},${year}`], { asOf: asOf as Day }),
      );
    await recognised(2020, "2025-09-30");
    clock.moveTo(new Date("2025-11-10T00:30:00Z"));
    await recognised(2021, "2025-10-31");
    const known = async (day: string) => (await profile(alder, day))["hte.firstRecognisedYear"];
    expect(await known("2025-11-02")).toBeUndefined();
    expect(await known("2025-11-09")).toMatchObject({ value: 2020 });
    expect(await known("2025-11-10")).toMatchObject({ value: 2021 });
  });

  test("takes a correction that arrives in the same instant", async () => {
    await importDelivery(deps, staff([`${alder},24,48`]));
    await importDelivery(deps, staff([`${alder},24,53`]));
    expect((await profile(alder))["hr.staffYearEnd"]).toMatchObject({ value: 53 });
  });

  test("does not let a late delivery of old figures replace newer ones", async () => {
    await importDelivery(deps, staff([`${alder},24,53`]));
    await importDelivery(deps, staff([`${alder},24,48`], { asOf: "2025-06-30" as Day }));
    expect((await profile(alder))["hr.staffYearEnd"]).toMatchObject({ value: 53 });
  });

  test("shows the conflict of two departments", async () => {
    await importDelivery(deps, staff([`${alder},24,48`]));
    await importDelivery(deps, file("tax", ["纳税人识别号,上年末从业人数", `${alder},53`]));
    expect((await profile(alder))["hr.staffYearEnd"]).toMatchObject({ state: "unknown", reason: "conflict" });
  });

  test("of firms nobody delivered anything about is empty", async () => {
    expect(await profile("91410105MX0000035W")).toEqual({});
  });

  test("can be asked as of any later knowledge: a correction is seen from the day it came, about the day it corrects", async () => {
    const counted = (people: number) => staff([`${birch},24,${people}`], { asOf: "2025-11-01" as Day });
    clock.moveTo(new Date("2025-11-05T00:30:00Z"));
    await importDelivery(deps, counted(40));
    clock.moveTo(new Date("2025-11-20T00:30:00Z"));
    await importDelivery(deps, counted(44));
    const staffOn = async (about: string, knownOn?: string) =>
      (await profile(birch, about, knownOn))["hr.staffYearEnd"];
    expect(await staffOn("2025-11-04", "2025-11-04")).toBeUndefined();
    expect(await staffOn("2025-11-04", "2025-11-19")).toMatchObject({ value: 40 });
    expect(await staffOn("2025-11-04", "2025-11-20")).toMatchObject({ value: 44 });
    expect(await staffOn("2025-10-31", "2025-11-20")).toBeUndefined();
  });
});

describe("the register", () => {
  test("takes over a new name and keeps an address that a delivery leaves out", async () => {
    await importDelivery(deps, register("郑州桤木新名示例有限公司", { asOf: "2025-11-01" as Day }));
    expect(await store.prisma.firm.findUnique({ where: { code: alder } })).toMatchObject({
      name: "郑州桤木新名示例有限公司",
      regionCode: "410105",
      email: "alder@firms.example",
    });
  });

  const active = () => store.prisma.bankAccount.findMany({ where: { firmCode: alder, status: "active" } });

  test("keeps one active account per firm, the newest delivered, with its source", async () => {
    await importDelivery(deps, accounts("郑州旧名示例有限公司", "9100000001"));
    await importDelivery(deps, accounts("郑州桤木示例有限公司", "9100000002"));
    expect(await active()).toMatchObject([{ accountNo: "9100000002", source: "bank-accounts" }]);
    expect(await store.prisma.bankAccount.count({ where: { firmCode: alder } })).toBe(2);
  });

  test("may return to an earlier account", async () => {
    const days = ["2025-10-01", "2025-10-02", "2025-10-03"] as Day[];
    for (const [place, no] of ["9100000001", "9100000002", "9100000001"].entries()) {
      await importDelivery(deps, accounts("郑州桤木示例有限公司", no, { asOf: days[place] }));
    }
    expect(await active()).toMatchObject([{ accountNo: "9100000001" }]);
  });

  test("never lets a department override the account that the firm named itself", async () => {
    await importDelivery(deps, accounts("郑州旧名示例有限公司", "9100000001"));
    await store.prisma.bankAccount.updateMany({ where: { firmCode: alder }, data: { status: "superseded" } });
    const own = { id: `own-${alder}`, firmCode: alder, holderName: "郑州桤木示例有限公司", accountNo: "9100000009" };
    const bank = { bankName: "示例银行", bankCode: "991491000001", source: "firm", status: "active" };
    const rest = { recordedBy: "person", activeSince: clock.now(), restsUntil: clock.now() };
    await store.prisma.bankAccount.create({ data: { ...own, ...bank, ...rest, createdAt: clock.now() } });
    const { issues, delivery } = await importDelivery(deps, accounts("郑州旧名示例有限公司", "9100000003"));
    expect(await active()).toMatchObject([{ accountNo: "9100000009", source: "firm" }]);
    expect(issues).toMatchObject([{ line: 2, severity: "warning", reason: { en: expect.stringContaining("itself") } }]);
    expect(delivery.rowsGood).toBe(1);
  });
});
