import { afterAll, beforeAll, expect, test } from "vitest";
import { maskAccountNo } from "../kernel/mask.ts";
import { type Browser, loginOf, openTown, type Town } from "../testing-town.prisma.ts";

/** A window clerk acts for a firm whose person came with a paper. */

let town: Town;
let firm: string;
let clerk: Browser;
const person = { personName: "王某某", paperNo: "QRS-2025-0117" };
beforeAll(async () => {
  town = await openTown();
  [firm = ""] = await town.firmsWithOffers(2);
  clerk = town.browser();
  await clerk.signIn("clerk");
}, 180_000);
afterAll(() => town.close());

async function open(code: string) {
  await clerk.get("/desk/counter");
  const { statusCode, body } = await clerk.submit("/desk/counter", { code, ...person });
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
  const seen = [...body.matchAll(/name="seen\.([^"]+)" value="(\d+)"/g)].map(([, id = "", fen = ""]) => ({ id, fen }));
  const form = (chosen: readonly { id: string; fen: string }[]) => ({
    ...{ code, ...person, requestKey, chosen: chosen.map(({ id }) => id) },
    ...Object.fromEntries(chosen.map(({ id, fen }) => [`seen.${id}`, fen])),
  });
  return { statusCode, body, seen, form };
}

test("who stands there and with which paper is said before anything is shown, and each opening is journaled", async () => {
  const { db } = town.world.house;
  await clerk.get("/desk/counter");
  const nobody = await clerk.submit("/desk/counter", { code: firm, personName: "", paperNo: "" });
  expect(nobody.statusCode).toBe(400);
  expect(await db.journalEvent.count({ where: { type: "counter-opened" } })).toBe(0);
  expect((await open(firm)).seen.length).toBeGreaterThanOrEqual(2);
  const events = await db.journalEvent.findMany({ where: { type: "counter-opened" } });
  expect(events.map(({ subject, actor }) => [subject, actor])).toEqual([[firm, "account-clerk"]]);
  const unknown = await open("91410100MA0000000X");
  expect([unknown.statusCode, unknown.seen]).toEqual([404, []]);
});

test("the clerk learns the bank's name, and no digit of the account", async () => {
  const { accountNo, bankName } = await town.world.house.db.bankAccount.findFirstOrThrow({
    where: { firmCode: firm, status: "active" },
  });
  // The firm's own code has digits too.
  const body = (await open(firm)).body.replaceAll(firm, "");
  expect(body).toContain(bankName);
  for (const shown of [accountNo, maskAccountNo(accountNo), accountNo.slice(-4)]) expect(body).not.toContain(shown);
});

test("what was ticked on the paper is confirmed once, with both identities, and nothing else is", async () => {
  const { db } = town.world.house;
  const { seen, form } = await open(firm);
  const [one, other] = seen;
  if (!one || !other) throw new Error("the firm has two offers");
  const nothing = await clerk.submit("/desk/counter/confirm", form([]));
  expect(nothing.statusCode).toBe(422);
  const stale = await clerk.submit("/desk/counter/confirm", form([{ ...one, fen: "1" }]));
  expect(stale.statusCode).toBe(409);
  const [first, second] = [
    await clerk.submit("/desk/counter/confirm", form([one])),
    await clerk.submit("/desk/counter/confirm", form([one])),
  ];
  const [consent, ...more] = await db.consent.findMany({ where: { firmCode: firm } });
  expect(more).toEqual([]);
  for (const { statusCode, body } of [first, second]) {
    expect([statusCode, body.includes(consent?.receiptNo ?? "?")]).toEqual([200, true]);
  }
  expect(consent?.actor).toBe("account-clerk");
  const written = await db.counterConsent.findMany();
  expect(written).toMatchObject([{ id: consent?.id, clerk: "account-clerk", ...person }]);
  const [stored] = await db.$queryRaw<{ name: string; paper: string }[]>`
    SELECT person_name AS name, paper_no AS paper FROM counter_consent`;
  expect([stored?.name, stored?.paper].every((value) => value?.startsWith("sealed:"))).toBe(true);
  const [event, ...others] = await db.journalEvent.findMany({ where: { type: "counter-confirmed" } });
  expect([event?.subject, event?.payload, others]).toMatchObject([consent?.id, { clerk: "account-clerk" }, []]);
  expect(JSON.stringify(event?.payload)).not.toMatch(/王某某|QRS/);
  const left = await db.entitlement.findUniqueOrThrow({ where: { id: other.id } });
  expect(left.status).toBe("offered");
  const own = town.browser();
  await own.signIn(loginOf(firm));
  expect((await own.get(`/receipts/${consent?.receiptNo}`)).body).toContain("政务大厅窗口");
});

test("another firm's offer is not confirmed under this firm's code", async () => {
  const [, stranger = ""] = await town.firmsWithOffers(1);
  const theirs = await open(stranger);
  const { form } = await open(firm);
  expect((await clerk.submit("/desk/counter/confirm", form(theirs.seen))).statusCode).toBe(404);
});

test("the clerk changes no account, confirms by no other way, and nobody else stands behind the counter", async () => {
  const [stranger = ""] = await town.firmsWithOffers(1);
  const { seen } = await open(stranger);
  for (const path of [`/cases/${seen[0]?.id}/account`, "/confirm", "/delegates"]) {
    expect([path, (await clerk.submit(path, { accountNo: "62170000" })).statusCode]).toEqual([path, 403]);
  }
  for (const path of ["/offers", "/desk", "/desk/batches", "/desk/register", "/audit", "/audit/facts"]) {
    expect([path, (await clerk.get(path)).statusCode]).toEqual([path, 403]);
  }
  for (const login of [loginOf(stranger), "operator", "auditor", "maker"]) {
    const other = town.browser();
    await other.signIn(login);
    expect([login, (await other.get("/desk/counter")).statusCode]).toEqual([login, 403]);
    expect((await other.submit("/desk/counter", { code: stranger, ...person })).statusCode).toBe(403);
  }
});
