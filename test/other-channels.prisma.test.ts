import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { booksOn } from "../packages/service/src/audit/books.prisma.ts";
import { type Day, dayToDate } from "../packages/service/src/kernel/day.ts";
import { sha256 } from "../packages/service/src/kernel/digest.ts";
import { channelExchange } from "../packages/service/src/payment/channel-exchange.bank.ts";
import type { OtherChannel } from "../packages/service/src/payment/channel-tables.ts";
import { correctAccount } from "../packages/service/src/payment/correct-account.ts";
import { channelResult, channelStatement } from "../packages/service/src/payment/testing-channel.ts";
import { type Journey, LINE_2025, openJourney } from "../packages/service/src/testing-journey.prisma.ts";

/** What every channel owes us, from the consent to its own proof, whatever its lists look like. */

const PAYER = "41000000000088";
const institution = { code: "900000000001", name: { zh: "试验供应单位", en: "Test supplier" } };
const text = { type: "text" };
const cases: readonly (readonly [OtherChannel, Readonly<Record<string, unknown>>])[] = [
  [
    "bill-deduction",
    {
      benefit: { clause: "二", amount: 1 },
      channel: { kind: "bill-deduction", institution, customer: "bill.customer" },
    },
  ],
  [
    "tax-receipt",
    {
      benefit: { clause: "二", kind: "taxRelief", amount: 1 },
      channel: { kind: "tax-receipt", institution, taxpayer: "bill.customer" },
    },
  ],
];

describe.each(cases)("by %s", (channel, { benefit, channel: way }) => {
  let journey: Journey;
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "channel-"));
    const institutions = new Map([[channel, await channelExchange(directory, channel)]]);
    journey = await openJourney({
      ...{ staff: [9, 8, 7], institutions, facts: { "bill.customer": text } },
      known: (nth): Record<string, string> => (nth === 2 ? {} : { "bill.customer": `35060010${nth}` }),
      policy: {
        benefit,
        payout: { budgetLine: LINE_2025, period: "once", confirmWithinDays: 90, channel: way },
      },
    });
  });
  afterAll(async () => {
    await journey.close();
    await rm(directory, { recursive: true, force: true });
  });

  const standings = async () => (await journey.standings()).map((each) => each.split(" ")[0]);
  const payments = () => journey.house.db.payment.findMany({ orderBy: { createdAt: "asc" } });
  const say = async (name: string, content: string) => {
    await writeFile(path.join(directory, "from-bank", name), content);
    await journey.run("reconcile");
  };
  const differences = () => booksOn(journey.house.db).differences();
  const idOf = async (nth: number) => {
    const { code } = journey.firms[nth]!;
    const { id } = await journey.house.db.entitlement.findFirstOrThrow({ where: { firmCode: code } });
    return (
      await journey.house.db.payment.findFirstOrThrow({ where: { entitlementId: id }, orderBy: { attempt: "desc" } })
    ).endToEndId;
  };

  test("it is offered where it is known under which number it arrives, and to nobody else", async () => {
    await journey.fund(LINE_2025, 2025, 1000n, "豫财〔2025〕1号");
    await journey.run("match");
    expect(await journey.standings()).toEqual([`offered 100 ${LINE_2025}`, `offered 100 ${LINE_2025}`, "nothing"]);
  });

  test("a firm that names another account for its money moves none of what goes to no account", async () => {
    const { house, firms, confirm } = journey;
    for (const firm of firms.slice(0, 2)) await confirm(firm);
    const accounts = async () =>
      (await house.db.entitlement.findMany({ where: { status: "confirmed" }, orderBy: { id: "asc" } })).map(
        ({ bankAccountId }) => bankAccountId,
      );
    const before = await accounts();
    const account = {
      holderName: firms[0]!.name,
      accountNo: "6222000011112222",
      bankName: "某行",
      bankCode: "102491000001",
    };
    await correctAccount(house, { firmCode: firms[0]!.code, actor: "legal", account });
    expect(await accounts()).toEqual(before);
    expect(before).toHaveLength(2);
  });

  test("two people sign the list, and the institution gets it with every number and amount", async () => {
    const { firms, run, approve, at } = journey;
    at("2025-11-05T10:00");
    await run("draft-payments");
    await approve();
    await run("send-payments");
    const [name = ""] = (await readdir(path.join(directory, "to-bank"))).filter((each) => each.endsWith(".csv"));
    const list = await readFile(path.join(directory, "to-bank", name), "utf8");
    for (const nth of [0, 1])
      expect(list).toContain(`${firms[nth]!.name},35060010${nth},${institution.code},1.00,${await idOf(nth)}`);
    await rename(path.join(directory, "to-bank", name), path.join(directory, "to-bank", "taken", name));
    expect((await payments()).map(({ status }) => status)).toEqual(["submitted", "submitted"]);
    expect(await differences()).toEqual([]);
  });

  test("taking it on is a promise; only the institution's own statement makes it done, and leaves the rest alive", async () => {
    const [batch] = await journey.house.db.paymentBatch.findMany();
    const rows = [0, 1].map(async (nth) => ({ id: await idOf(nth), amountFen: 100n, result: "成功" }));
    await say("1.csv", channelResult(channel, batch!.messageId, await Promise.all(rows)));
    expect(await standings()).toEqual(["confirmed", "confirmed", "nothing"]);
    const done = { reference: "R1", day: "2025-11-06", id: await idOf(0), amountFen: 100n };
    await say("2.csv", channelStatement(channel, PAYER, [done]));
    expect(await standings()).toEqual(["paid", "confirmed", "nothing"]);
    expect(await differences()).toEqual([]);
  });

  test("the same statement again changes nothing, and what fits nothing waits for a person", async () => {
    const again = { reference: "R1", day: "2025-11-06", id: await idOf(0), amountFen: 100n };
    const stray = { reference: "R2", day: "2025-11-06", id: "AFNOBODY-1", amountFen: 100n };
    const other = { reference: "R3", day: "2025-11-06", id: await idOf(1), amountFen: 99n };
    await say("3.csv", channelStatement(channel, PAYER, [again, stray, other]));
    await say("4.csv", channelStatement(channel, PAYER, [again, stray, other]));
    const lines = await journey.house.db.statementLine.findMany({ orderBy: { reference: "asc" } });
    expect(lines.map(({ result }) => result)).toEqual(["settled", "suspense", "suspense"]);
    expect(await standings()).toEqual(["paid", "confirmed", "nothing"]);
  });

  test("what the institution undoes is owed again; it waits for another number and is then ordered exactly once more", async () => {
    const { house, run, at, approve, firms } = journey;
    const undone = {
      reference: "R4",
      day: "2025-11-07",
      id: await idOf(0),
      amountFen: 100n,
      isUndone: true,
      code: "AC01",
    };
    await say("5.csv", channelStatement(channel, PAYER, [undone]));
    expect(await standings()).toEqual(["confirmed", "confirmed", "nothing"]);
    expect(await payments()).toHaveLength(2);
    const told = await house.db.inboxMessage.findFirstOrThrow({ where: { kind: "returned" } });
    expect([told.body.includes("改账户"), told.body.includes("不用改账户")]).toEqual([true, true]);
    at("2025-11-10T01:00");
    const id = "delivery_other_number";
    const from = { sourceId: "people", asOf: dayToDate("2025-11-08" as Day), obtainedAt: house.clock.now() };
    const counts = { rowsGood: 1, rowsBad: 0, importedBy: "system:import" };
    await house.db.delivery.create({ data: { id, fileName: "people.csv", sha256: sha256(id), ...from, ...counts } });
    const fact = { ...from, firmCode: firms[0]!.code, deliveryId: id };
    await house.db.fact.createMany({
      data: [
        { ...fact, factId: "ent.staff", value: 9 },
        { ...fact, factId: "ent.subjectType", value: "企业" },
        { ...fact, factId: "bill.customer", value: "350600999" },
      ],
    });
    await run("match");
    const { id: owed } = await house.db.entitlement.findFirstOrThrow({ where: { firmCode: firms[0]!.code } });
    await journey.prepare(owed);
    await journey.prepare(owed);
    at("2025-11-10T10:00");
    await run("draft-payments");
    await approve();
    await run("send-payments");
    expect((await payments()).map(({ attempt, status }) => `${attempt} ${status}`).sort()).toEqual([
      "1 accepted",
      "1 returned",
      "2 submitted",
    ]);
    await say(
      "6.csv",
      channelStatement(channel, PAYER, [{ reference: "R5", day: "2025-11-11", id: await idOf(0), amountFen: 100n }]),
    );
    expect(await standings()).toEqual(["paid", "confirmed", "nothing"]);
    expect(await differences()).toEqual([]);
  });

  test("a bank's statement settles nothing of it, and raw SQL cannot make it an account", async () => {
    const { db } = journey.house;
    await expect(
      db.$executeRawUnsafe(
        `UPDATE bank_account SET status = 'active', channel = 'bank-transfer' WHERE channel = '${channel}'`,
      ),
    ).rejects.toThrow(/stays what it is|has no time of rest/);
    await expect(db.$executeRawUnsafe(`UPDATE payment SET channel = 'bank-transfer'`)).rejects.toThrow(/goes by/);
    await expect(
      db.$executeRawUnsafe(`UPDATE payment SET status = 'settled', settled_on = now() WHERE status = 'accepted'`),
    ).rejects.toThrow(/without a booked debit/);
    await expect(
      db.$executeRawUnsafe(
        `UPDATE entitlement SET bank_account_id = own.id FROM bank_account own
         WHERE own.firm_code = entitlement.firm_code AND own.status = 'active' AND bank_account_id IS NOT NULL`,
      ),
    ).rejects.toThrow(/keeps its channel/);
  });
});
