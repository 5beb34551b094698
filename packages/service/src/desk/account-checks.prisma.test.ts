import { afterAll, beforeAll, expect, test } from "vitest";
import { correctAccount } from "../payment/correct-account.ts";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const signedIn = async (login: string): Promise<Browser> => {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
};

test("desk and firm see why an account waits; finance takes it off the list with words, others only read", async () => {
  const { house } = town.world;
  const [firmCode = ""] = await town.firmsWithOffers(1);
  const firm = await signedIn(firmCode);
  const { body } = await firm.get("/offers");
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
  const [, id = "", fen = ""] = /name="seen\.([^"]+)" value="(\d+)"/.exec(body) ?? [];
  await firm.submit("/confirm", { requestKey, chosen: [id], [`seen.${id}`]: fen });
  const { name: holderName } = await house.db.firm.findUniqueOrThrow({ where: { code: firmCode } });
  const account = { holderName, accountNo: "6222000066660001", bankName: "试验银行", bankCode: "102491000019" };
  const { bankAccountId } = await correctAccount(house, { firmCode, actor: "clerk", account });
  await house.pump();
  expect((await firm.get(`/cases/${id}`)).body).toContain("满两个工作日");
  expect((await firm.get("/desk/accounts")).statusCode).toBe(403);
  const auditor = await signedIn("auditor");
  expect((await auditor.get("/desk/accounts")).body).toContain(firmCode);
  expect((await auditor.submit(`/desk/accounts/${bankAccountId}`, { note: "已核实无误" })).statusCode).toBe(403);
  const checker = await signedIn("checker");
  expect((await checker.get("/desk")).body).toContain("/desk/accounts");
  await checker.get("/desk/accounts");
  expect((await checker.submit(`/desk/accounts/${bankAccountId}`, { note: "ok" })).statusCode).toBe(400);
  const done = await checker.submit(`/desk/accounts/${bankAccountId}`, { note: "回拨登记电话，财务负责人确认" });
  expect([done.statusCode, done.headers.location]).toEqual([303, "/desk/accounts?done=checked"]);
  expect((await checker.get("/desk/accounts?done=checked")).body).not.toContain(firmCode);
});
