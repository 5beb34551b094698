import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sealingWith } from "../kernel/sealing.ts";
import { testKeyRing, testSealing } from "../kernel/testing-sealing.ts";
import { bindKeys, resealWithCurrentKey, sealWhatIsPlain } from "./reseal.prisma.ts";
import { sealedColumns } from "./sealed-column.ts";
import type { Store } from "./store.prisma.ts";
import { openTestStore } from "./testing.prisma.ts";

const code = "91410100MA0000003T";
const number = "6222000000000001";
let store: Store;

const account = (id: string, accountNo: string) => ({
  ...{ id, accountNo, firmCode: code, holderName: "郑州示例有限公司", bankName: "试验银行", bankCode: "102491000019" },
  ...{ source: "firm", status: "superseded", createdAt: new Date(0) },
  ...{ recordedBy: "person", activeSince: new Date(0), restsUntil: new Date(0) },
});
const list = (id: string, bytes: Uint8Array<ArrayBuffer>) => ({
  ...{ id, bytes, sourceId: "s", fileName: "名单.csv", sha256: id, asOf: new Date(0), complete: true, status: "open" },
  ...{ arrivedAt: new Date(0), importedBy: "x" },
});
const stored = (id: string) =>
  store.prisma.$queryRaw<{ no: string; index: string }[]>`
    SELECT account_no AS no, account_index AS index FROM bank_account WHERE id = ${id}`.then(([row]) => row);

beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.firm.create({ data: { code, name: "郑州示例有限公司", regionCode: "410100" } });
  await store.prisma.bankAccount.createMany({ data: [account("a1", number), account("a2", "6222000000000002")] });
  await store.prisma.nameList.create({ data: list("l1", Uint8Array.from([1, 2, 3])) });
});
afterAll(() => store.close());

describe("a sealed column", () => {
  test("lies sealed beside its index, and is read as it was written", async () => {
    const row = await stored("a1");
    expect(row?.no).toMatch(/^sealed:test-1:/);
    expect(row?.index).toBe(testSealing.index(number));
    expect(await store.prisma.bankAccount.findUnique({ where: { id: "a1" } })).toMatchObject({ accountNo: number });
    expect((await store.prisma.nameList.findUnique({ where: { id: "l1" } }))?.bytes).toEqual(
      Uint8Array.from([1, 2, 3]),
    );
  });

  test("is found by equality and by membership, and refuses any other question", async () => {
    const find = (accountNo: string | { in: string[] } | { contains: string }) =>
      store.prisma.bankAccount.findMany({
        where: { OR: [{ accountNo }] },
        select: { id: true },
        orderBy: { id: "asc" },
      });
    expect(await find(number)).toEqual([{ id: "a1" }]);
    expect(await find({ in: [number, "6222000000000002", "1"] })).toEqual([{ id: "a1" }, { id: "a2" }]);
    await expect(find({ contains: "6222" })).rejects.toThrow(/equality and membership/);
  });

  test("is opened in what comes along with another row", async () => {
    const firm = await store.prisma.firm.findUnique({
      where: { code },
      include: { accounts: { orderBy: { id: "asc" } } },
    });
    expect(firm?.accounts.map(({ accountNo }) => accountNo)).toEqual([number, "6222000000000002"]);
  });

  test("is sealed in a transaction too, by every way of writing", async () => {
    await store.prisma.$transaction(async (tx) => {
      await tx.bankAccount.update({ where: { id: "a2" }, data: { accountNo: "6222000000000003" } });
      const create = account("a3", "6222000000000004");
      await tx.bankAccount.upsert({ where: { id: "a3" }, create, update: {} });
    });
    expect((await stored("a2"))?.index).toBe(testSealing.index("6222000000000003"));
    expect((await stored("a3"))?.no).toMatch(/^sealed:/);
  });

  test("that holds another row's value is refused when it is read", async () => {
    await store.prisma.bankAccount.create({ data: account("a4", "6222000000000005") });
    await store.prisma.$executeRaw`
      UPDATE bank_account SET account_no = (SELECT account_no FROM bank_account WHERE id = 'a1') WHERE id = 'a4'`;
    const read = store.prisma.bankAccount.findUnique({ where: { id: "a4" } });
    await expect(read).rejects.toMatchObject({ code: "sealed-unreadable" });
    await store.prisma.$executeRaw`DELETE FROM bank_account WHERE id = 'a4'`;
  });

  test("exists in the store for every column that the client seals", async () => {
    const constraints = await store.prisma.$queryRaw<{ table: string; says: string; valid: boolean }[]>`
      SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS says, convalidated AS valid
      FROM pg_constraint WHERE conname LIKE '%\\_sealed'`;
    const unguarded = sealedColumns.filter(
      ({ table, column }) => !constraints.some((has) => has.table === table && has.says.includes(column)),
    );
    expect(unguarded).toEqual([]);
    expect(constraints.every(({ valid }) => valid)).toBe(true);
  });
});

describe("the keys of a store", () => {
  test("are the ones it was first opened with; others are refused", async () => {
    await expect(bindKeys(store.prisma, testSealing)).resolves.toBeUndefined();
    const other = sealingWith({ ...testKeyRing, index: new Uint8Array(32) }, randomBytes);
    await expect(bindKeys(store.prisma, other)).rejects.toMatchObject({ code: "keys-differ" });
  });

  test("may be followed by a new one, with which everything is sealed anew and reads as before", async () => {
    const later = sealingWith(
      { ...testKeyRing, current: "test-2", keys: { ...testKeyRing.keys, "test-2": new Uint8Array(32).fill(7) } },
      randomBytes,
    );
    expect(await resealWithCurrentKey(store.prisma, later)).toBe(4);
    expect((await stored("a1"))?.no).toMatch(/^sealed:test-2:/);
    expect(await resealWithCurrentKey(store.prisma, later)).toBe(0);
    const onlyNew = sealingWith(
      { current: "test-2", keys: { "test-2": new Uint8Array(32).fill(7) }, index: testKeyRing.index },
      randomBytes,
    );
    // The store's own client has no such key yet.
    await expect(store.prisma.bankAccount.findMany()).rejects.toMatchObject({ code: "sealed-unreadable" });
    const [row] = await store.prisma.$queryRaw<
      { no: string }[]
    >`SELECT account_no AS no FROM bank_account WHERE id = 'a1'`;
    expect(onlyNew.open(row?.no ?? "")).toBe(number);
    await resealWithCurrentKey(store.prisma, testSealingAndNew());
    expect(await store.prisma.bankAccount.findUnique({ where: { id: "a1" } })).toMatchObject({ accountNo: number });
  });

  test("may be changed by two at once: what one has sealed the other leaves alone", async () => {
    const later = sealingWith(
      { ...testKeyRing, current: "test-2", keys: { ...testKeyRing.keys, "test-2": new Uint8Array(32).fill(7) } },
      randomBytes,
    );
    await Promise.all([1, 2, 3].map(() => resealWithCurrentKey(store.prisma, later)));
    expect(await resealWithCurrentKey(store.prisma, later)).toBe(0);
    await Promise.all([1, 2, 3].map(() => resealWithCurrentKey(store.prisma, testSealingAndNew())));
    expect(await store.prisma.bankAccount.findUnique({ where: { id: "a1" } })).toMatchObject({ accountNo: number });
    expect((await store.prisma.nameList.findUnique({ where: { id: "l1" } }))?.bytes).toEqual(
      Uint8Array.from([1, 2, 3]),
    );
  });

  test("seal what was there before there were any", async () => {
    await store.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`ALTER TABLE bank_account DROP CONSTRAINT bank_account_sealed`;
      await tx.$executeRaw`UPDATE bank_account SET account_no = '6222000000000009', account_index = NULL WHERE id = 'a3'`;
      await tx.$executeRaw`ALTER TABLE bank_account ADD CONSTRAINT bank_account_sealed
        CHECK (account_no LIKE 'sealed:%' AND account_index ~ '^[0-9a-f]{32}$') NOT VALID`;
    });
    expect(await sealWhatIsPlain(store.prisma, testSealing)).toBe(1);
    expect(await store.prisma.bankAccount.findUnique({ where: { id: "a3" } })).toMatchObject({
      accountNo: "6222000000000009",
      accountIndex: testSealing.index("6222000000000009"),
    });
    expect(await sealWhatIsPlain(store.prisma, testSealing)).toBe(0);
  });

  test("seal a row's plain columns together, for the constraints look at all of them", async () => {
    const constraints = {
      firm_sealed: "phone IS NULL OR phone LIKE 'sealed:%' AND phone_index IS NOT NULL",
      firm_email_sealed: "email IS NULL OR email LIKE 'sealed:%' AND email_index IS NOT NULL",
    };
    await store.prisma.$transaction(async (tx) => {
      for (const name of Object.keys(constraints)) {
        await tx.$executeRawUnsafe(`ALTER TABLE firm DROP CONSTRAINT ${name}`);
      }
      await tx.$executeRaw`INSERT INTO firm (code, name, region_code, email, phone) VALUES
        ('410100000000001', '旧一', '410105', 'old-1@firm.example', '037100000001'),
        ('410100000000002', '旧二', '410105', 'old-2@firm.example', NULL), ('410100000000003', '旧三', '410105', NULL, NULL)`;
      for (const [name, check] of Object.entries(constraints)) {
        await tx.$executeRawUnsafe(`ALTER TABLE firm ADD CONSTRAINT ${name} CHECK (${check}) NOT VALID`);
      }
    });
    expect(await sealWhatIsPlain(store.prisma, testSealing)).toBe(3);
    const firms = await store.prisma.firm.findMany({
      where: { code: { startsWith: "4101000" } },
      orderBy: { code: "asc" },
    });
    expect(firms).toMatchObject([
      {
        ...{ email: "old-1@firm.example", emailIndex: testSealing.index("old-1@firm.example") },
        ...{ phone: "037100000001", phoneIndex: testSealing.index("037100000001") },
      },
      { email: "old-2@firm.example", phone: null },
      { email: null, phone: null },
    ]);
    expect(await sealWhatIsPlain(store.prisma, testSealing)).toBe(0);
  });
});

/** The old key in use again, with the newer one still on the ring. */
const testSealingAndNew = () =>
  sealingWith({ ...testKeyRing, keys: { ...testKeyRing.keys, "test-2": new Uint8Array(32).fill(7) } }, randomBytes);
