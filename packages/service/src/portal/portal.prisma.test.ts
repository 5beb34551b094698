import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";
import { accountErrors, completed, openedForm } from "./account-form.prisma.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 180_000);
afterAll(() => town.close());

/** What the confirm page carries: a key for the act, and each offer with the amount it shows. */
async function openOffers(browser: Browser) {
  const { body } = await browser.get("/offers");
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
  const seen = [...body.matchAll(/name="seen\.([^"]+)" value="(\d+)"/g)].map(([, id = "", fen = ""]) => ({ id, fen }));
  return { requestKey, seen, body };
}

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

const form = ({ requestKey, seen }: { requestKey: string; seen: readonly { id: string; fen: string }[] }) => ({
  requestKey,
  chosen: seen.map(({ id }) => id),
  ...Object.fromEntries(seen.map(({ id, fen }) => [`seen.${id}`, fen])),
});

describe("signing in", () => {
  test("a page that needs a person leads to the sign-in and back", async () => {
    const { statusCode, headers } = await town.browser().get("/offers");
    expect([statusCode, headers.location]).toEqual([303, "/sign-in?next=%2Foffers"]);
  });
  test("an unknown login and a wrong password answer alike", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const wrong = await town.browser().post("/sign-in", { login: firm, password: "wrong" });
    const unknown = await town.browser().post("/sign-in", { login: "91410100MA0000000X", password: "wrong" });
    const without = (body: string) => body.replaceAll(/value="[^"]*"/g, "");
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(without(wrong.body)).toBe(without(unknown.body));
  });
  test("is slowed down after ten tries a minute, so that a password cannot be guessed", async () => {
    const browser = town.browser();
    const answers: number[] = [];
    const guess = { login: "auditor", password: "guess", next: "/audit" };
    for (let attempt = 0; attempt < 11; attempt += 1) {
      answers.push((await browser.post("/sign-in", guess)).statusCode);
    }
    expect(answers).toEqual([...Array(10).fill(401), 429]);
    // The same page again, with what was typed, and when to come back.
    const { body, headers } = await browser.post("/sign-in", guess);
    expect(body).toContain("尝试次数太多，请一分钟后再试");
    expect(body).toContain('name="next" value="/audit"');
    expect(body).toMatch(/<input id="login"[^>]*value="auditor"/);
    expect(Number(headers["retry-after"])).toBeLessThanOrEqual(60);
  });
  test("never leads to another site", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    for (const next of ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"]) {
      const { headers } = await town.browser().post("/sign-in", { login: firm, password: "demo", next });
      expect(headers.location).toBe("/");
    }
  });
  test("opens a new session, whatever cookie the browser brought along", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = town.browser();
    browser.cookies.set("apply-free", "planted-by-someone-else");
    await browser.signIn(firm);
    expect(browser.cookies.get("apply-free")).not.toBe("planted-by-someone-else");
  });
  test("ends for good: the cookie of before opens nothing", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = await signedIn(firm);
    const cookie = browser.cookies.get("apply-free") ?? "";
    await browser.submit("/sign-out", {});
    browser.cookies.set("apply-free", cookie);
    expect((await browser.get("/offers")).statusCode).toBe(303);
  });
});

describe("a form", () => {
  test("without the token of its page is refused, and nothing happens", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = await signedIn(firm);
    const offers = await openOffers(browser);
    expect((await browser.post("/confirm", form(offers))).statusCode).toBe(403);
    expect((await openOffers(browser)).seen).toEqual(offers.seen);
  });
  test("from another site is refused even with the token", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = await signedIn(firm);
    const { body } = await browser.get("/offers");
    const _csrf = /name="_csrf" value="([^"]*)"/.exec(body)?.[1] ?? "";
    const foreign = await browser.post("/confirm", { _csrf }, { origin: "https://elsewhere.example" });
    expect(foreign.statusCode).toBe(403);
  });
});

describe("confirming", () => {
  test("nothing is told in words, and keeps the page", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = await signedIn(firm);
    const { requestKey, seen } = await openOffers(browser);
    const { statusCode, body } = await browser.submit("/confirm", { requestKey });
    expect(statusCode).toBe(422);
    for (const { id } of seen) expect(body).toContain(id);
  });
  test("an amount that has changed since is shown again, and nothing is confirmed", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = await signedIn(firm);
    const offers = await openOffers(browser);
    const stale = { ...offers, seen: offers.seen.map((each) => ({ ...each, fen: "1" })) };
    const { statusCode, body } = await browser.submit("/confirm", form(stale));
    expect([statusCode, body.includes("0.01")]).toEqual([409, true]);
    expect((await openOffers(browser)).seen).toEqual(offers.seen);
  });
  test("somebody else's benefit answers as one that does not exist, and so does its page", async () => {
    const [one = "", other = ""] = await town.firmsWithOffers(1);
    const theirs = await openOffers(await signedIn(other));
    const browser = await signedIn(one);
    const { requestKey } = await openOffers(browser);
    expect((await browser.submit("/confirm", { ...form(theirs), requestKey })).statusCode).toBe(404);
    const id = theirs.seen[0]?.id ?? "";
    const [existing, missing] = [await browser.get(`/cases/${id}`), await browser.get("/cases/entitlement_NONE")];
    expect([existing.statusCode, missing.statusCode]).toEqual([404, 404]);
    for (const path of [`/cases/${id}/received`, `/cases/${id}/reopen`]) {
      expect((await browser.submit(path, {})).statusCode).toBe(404);
    }
  });
  test("several benefits is one act with one receipt; pressing twice gives the same one", async () => {
    const [firm = ""] = await town.firmsWithOffers(2);
    const browser = await signedIn(firm);
    const offers = await openOffers(browser);
    const first = await browser.submit("/confirm", form(offers));
    const second = await browser.submit("/confirm", form(offers));
    expect(first.statusCode).toBe(303);
    expect(second.headers.location).toBe(first.headers.location);
    const receipt = await browser.get(first.headers.location ?? "");
    expect(receipt.body).toContain(first.headers.location?.split("/").at(-1));
    expect(await town.world.house.db.consent.count({ where: { firmCode: firm } })).toBe(1);
  });
  test("a receipt is shown to the firm it was given to, and to nobody else", async () => {
    const [{ receiptNo, firmCode } = { receiptNo: "", firmCode: "" }] = await town.world.house.db.consent.findMany();
    const [other = ""] = (await town.firmsWithOffers(1)).filter((code) => code !== firmCode);
    expect((await (await signedIn(other)).get(`/receipts/${receiptNo}`)).statusCode).toBe(404);
  });
  test("a refusal can be taken back before the deadline", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = await signedIn(firm);
    const { seen } = await openOffers(browser);
    const id = seen[0]?.id ?? "";
    const { body } = await browser.get(`/offers/decline?id=${id}`);
    const requestKey = /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
    expect((await browser.submit("/decline", { requestKey, chosen: id, reason: "not-now" })).statusCode).toBe(303);
    expect((await openOffers(browser)).seen.map((each) => each.id)).not.toContain(id);
    await browser.get(`/cases/${id}`);
    expect((await browser.submit(`/cases/${id}/reopen`, {})).statusCode).toBe(303);
    expect((await openOffers(browser)).seen.map((each) => each.id)).toContain(id);
  });
});

describe("correcting an account", () => {
  const typed = { holderName: "郑州示例有限公司", accountNo: "", bankName: "示例银行", bankCode: "991491000001" };
  const active = (firmCode: string) => ({ firmCode, status: "active" as const });
  test("a number left empty is the present one, which the form never shows", async () => {
    const { db } = town.world.house;
    const { firmCode, accountNo } = await db.bankAccount.findFirstOrThrow({ where: { status: "active" } });
    expect(await completed(db, active(firmCode), typed)).toEqual({ ...typed, accountNo });
    expect(JSON.stringify(await openedForm(db, active(firmCode), typed.holderName))).not.toContain(accountNo);
  });
  test("a number is taken as it is read aloud, and each wrong field is told by name", async () => {
    const { db } = town.world.house;
    const spoken = { ...typed, accountNo: "6217 0000-1234" };
    expect((await completed(db, active("nobody"), spoken)).accountNo).toBe("621700001234");
    const empty = await completed(db, active("nobody"), { ...typed, holderName: "", bankName: "", bankCode: "1" });
    expect(Object.keys(accountErrors(empty))).toEqual(["holderName", "accountNo", "bankName", "bankCode"]);
  });
});

describe("whoever asks", () => {
  const desk = [
    "/desk",
    "/desk/batches",
    "/desk/suspense",
    "/desk/deliveries",
    "/desk/policies",
    "/audit",
    "/audit/journal",
  ];
  const portal = ["/offers", "/messages", "/my-data"];
  test("a firm reaches no page of officials or auditors", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const browser = await signedIn(firm);
    for (const path of desk) expect([path, (await browser.get(path)).statusCode]).toEqual([path, 403]);
  });
  test("an official reaches no page of a firm", async () => {
    const browser = await signedIn("checker");
    for (const path of portal) expect([path, (await browser.get(path)).statusCode]).toEqual([path, 403]);
  });
  test("an auditor may look, and approve nothing", async () => {
    const browser = await signedIn("auditor");
    expect((await browser.get("/audit/journal")).statusCode).toBe(200);
    const sha256 = "0".repeat(64);
    expect((await browser.submit("/desk/batches/batch_X/approve", { sha256 })).statusCode).toBe(403);
  });
  test("the public list and the policies need no sign-in", async () => {
    for (const path of ["/results", "/results.csv", "/policies"]) {
      expect([path, (await town.browser().get(path)).statusCode]).toEqual([path, 200]);
    }
  });
  test("a program gets problem+json, a person a page", async () => {
    const program = await town.browser().get("/nowhere", { accept: "application/json" });
    expect(program.headers["content-type"]).toContain("application/problem+json");
    expect(program.json()).toMatchObject({ status: 404, code: "not-found" });
    expect((await town.browser().get("/nowhere")).headers["content-type"]).toContain("text/html");
  });
  test("hostile text in every query is answered without a server error", async () => {
    const [firm = ""] = await town.firmsWithOffers(1);
    const [person, auditor] = [await signedIn(firm), await signedIn("auditor")];
    const hostile = encodeURIComponent(`'"><script>alert(1)</script>\u0000%00${"长".repeat(300)}`);
    const asked = [
      person.get(`/messages?before=${hostile}`),
      person.get(`/offers/decline?id=${hostile}`),
      person.get(`/cases/${hostile}`),
      person.get(`/receipts/${hostile}`),
      town.browser().get(`/results?q=${hostile}&cursor=${hostile}`),
      town.browser().get(`/policies/${hostile}`),
      auditor.get(`/audit?q=${hostile}&cursor=${hostile}`),
      auditor.get(`/audit/journal?type=${hostile}&from=${hostile}&before=${hostile}`),
      auditor.get(`/audit/cases/${hostile}`),
    ];
    for (const response of await Promise.all(asked)) {
      expect(response.statusCode).toBeLessThan(500);
      expect(response.body).not.toContain("<script>alert");
    }
  });
});
