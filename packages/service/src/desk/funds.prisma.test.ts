import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";
import { fundEntriesOf } from "./fund-entries.prisma.ts";
import { fundLinesOf, shownAccounts } from "./funds-view.prisma.ts";

let town: Town;
let caseId = "";
beforeAll(async () => {
  town = await openTown();
  const [firmCode = ""] = await town.firmsWithOffers(1);
  const firm = await signedIn(firmCode);
  const { body } = await firm.get("/offers");
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
  const [, id = "", fen = ""] = /name="seen\.([^"]+)" value="(\d+)"/.exec(body) ?? [];
  await firm.submit("/confirm", { requestKey, chosen: [id], [`seen.${id}`]: fen });
  caseId = id;
});
afterAll(() => town.close());

const signedIn = async (login: string): Promise<Browser> => {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
};

test("the forecast of all lines adds up to what is offered in the books, to the fen", async () => {
  const { db } = town.world.house;
  for (const line of await fundLinesOf(town.world.house)) {
    const { _sum } = await db.entitlement.aggregate({
      where: { status: "offered", budgetLine: line.id },
      _sum: { amountFen: true },
    });
    const offered = line.forecast.months.reduce((sum, { offeredFen }) => sum + BigInt(offeredFen), 0n);
    expect(offered, line.id).toBe(_sum.amountFen ?? 0n);
    const available = line.accounts.find(({ account }) => account === "available")?.amountFen ?? "";
    const left = BigInt(line.forecast.months.at(-1)?.leftAllFen ?? "");
    expect(left, line.id).toBe(BigInt(available) - BigInt(line.waiting.amountFen) - offered);
  }
});

test("every figure of every line is the sum of the entries behind it", async () => {
  const { house } = town.world;
  const lines = await fundLinesOf(house);
  expect(lines.length).toBeGreaterThan(0);
  for (const { id, accounts } of lines) {
    expect(accounts.map(({ account }) => account)).toEqual(shownAccounts);
    for (const { account, amountFen } of accounts) {
      const { sumFen, balanceFen } = await fundEntriesOf(house, { line: id, account }, "finance-checker");
      expect([sumFen, balanceFen], `${id} ${account}`).toEqual([amountFen, amountFen]);
    }
  }
});

test("from a figure it is one click to its entries, and for an auditor one more to the case", async () => {
  const auditor = await signedIn("auditor");
  const funds = await auditor.get("/desk/funds");
  expect(funds.statusCode).toBe(200);
  const { budgetLine } = await town.world.house.db.entitlement.findUniqueOrThrow({ where: { id: caseId } });
  const href = `/desk/funds/${budgetLine}?account=reserved`;
  expect(funds.body).toContain(`href="${href}"`);
  expect((await auditor.get(href)).body).toContain(`href="/audit/cases/${caseId}"`);
  const maker = await (await signedIn("maker")).get(href);
  expect([maker.statusCode, maker.body.includes("/audit/cases/")]).toEqual([200, false]);
});

test("a line that nobody has, a place that money is never in and a page that is none are refused; a stranger sees nothing", async () => {
  const checker = await signedIn("checker");
  const known = (await fundLinesOf(town.world.house))[0]?.id;
  const codes = [];
  for (const address of [
    "/desk/funds/no-such-line?account=paid",
    `/desk/funds/${known}?account=pocket`,
    `/desk/funds/${known}?account=paid&cursor=x`,
  ]) {
    codes.push((await checker.get(address)).statusCode);
  }
  expect(codes.every((code) => code >= 400 && code < 500)).toBe(true);
  expect((await town.browser().get("/desk/funds")).statusCode).not.toBe(200);
});

test("a checker sees before approving which payments are a firm's first, and that nothing went to the bank before", async () => {
  const { db } = town.world.house;
  for (let moment = 0; moment < 20 && (await db.paymentBatch.count()) === 0; moment += 1) await town.next();
  const { id } = await db.paymentBatch.findFirstOrThrow();
  const { body } = await (await signedIn("checker")).get(`/desk/batches/${id}`);
  expect(body).toContain("这是第一个送银行的批次");
  expect(body).toContain('<span class="tag warn">首次收款</span>');
  expect(body).not.toContain('<span class="tag warn">账户与上次到账不同</span>');
});

test("a payment stop is a banner with the difference on the desk and the funds, with the way out, for those whose work is money", async () => {
  await town.world.house.db.paymentStop.create({
    data: {
      id: "stop_funds",
      causes: [{ sentence: "paid-is-settled", subject: "line", detail: "books 1, payments 0" }],
      stoppedAt: town.world.house.clock.now(),
    },
  });
  for (const login of ["maker", "checker", "auditor"]) {
    const reader = await signedIn(login);
    for (const address of ["/desk", "/desk/funds"]) {
      const { body } = await reader.get(address);
      expect(body, `${login} ${address}`).toContain("books 1, payments 0");
      expect(body, `${login} ${address}`).toContain('href="/desk/ageing"');
    }
  }
  expect((await (await signedIn("author")).get("/desk")).body).not.toContain("books 1, payments 0");
});
