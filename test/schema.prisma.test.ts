import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyMigrations, readMigrations, type SqlSession } from "../packages/service/src/platform/migrate.prisma.ts";
import { migrationsDirectory } from "../packages/service/src/platform/store.prisma.ts";
import { type BareDatabase, openBareDatabase } from "../packages/service/src/platform/testing-bare.prisma.ts";
import { actualTables } from "./schema/actual.ts";
import { declaredTables } from "./schema/declared.ts";

const schema = await readFile(path.join(migrationsDirectory, "../schema.prisma"), "utf8");

let database: BareDatabase;
let session: SqlSession;
beforeAll(async () => {
  database = await openBareDatabase();
  session = await database.connect();
  await applyMigrations(session, await readMigrations(migrationsDirectory));
});
afterAll(() => database.close());

describe("the migrations make what schema.prisma declares", () => {
  test("the same tables", async () => {
    const actual = (await actualTables(session)).map(({ name }) => name);
    const declared = declaredTables(schema).map(({ name }) => name);
    // The runner's own book of migrations is not the product's.
    expect(actual.filter((name) => name !== "applied_migration")).toEqual(declared.sort());
  });

  test.each(declaredTables(schema))("$name: the same columns, types, nullability and keys", async (declared) => {
    const actual = (await actualTables(session)).find(({ name }) => name === declared.name);
    expect(actual).toEqual(declared);
  });
});

test("the reading of schema.prisma understands every kind of line in use", () => {
  const model = `
/// A thing.
model Thing {
  id     BigInt    @id @default(autoincrement()) /// what for
  code   String    @unique @map("thing_code")
  on     DateTime? @db.Date
  at     DateTime  @db.Timestamptz(3)
  parent Thing     @relation(fields: [code], references: [code])
  parts  Thing[]

  @@unique([code, on])
  @@index([at])
  @@map("thing")
}
`;
  expect(declaredTables(model)).toEqual([
    {
      name: "thing",
      columns: ["at timestamp(3) with time zone not null", "id bigint not null", "on date", "thing_code text not null"],
      keys: ["id", "thing_code", "thing_code,on"],
    },
  ]);
});
