import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../access/account.ts";
import { openDispute } from "../dispute/open-dispute.ts";
import type { Day } from "../kernel/day.ts";
import { startOfDay } from "../kernel/day.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { openTown, type Town } from "../testing-town.prisma.ts";
import { exceptionsFor } from "./exceptions.prisma.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown(120);
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const forRole = (role: Exclude<Role, "enterprise">, today = "2025-11-03") =>
  exceptionsFor({ db: db(), compiled: town.world.house.compiled, today: today as Day }, role);
const kinds = async (...given: Parameters<typeof forRole>) => (await forRole(...given)).map(({ kind }) => kind);

test("rows that a department's newest file lost are counted on the desk's first page", async () => {
  const lost = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM delivery_issue i JOIN delivery d ON d.id = i.delivery_id WHERE i.severity = 'refused' AND d.complete`;
  expect(Number(lost[0]?.count)).toBeGreaterThan(0);
  expect(await forRole("operator")).toContainEqual({
    ...{ kind: "delivery-issues", count: Number(lost[0]?.count), href: "/desk/deliveries" },
  });
});

test("a dispute waits to be answered, and says so more loudly once its time is over", async () => {
  const { house, sources } = town.world;
  const [firm] = await db().firm.findMany({ orderBy: { code: "asc" }, take: 1 });
  await openDispute({ ...house, sources }, await vocabularyInForce(db(), house.compiled), {
    ...{ firmCode: firm?.code ?? "", by: "account-firm", factId: "ent.status", claim: "在营", grounds: "x" },
  });
  expect(await kinds("author")).toContain("disputes-open");
  expect(await kinds("author", "2025-11-10")).not.toContain("disputes-overdue");
  const late = await kinds("author", "2025-11-11");
  expect(late).toContain("disputes-overdue");
  expect(late).not.toContain("disputes-open");
  expect(startOfDay("2025-11-11" as Day) > house.clock.now()).toBe(true);
});

test("each sees what is theirs to do, and an auditor all of it", async () => {
  expect(await kinds("finance-maker")).not.toContain("disputes-open");
  expect(await kinds("finance-maker")).not.toContain("delivery-issues");
  expect(await kinds("auditor")).toEqual(expect.arrayContaining(["delivery-issues", "disputes-open"]));
});
