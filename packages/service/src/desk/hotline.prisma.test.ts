import { afterAll, beforeAll, expect, test } from "vitest";
import { maskAccountNo } from "../kernel/mask.ts";
import { type Browser, loginOf, openTown, type Town } from "../testing-town.prisma.ts";

/** Who speaks for a firm on the telephone, and what of it no go-between ever sees. */

let town: Town;
let firm: string;
let agent: Browser;
const caller = { personName: "赵某某", paperNo: "12345-20251103-0042" };
beforeAll(async () => {
  town = await openTown(120);
  [firm = ""] = await town.firmsWithOffers(1);
  agent = await signedIn("agent");
}, 180_000);
afterAll(() => town.close());

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

async function opened(browser: Browser) {
  await browser.get("/desk/counter");
  const { body } = await browser.submit("/desk/counter", { code: firm, ...caller });
  const [, requestKey = ""] = /name="requestKey" value="([^"]+)"/.exec(body) ?? [];
  const seen = [...body.matchAll(/name="(seen\.[^"]+)" value="(\d+)"/g)].map(([, name = "", fen = ""]) => [name, fen]);
  const chosen = seen.map(([name = ""]) => name.slice("seen.".length));
  return { body, form: { code: firm, ...caller, requestKey, chosen, ...Object.fromEntries(seen) } };
}

test("an agent of the hotline confirms what the caller agreed to; clerk, caller and ticket stand beside the consent", async () => {
  const { db } = town.world.house;
  const { body, form } = await opened(agent);
  expect(body).toContain("来电人");
  expect((await agent.submit("/desk/counter/confirm", form)).statusCode).toBe(200);
  const consent = await db.consent.findFirstOrThrow({ where: { firmCode: firm } });
  expect(consent.actor).toBe("account-agent");
  expect(await db.counterConsent.findMany()).toMatchObject([{ id: consent.id, clerk: "account-agent", ...caller }]);
  const events = await db.journalEvent.findMany({ where: { type: { in: ["counter-opened", "counter-confirmed"] } } });
  expect(events.map(({ actor }) => actor)).toEqual(["account-agent", "account-agent"]);
  expect(JSON.stringify(events.map(({ payload }) => payload))).not.toMatch(/赵某某|12345-2025/);
  const own = await signedIn(loginOf(firm));
  expect((await own.get(`/receipts/${consent.receiptNo}`)).body).toContain("12345 热线坐席");
});

test("a hotline agent's yes without caller and ticket is refused by SQL as well, and so is a helper's own", async () => {
  const { db } = town.world.house;
  const { requestSha256, lines, totalFen, at } = await db.consent.findFirstOrThrow();
  for (const actor of ["account-agent", "account-helper", "account-operator"]) {
    const id = `consent-of-${actor}`;
    const data = { id, receiptNo: id, firmCode: firm, actor, requestKey: id, requestSha256, lines: lines as object };
    await expect(db.consent.create({ data: { ...data, totalFen, at } })).rejects.toThrow(/no paper|official/);
  }
});

test.each(["agent", "clerk", "helper"])("no page that %s can open holds a digit of the account", async (login) => {
  const { accountNo } = await town.world.house.db.bankAccount.findFirstOrThrow({
    where: { firmCode: firm, status: "active" },
  });
  const boss = await signedIn(loginOf(firm));
  await boss.get("/delegates");
  await boss.submit("/delegates/helpers", { login: "helper" });
  const browser = await signedIn(login);
  const pages = [login === "helper" ? "" : (await opened(browser)).body];
  const paths = ["/", "/desk/counter", "/desk/helped", `/desk/helped/${firm}`, "/desk/guardianships", "/desk/batches"];
  for (const path of [...paths, "/desk", "/offers", "/my-data", "/audit", "/desk/account-checks", "/desk/call-list"]) {
    pages.push((await browser.get(path)).body);
  }
  // The firm's own code has digits too.
  const all = pages.join("\n").replaceAll(firm, "");
  expect(all).toContain("免申即享");
  for (const shown of [accountNo, maskAccountNo(accountNo)]) expect(all).not.toContain(shown);
});

test("a hotline agent opens nothing else, and nobody's account can be changed by telephone", async () => {
  await agent.get("/desk/counter");
  for (const path of ["/confirm", "/decline", "/delegates", "/desk/guardianships", "/cases/any/account"]) {
    expect([path, (await agent.submit(path, { accountNo: "62170000" })).statusCode]).toEqual([path, 403]);
  }
  for (const path of [
    "/offers",
    "/my-data",
    "/desk",
    "/desk/batches",
    "/desk/helped",
    "/audit",
    "/desk/guardianships",
  ]) {
    expect([path, (await agent.get(path)).statusCode]).toEqual([path, 403]);
  }
});
