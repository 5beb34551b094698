import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Day, dayToDate } from "../packages/service/src/kernel/day.ts";
import { sha256 } from "../packages/service/src/kernel/digest.ts";
import { channelExchange } from "../packages/service/src/payment/channel-exchange.bank.ts";
import { channelResult, channelStatement } from "../packages/service/src/payment/testing-channel.ts";
import { differencesIn, type Journey, LINE_2025, openJourney } from "../packages/service/src/testing-journey.prisma.ts";

/** A firm with loans from two banks: it consents once, and each bank charges less interest on its own loan. */

const CHANNEL = "loan-interest";
const PAYER = "41000000000088";
const [FIRST_BANK, SECOND_BANK] = ["102491000011", "103491000022"];
const loans = (second: string) => [
  { loan: "LN-1", bank: FIRST_BANK, interest: 0.6 },
  { loan: second, bank: SECOND_BANK, interest: 0.25 },
  { loan: "LN-1", bank: FIRST_BANK, interest: 0.15 },
];
const interest = { of: "loan.drawn", as: "drawn", amount: "drawn.interest" };
const fields = { loan: { type: "text" }, bank: { type: "text" }, interest: { type: "money" } };
const labelled = Object.entries(fields).map(([name, field]) => [name, { ...field, label: { zh: name, en: name } }]);

let journey: Journey;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "lender-"));
  journey = await openJourney({
    ...{ staff: [9, 8], institutions: new Map([[CHANNEL, await channelExchange(directory, CHANNEL)]]) },
    facts: { "loan.drawn": { type: "list", fields: Object.fromEntries(labelled) } },
    // The second firm's bank has not said which loan it is.
    known: (nth) => ({ "loan.drawn": nth === 0 ? loans("LN-2") : [{ bank: SECOND_BANK, interest: 0.25 }] }),
    policy: {
      benefit: { clause: "二", amount: { each: interest } },
      payout: {
        ...{ budgetLine: LINE_2025, period: "once", confirmWithinDays: 90 },
        channel: { kind: CHANNEL, ...interest, loan: "drawn.loan", bank: "drawn.bank" },
      },
    },
  });
});
afterAll(async () => {
  await journey.close();
  await rm(directory, { recursive: true, force: true });
});

const claims = async () => {
  const rows = await journey.house.db.entitlement.findMany({ orderBy: { amountFen: "desc" } });
  return rows.map(({ status, amountFen }) => `${status} ${amountFen}`);
};
const payments = async () => {
  const rows = await journey.house.db.payment.findMany({ orderBy: [{ amountFen: "desc" }, { attempt: "asc" }] });
  return rows.map(({ endToEndId, attempt, amountFen, status }) => ({
    id: endToEndId,
    amountFen,
    is: `${amountFen} ${attempt} ${status}`,
  }));
};
const paymentOf = async (amountFen: bigint, attempt = 1) => {
  const found = (await payments()).find(({ is }) => is.startsWith(`${amountFen} ${attempt} `));
  return { id: found?.id ?? "", amountFen };
};
const reports = async (name: string, content: string) => {
  await writeFile(path.join(directory, "from-bank", name), content);
  await journey.run("reconcile");
};
const ordered = async () => {
  await journey.run("draft-payments");
  await journey.approve();
  await journey.run("send-payments");
  const folder = path.join(directory, "to-bank");
  const lists = (await readdir(folder)).filter((name) => name.endsWith(".csv"));
  const texts = await Promise.all(lists.map((name) => readFile(path.join(folder, name), "utf8")));
  for (const name of lists) await rename(path.join(folder, name), path.join(folder, "taken", name));
  return texts.join("\n");
};

test("one consent makes a claim for each loan, to the fen what was decided; an unknown loan is offered to nobody", async () => {
  await journey.fund(LINE_2025, 2025, 1000n, "豫财〔2025〕1号");
  await journey.run("match");
  expect(await journey.standings()).toEqual([`offered 100 ${LINE_2025}`, "nothing"]);
  await journey.confirm(journey.firms[0]!);
  expect(await claims()).toEqual(["confirmed 75", "confirmed 25"]);
  expect(await differencesIn(journey)).toEqual([]);
});

test("the list that two people signed names for each loan its own bank", async () => {
  journey.at("2025-11-05T10:00");
  const list = await ordered();
  const { name } = journey.firms[0]!;
  expect(list).toContain(`${name},LN-1,${FIRST_BANK},0.75,${(await paymentOf(75n)).id}`);
  expect(list).toContain(`${name},LN-2,${SECOND_BANK},0.25,${(await paymentOf(25n)).id}`);
  expect((await payments()).map(({ is }) => is)).toEqual(["75 1 submitted", "25 1 submitted"]);
});

test("a bank that refuses its loan's number leaves the other bank's interest alive", async () => {
  const { messageId } = await journey.house.db.paymentBatch.findFirstOrThrow();
  const done = { ...(await paymentOf(75n)), result: "成功" };
  const refused = { ...(await paymentOf(25n)), result: "失败", code: "AC01", reason: "贷款编号不存在" };
  await reports("1.csv", channelResult(CHANNEL, messageId, [done, refused]));
  const proof = { ...(await paymentOf(75n)), reference: "R1", day: "2025-11-06" };
  await reports("2.csv", channelStatement(CHANNEL, PAYER, [proof]));
  expect(await claims()).toEqual(["paid 75", "confirmed 25"]);
  const message = await journey.house.db.inboxMessage.findFirstOrThrow({ where: { kind: "returned" } });
  expect(message.firmCode).toBe(journey.firms[0]!.code);
  expect(await differencesIn(journey)).toEqual([]);
});

test("once its bank names the loan rightly it is ordered exactly once more, and its own statement pays it", async () => {
  const { house, firms, at, run } = journey;
  at("2025-11-10T01:00");
  const id = "delivery_right_number";
  const from = { sourceId: "people", asOf: dayToDate("2025-11-08" as Day), obtainedAt: house.clock.now() };
  const counts = { rowsGood: 1, rowsBad: 0, importedBy: "system:import" };
  await house.db.delivery.create({ data: { id, fileName: "people.csv", sha256: sha256(id), ...from, ...counts } });
  const said = { "ent.staff": 9, "ent.subjectType": "企业", "loan.drawn": loans("LN-3") };
  await house.db.fact.createMany({
    data: Object.entries(said).map(([factId, value]) => ({
      ...{ ...from, firmCode: firms[0]!.code, deliveryId: id },
      ...{ factId, value },
    })),
  });
  await run("match");
  const waiting = await house.db.entitlement.findFirstOrThrow({ where: { amountFen: 25n } });
  await journey.prepare(waiting.id);
  await journey.prepare(waiting.id);
  at("2025-11-10T10:00");
  const list = await ordered();
  expect(list).toContain(`${firms[0]!.name},LN-3,${SECOND_BANK},0.25,${(await paymentOf(25n, 2)).id}`);
  expect(list).not.toContain("LN-1");
  const proof = { ...(await paymentOf(25n, 2)), reference: "R2", day: "2025-11-11" };
  await reports("3.csv", channelStatement(CHANNEL, PAYER, [proof]));
  await reports("4.csv", channelStatement(CHANNEL, PAYER, [proof]));
  expect(await claims()).toEqual(["paid 75", "paid 25"]);
  expect((await payments()).map(({ is }) => is)).toEqual(["75 1 settled", "25 1 rejected", "25 2 settled"]);
  expect(await differencesIn(journey)).toEqual([]);
});
