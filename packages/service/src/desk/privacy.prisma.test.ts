import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

/** People's data on the desk: who sees them, and what is on record of it. */

let town: Town;
let firm: string;
beforeAll(async () => {
  town = await openTown(120);
  [firm = ""] = await town.firmsWithOffers(1);
  const said = {
    ...{ sourceId: "human-resources", asOf: new Date("2025-10-31"), obtainedAt: new Date("2025-11-01T00:00:00Z") },
  };
  await db().delivery.create({
    data: { ...said, id: "d1", fileName: "hires.csv", sha256: "0", rowsGood: 1, rowsBad: 0, importedBy: "x" },
  });
  const value = [{ person: "canary-1", hiredOn: "2025-07-01" }, { person: "canary-2" }];
  await db().fact.create({ data: { ...said, firmCode: firm, factId: "hr.hires", value, deliveryId: "d1" } });
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const events = () => db().journalEvent.findMany({ where: { type: "personal-data-viewed" } });

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

describe("people's data", () => {
  test("are hidden from an auditor until a reason is on record", async () => {
    const auditor = await signedIn("auditor");
    const hidden = (await auditor.get(`/audit/facts?firm=${firm}`)).body;
    expect(hidden).toContain("2 条记录");
    expect(hidden).not.toContain("canary");
    expect(hidden).toContain("个人信息已隐去");
    expect(await events()).toEqual([]);
    const form = { firm, about: "2025-11-03", known: "2025-11-03" };
    expect((await auditor.submit("/audit/facts", { ...form, reason: " " })).statusCode).toBe(400);
    await auditor.get(`/audit/facts?firm=${firm}`);
    const { body } = await auditor.submit("/audit/facts", { ...form, reason: "核查稳岗补贴举报" });
    expect(body).toContain("canary-1");
    expect(await events()).toMatchObject([
      {
        ...{ subject: firm, actor: "account-auditor" },
        payload: { factIds: ["hr.hires"], reason: "核查稳岗补贴举报" },
      },
    ]);
  });

  test("are shown by no link: the address that a reason was given at asks for it again", async () => {
    const auditor = await signedIn("auditor");
    const { body } = await auditor.get(`/audit/facts?firm=${firm}&reason=${encodeURIComponent("核查")}`);
    expect(body).not.toContain("canary");
  });

  test("are seen whole by the department that said them, and its page has no other department's", async () => {
    const officer = await signedIn("officer-hr");
    const { body } = await officer.get(`/audit/facts?firm=${firm}`);
    expect(body).toContain("canary-1");
    expect(body).not.toContain("ent.industry");
    const other = await signedIn("officer-tax");
    expect((await other.get(`/audit/facts?firm=${firm}`)).body).not.toContain("hr.hires");
  });

  test("are seen by the firm, whose they are", async () => {
    const portal = await signedIn(firm);
    expect((await portal.get("/my-data")).body).toContain("canary-1");
  });
});

describe("an officer of a department", () => {
  test("sees its own deliveries only, and delivers for its own department only", async () => {
    const officer = await signedIn("officer-tax");
    const { body } = await officer.get("/desk/deliveries");
    expect(body).toContain("tax-");
    expect(body).not.toContain("human-resources");
    expect((await officer.get("/desk/deliveries?id=d1")).statusCode).toBe(403);
    expect((await officer.get("/desk/deliveries/d1/issues.csv")).statusCode).toBe(403);
    await officer.get("/desk/deliveries");
    const file = new File(["x"], "x.csv");
    const { statusCode } = await officer.upload("/desk/deliveries", { source: "human-resources", asOf: "" }, file);
    expect(statusCode).toBe(403);
  });

  test.each(["/desk", "/desk/batches", "/desk/policies", "/audit", "/audit/journal", "/desk/register", "/desk/names"])(
    "has no business at %s",
    async (page) => {
      const officer = await signedIn("officer-tax");
      expect((await officer.get(page)).statusCode).toBe(403);
    },
  );
});
