import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samplePersons } from "../demo/sample-persons.ts";
import { checkCharacterOf, type IdentityNumber } from "../kernel/identity-number.ts";
import { personCodeOf } from "../kernel/subject-code.ts";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

/** Benefits of natural persons on the screens of everybody: one story, in its order. */

const { cared, mother, child, stranger } = samplePersons;
const secrets = Object.values(samplePersons).flatMap(({ identityNo, phone, account }) => [
  ...[identityNo, phone, account.accountNo],
]);

/** Right in every digit, and nobody's here. */
const unregistered = `99999919700101005${checkCharacterOf("99999919700101005")}`;

let town: Town;
let codeOf: (identityNo: IdentityNumber) => string;
const seen: string[] = [];
beforeAll(async () => {
  town = await openTown(120, undefined, true);
  const { store } = town.world.house;
  codeOf = (identityNo) => personCodeOf(store.sealing.index(`identity:${identityNo}`));
}, 180_000);
afterAll(() => town.close());

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  expect((await browser.signIn(login)).statusCode).toBe(303);
  return browser;
}

async function bodyOf(browser: Browser, url: string): Promise<string> {
  const { body, statusCode } = await browser.get(url);
  expect([url, statusCode]).toEqual([url, 200]);
  seen.push(body);
  return body;
}

async function confirmAll(browser: Browser) {
  const page = await bodyOf(browser, "/offers");
  const shown = [...page.matchAll(/name="(seen\.[^"]+)" value="(\d+)"/g)].map(([, name = "", fen = ""]) => [name, fen]);
  const chosen = shown.map(([name = ""]) => name.slice("seen.".length));
  const [, requestKey = ""] = /name="requestKey" value="([^"]+)"/.exec(page) ?? [];
  return browser.submit("/confirm", { ...Object.fromEntries(shown), chosen, requestKey });
}

describe("a natural person", () => {
  test("signs in with the identity number, and no login in the store is one", async () => {
    const home = await bodyOf(await signedIn(cared.identityNo), "/");
    expect(home).toContain("有 1 项补贴等您确认");
    const logins = await town.world.house.db.account.findMany({ select: { login: true } });
    for (const { login } of logins) expect(secrets).not.toContain(login);
  });

  test("is asked about benefits for persons alone, and firms about those for firms", async () => {
    const { db } = town.world.house;
    const asked = await db.decision.groupBy({ by: ["firmCode", "policyId"] });
    const ofPersons = asked.filter(({ firmCode }) => firmCode.startsWith("P"));
    expect(ofPersons.map(({ policyId }) => policyId)).toEqual(Array(4).fill("henan-o27-disability-allowances"));
    expect(asked.filter((each) => !ofPersons.includes(each)).map(({ policyId }) => policyId)).not.toContain(
      "henan-o27-disability-allowances",
    );
  });

  test("confirms in one act, and reads a receipt that is addressed to a person", async () => {
    const browser = await signedIn(cared.identityNo);
    const { headers } = await confirmAll(browser);
    const receipt = await bodyOf(browser, headers.location ?? "");
    expect(receipt).toContain("720.00");
    expect(receipt).toContain(cared.name);
    expect(receipt).not.toContain(codeOf(cared.identityNo));
    for (const words of ["企业", "贵公司", "统一社会信用代码"]) expect(receipt).not.toContain(words);
    for (const url of ["/", "/my-data", "/delegates", "/messages", "/messages/settings"]) await browser.get(url);
    for (const url of ["/", "/my-data", "/delegates"]) expect(await bodyOf(browser, url)).not.toContain("贵公司");
  });
});

describe("a guardian", () => {
  const paper = () => ({
    ...{ ward: child.identityNo, guardian: mother.identityNo, basis: "parent", paperNo: "JH-2025-0001" },
    ...{ capYuan: "2000.00", expiresOn: "2026-06-30", requestKey: "request-key-0000001" },
  });
  let id = "";

  test("is set down at a window, once, with the paper sealed; nothing follows before somebody else has checked it", async () => {
    const clerk = await signedIn("clerk");
    await bodyOf(clerk, "/desk/guardianships");
    for (const _ of [1, 2]) expect((await clerk.submit("/desk/guardianships", paper())).statusCode).toBe(303);
    const rows = await town.world.house.db.guardianship.findMany();
    expect(rows).toMatchObject([{ ward: codeOf(child.identityNo), paperNo: "JH-2025-0001", checkedAt: null }]);
    id = rows[0]?.id ?? "";
    const [{ paper_no: kept = "" } = {}] = await town.world.house.db.$queryRaw<{ paper_no: string }[]>`
      SELECT paper_no FROM guardianship`;
    expect(kept).toMatch(/^sealed:/);
    expect((await clerk.submit(`/desk/guardianships/${id}/check`, {})).statusCode).toBe(403);
    const early = await signedIn(mother.identityNo);
    expect(await bodyOf(early, "/")).not.toContain(child.name);
    expect((await early.submit(`/wards/${id}/act`, {})).statusCode).toBe(404);
  });

  test.each([
    ["a minor as guardian", { ward: mother.identityNo, guardian: child.identityNo }, "未满十八周岁"],
    ["a parent of somebody of age, for being that", { ward: stranger.identityNo }, "已成年"],
    ["no end within a year", { expiresOn: "2027-06-30" }, "到期日"],
    ["a number that is none", { ward: "999999201509010999" }, "公民身份号码不对"],
  ])("cannot be %s", async (_, change, because) => {
    const clerk = await signedIn("clerk");
    await bodyOf(clerk, "/desk/guardianships");
    const { statusCode, body } = await clerk.submit("/desk/guardianships", {
      ...{ ...paper(), ...change },
      requestKey: "request-key-0000002",
    });
    expect([statusCode, body.includes(because)]).toEqual([422, true]);
    for (const secret of secrets) expect(body).not.toContain(secret);
  });

  test("acts for the ward once it is checked, in a session of its own, and the journal names both", async () => {
    const operator = await signedIn("operator");
    expect(await bodyOf(operator, "/desk/guardianships")).toContain(child.name);
    await operator.submit(`/desk/guardianships/${id}/check`, {});
    expect(await bodyOf(operator, "/desk/guardianships")).not.toContain(child.name);

    const browser = await signedIn(mother.identityNo);
    expect(await bodyOf(browser, "/")).toContain("有 1 项补贴等确认");
    const before = browser.cookies.get("apply-free");
    await browser.submit(`/wards/${id}/act`, {});
    expect(browser.cookies.get("apply-free")).not.toBe(before);
    expect(await bodyOf(browser, "/")).toContain(`${mother.name}（监护人）`);
    const offers = await bodyOf(browser, "/offers");
    expect(offers).toContain("1,440.00");
    expect(offers).toContain("2,000.00");
    const { headers } = await confirmAll(browser);
    expect(await bodyOf(browser, headers.location ?? "")).toContain("1,440.00");
    const consent = await town.world.house.db.consent.findFirstOrThrow({
      where: { firmCode: codeOf(child.identityNo) },
    });
    const guardianship = await town.world.house.db.guardianship.findUniqueOrThrow({ where: { id } });
    expect(consent.actor).toBe(guardianship.accountId);
    const [opened] = await town.world.house.db.journalEvent.findMany({ where: { type: "ward-opened" } });
    expect(opened).toMatchObject({ actor: guardianship.guardian, subject: id });
    expect((await browser.submit("/account", {})).statusCode).toBeGreaterThanOrEqual(400);
    await browser.get("/");
    await browser.submit("/wards/back", {});
    expect(await bodyOf(browser, "/")).not.toContain("（监护人）");
  });

  test("of somebody else is nobody, whose ward and receipts answer as if they did not exist", async () => {
    const { db } = town.world.house;
    const entitlement = await db.entitlement.findFirstOrThrow({ where: { firmCode: codeOf(child.identityNo) } });
    const { receiptNo } = await db.consent.findFirstOrThrow({ where: { firmCode: codeOf(child.identityNo) } });
    const browser = await signedIn(stranger.identityNo);
    const none = await browser.get("/cases/nothing-of-the-kind");
    for (const url of [`/cases/${entitlement.id}`, `/receipts/${receiptNo}`]) {
      const { statusCode, body } = await browser.get(url);
      expect([url, statusCode, body.includes(child.name)]).toEqual([url, none.statusCode, false]);
    }
    await browser.get("/");
    expect((await browser.submit(`/wards/${id}/act`, {})).statusCode).toBe(404);
    expect((await browser.submit("/wards/nothing/act", {})).statusCode).toBe(404);
  });

  test("reads nothing any more after it has ended, and is still in its own affairs", async () => {
    const browser = await signedIn(mother.identityNo);
    await browser.submit(`/wards/${id}/act`, {});
    await browser.get("/my-data");
    const clerk = await signedIn("clerk");
    await bodyOf(clerk, "/desk/guardianships");
    await clerk.submit(`/desk/guardianships/${id}/end`, {});
    expect((await browser.get("/my-data")).headers.location).toContain("/sign-in");
    expect((await signedIn(mother.identityNo)).cookies.size).toBeGreaterThan(0);
  });
});

test("a person who comes to the window or calls is found by identity number, and no page repeats it", async () => {
  for (const login of ["clerk", "agent"]) {
    const browser = await signedIn(login);
    await bodyOf(browser, "/desk/counter");
    const paper = { personName: "某人", paperNo: "QRS-2025-0118" };
    const known = await browser.submit("/desk/counter", { code: stranger.identityNo, ...paper });
    expect([known.statusCode, known.body.includes(stranger.name)]).toEqual([200, true]);
    const unknown = await browser.submit("/desk/counter", { code: unregistered, ...paper });
    expect([unknown.statusCode, unknown.body.includes(unregistered)]).toEqual([404, false]);
    seen.push(known.body, unknown.body);
  }
});

test("no page showed an identity number, a telephone or a whole account number of anybody", () => {
  expect(seen.length).toBeGreaterThan(15);
  for (const body of seen) for (const secret of secrets) expect(body).not.toContain(secret);
});
