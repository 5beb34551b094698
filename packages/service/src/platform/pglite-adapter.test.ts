import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PrismaClient } from "./generated/client.ts";
import { pgliteAdapter } from "./pglite-adapter.prisma.ts";

let database: PGlite;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await PGlite.create({ dataDir: "memory://" });
  // A foreign key that is looked at only when the transaction ends: the way to make a COMMIT fail.
  await database.exec(`
    CREATE TABLE parent (id int PRIMARY KEY);
    CREATE TABLE child (parent_id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)`);
  prisma = new PrismaClient({ adapter: pgliteAdapter(database) });
});
beforeEach(() => database.exec("TRUNCATE child, parent"));
afterAll(async () => {
  await prisma.$disconnect();
  await database.close();
});

const orphan = (client: PrismaClient) => client.$transaction((tx) => tx.$executeRaw`INSERT INTO child VALUES (1)`);
const children = async () => (await database.query("SELECT * FROM child")).rows;

describe("a transaction on the embedded database", () => {
  test("that the database refuses at COMMIT is an error, and leaves nothing", async () => {
    await expect(orphan(prisma)).rejects.toThrow();
    expect(await children()).toEqual([]);
  });

  test("that is sound at COMMIT is kept whole", async () => {
    await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO child VALUES (1)`;
      await tx.$executeRaw`INSERT INTO parent VALUES (1)`;
    });
    expect(await children()).toEqual([{ parent_id: 1 }]);
  });

  test("whose work throws is rolled back, and the next one runs", async () => {
    const work = prisma.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO parent VALUES (1)`;
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect((await database.query("SELECT * FROM parent")).rows).toEqual([]);
    await prisma.$transaction((tx) => tx.$executeRaw`INSERT INTO parent VALUES (2)`);
  });

  test("waits for the one before it: two never mix", async () => {
    const seen: string[] = [];
    const work = (name: string) =>
      prisma.$transaction(async (tx) => {
        seen.push(`${name} begins`);
        await tx.$queryRaw`SELECT 1`;
        await tx.$queryRaw`SELECT 1`;
        seen.push(`${name} ends`);
      });
    await Promise.all([work("a"), work("b")]);
    expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });
});

test("the library's own adapter still calls a refused COMMIT a success: the day it does not, ours can go", async () => {
  const stock = new PrismaClient({ adapter: new PrismaPGlite(database) });
  await expect(orphan(stock)).resolves.toBe(1);
  expect(await children()).toEqual([]);
  await stock.$disconnect();
});
