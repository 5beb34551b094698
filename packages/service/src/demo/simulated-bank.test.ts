import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { readBankXml } from "../payment/bank-xml.ts";
import { readCamt053 } from "../payment/camt053.ts";
import { fileExchangeBank } from "../payment/file-exchange.bank.ts";
import { writePain001 } from "../payment/pain001.ts";
import { readPain002 } from "../payment/pain002.ts";
import { aPayment, PAYER } from "../payment/testing-payment.ts";
import { openSimulatedBank, type SimulatedBank, type SimulatedBankOptions } from "./simulated-bank.fs.ts";
import { bookingDay, lastClosedDay, returnDay } from "./simulated-bank.ts";

const payer = { budgetLine: "test-line", name: "试验财政局", accountNo: PAYER, bankCode: "011491000016" };
const MESSAGE = "AF20251104-1";
/** Payments 1 and 2 are fine, 3 is held under another name, 4 is closed, 5 does not exist. */
const payments = [1, 2, 3, 4, 5].map((nth) => aPayment(undefined, nth));
const holders = new Map(payments.slice(0, 4).map(({ accountNo, holderName }) => [accountNo, holderName]));
holders.set(payments[2]!.accountNo, "另一家企业");
const closed = new Set([payments[3]!.accountNo]);
const orderOf = (paid = payments, messageId = MESSAGE) =>
  writePain001({
    ...{ messageId, createdAt: new Date("2025-11-04T02:00:00Z") },
    groups: [{ payer, payments: paid.map((payment) => ({ payment, purpose: "x" })) }],
  });
const at = (shanghaiTime: string) => new Date(`${shanghaiTime}:00+08:00`);

let exchange: string;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "bank-"));
  exchange = path.join(directory, "exchange");
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const openBank = (more: Partial<SimulatedBankOptions> = {}) =>
  openSimulatedBank({ exchange, directory: path.join(directory, "books"), holders, closed, ...more });

/** What lies there for us, read: answers by end-to-end id, bookings by reference. */
async function reports() {
  const bank = await fileExchangeBank(exchange);
  const files = (await bank.reports()).map(({ name, content }) => ({ name, xml: readBankXml(content) }));
  return files.map(({ name, xml }) =>
    name.includes("answer")
      ? readPain002(xml).payments.map(({ endToEndId, answer, reasonCode }) => [endToEndId, answer, reasonCode ?? ""])
      : readCamt053(xml).map(({ endToEndId, direction, bookedOn, reasonCode }) => [
          endToEndId,
          direction,
          bookedOn,
          reasonCode ?? "",
        ]),
  );
}
const id = (nth: number) => payments[nth - 1]!.endToEndId;
/** Debits less returns of the five payments. */
const booked = (bank: SimulatedBank) =>
  payments.map(({ endToEndId }) => {
    const { debits = 0, returns = 0 } = bank.bookings().get(endToEndId) ?? {};
    return debits - returns;
  });
const day1 = "2025-11-04";
const expectedAnswers = [
  [id(1), "accepted", ""],
  [id(2), "accepted", ""],
  [id(3), "accepted", ""],
  [id(4), "rejected", "AC04"],
  [id(5), "rejected", "AC01"],
];
const expectedReports = [
  expectedAnswers,
  [1, 2, 3].map((nth) => [id(nth), "debit", day1, ""]),
  [[id(3), "credit", "2025-11-05", "BE01"]],
];

async function threeDays(bank: Awaited<ReturnType<typeof openBank>>): Promise<void> {
  for (const time of ["2025-11-04T16:00", "2025-11-04T18:00", "2025-11-05T18:00"]) await bank.run(at(time));
}

describe("the simulated bank", () => {
  test("answers, books, and sends back on the next working day what it cannot credit", async () => {
    const bank = await openBank();
    const customer = await fileExchangeBank(exchange);
    expect(await customer.submit(MESSAGE, orderOf())).toBe("taken");
    await threeDays(bank);
    expect(await reports()).toEqual(expectedReports);
    expect(await customer.query(MESSAGE)).toBe("taken");
    bank.close();
  });

  test("is killed between any two steps, started again, and says exactly the same", async () => {
    for (let steps = 0; ; steps += 1) {
      const customer = await fileExchangeBank(exchange);
      await customer.submit(MESSAGE, orderOf());
      let left = steps;
      const cut = await openBank({
        between() {
          if (left === 0) throw new Error("killed");
          left -= 1;
        },
      });
      const killed = await threeDays(cut).then(
        () => false,
        () => true,
      );
      cut.close();
      const again = await openBank();
      await threeDays(again);
      expect(await reports()).toEqual(expectedReports);
      expect(booked(again)).toEqual([1, 1, 0, 0, 0]);
      again.close();
      if (!killed) {
        expect(steps).toBeGreaterThan(6);
        return;
      }
      await rm(directory, { recursive: true, force: true });
    }
  });

  test("takes the same order once, and answers it once more", async () => {
    const bank = await openBank();
    const customer = await fileExchangeBank(exchange);
    await customer.submit(MESSAGE, orderOf());
    await bank.run(at("2025-11-04T10:00"));
    for (const { name } of await customer.reports()) await customer.acknowledge(name);
    expect(await customer.submit(MESSAGE, orderOf())).toBe("taken-before");
    await bank.run(at("2025-11-04T11:00"));
    expect(await reports()).toEqual([expectedAnswers]);
    await bank.run(at("2025-11-04T18:00"));
    expect(booked(bank)).toEqual([1, 1, 1, 0, 0]);
    bank.close();
  });

  test("declines another order under a known id, and what is no order, and works on", async () => {
    const bank = await openBank();
    await (await fileExchangeBank(exchange)).submit(MESSAGE, orderOf());
    await bank.run(at("2025-11-04T10:00"));
    await writeFile(path.join(exchange, "to-bank", "forged.xml"), orderOf(payments.slice(0, 1)));
    await writeFile(path.join(exchange, "to-bank", "broken.xml"), orderOf().slice(0, 500));
    await bank.run(at("2025-11-04T11:00"));
    expect((await readdir(path.join(exchange, "to-bank", "declined"))).sort()).toEqual([
      "broken.xml",
      "broken.xml.reason.txt",
      "forged.xml",
      "forged.xml.reason.txt",
    ]);
    await bank.run(at("2025-11-04T18:00"));
    expect(booked(bank)).toEqual([1, 1, 1, 0, 0]);
    bank.close();
  });

  test("can lose one answer; the work is done all the same, and asking again brings the answer", async () => {
    const bank = await openBank();
    const customer = await fileExchangeBank(exchange);
    bank.loseNextReply();
    await customer.submit(MESSAGE, orderOf());
    await bank.run(at("2025-11-04T10:00"));
    expect(await reports()).toEqual([]);
    await customer.submit(MESSAGE, orderOf());
    await bank.run(at("2025-11-04T11:00"));
    expect(await reports()).toEqual([expectedAnswers]);
    bank.close();
  });

  test("rejects what the payer's balance does not cover", async () => {
    const bank = await openBank({ openingFen: 250_000n });
    await (await fileExchangeBank(exchange)).submit(MESSAGE, orderOf());
    await bank.run(at("2025-11-04T10:00"));
    const answers = (await reports())[0]?.map(([, answer, reason]) => [answer, reason]);
    expect(answers?.slice(0, 3)).toEqual([
      ["accepted", ""],
      ["accepted", ""],
      ["rejected", "AM04"],
    ]);
    bank.close();
  });

  test("keeps its balance from one statement to the next", async () => {
    const bank = await openBank({ openingFen: 1_000_000n });
    const customer = await fileExchangeBank(exchange);
    await customer.submit(MESSAGE, orderOf());
    await threeDays(bank);
    const balances = [];
    for (const { name, content } of await customer.reports()) {
      const text = new TextDecoder().decode(content);
      if (!name.includes("answer"))
        balances.push([...text.matchAll(/<Bal>[\s\S]*?<Amt[^>]*>([\d.]+)</g)].map(([, yuan]) => yuan));
    }
    expect(balances).toEqual([
      ["10000.00", "7000.00"],
      ["7000.00", "8000.00"],
    ]);
    bank.close();
  });
});

describe("the bank's day", () => {
  test.each([
    ["before the cut-off it is today", "2025-11-04T16:59", "2025-11-04"],
    ["after the cut-off it is tomorrow", "2025-11-04T17:00", "2025-11-05"],
    ["on a Friday evening it is Monday", "2025-11-07T17:00", "2025-11-10"],
    ["on a Saturday it is Monday", "2025-11-08T10:00", "2025-11-10"],
    ["on a Sunday that is worked instead it is that day", "2025-09-28T10:00", "2025-09-28"],
    ["before the October holidays it is the day after them", "2025-09-30T17:00", "2025-10-09"],
  ])("%s", (_, time, day) => {
    expect(bookingDay(at(time))).toBe(day);
  });

  test("ends at 18:00, and a return takes one working day", () => {
    expect(lastClosedDay(at("2025-11-04T17:59"))).toBe("2025-11-03");
    expect(lastClosedDay(at("2025-11-04T18:00"))).toBe("2025-11-04");
    expect(returnDay("2025-11-07" as ReturnType<typeof returnDay>)).toBe("2025-11-10");
  });
});

describe("the exchange of files", () => {
  test("keeps an order until the bank has taken it, and refuses other bytes under its id, before and after", async () => {
    const bank = await openBank();
    const customer = await fileExchangeBank(exchange);
    expect(await customer.query(MESSAGE)).toBe("unknown");
    expect(await customer.submit(MESSAGE, orderOf())).toBe("taken");
    expect(await customer.submit(MESSAGE, orderOf())).toBe("taken-before");
    const other = orderOf([{ ...payments[0]!, amountFen: fen(1n) }]);
    await expect(customer.submit(MESSAGE, other)).rejects.toThrow(/other content/);
    await bank.run(at("2025-11-04T10:00"));
    await expect(customer.submit(MESSAGE, other)).rejects.toThrow(/other content/);
    expect(await readFile(path.join(exchange, "to-bank", "taken", `${MESSAGE}.xml`), "utf8")).toBe(orderOf());
    bank.close();
  });

  test("shows only whole files, and each until it is dealt with", async () => {
    const customer = await fileExchangeBank(exchange);
    const lies = (name: string) => writeFile(path.join(exchange, "from-bank", name), "<x/>");
    await lies("b.xml");
    await lies("a.xml");
    await lies(".c.xml.part");
    await lies("d.xml.tmp");
    const names = async () => (await customer.reports()).map(({ name }) => name);
    expect(await names()).toEqual(["a.xml", "b.xml"]);
    await customer.acknowledge("a.xml");
    await customer.acknowledge("a.xml");
    await customer.refuse("b.xml", "银行文件有误");
    await customer.refuse("b.xml", "银行文件有误");
    expect(await names()).toEqual([]);
    const unreadable = path.join(exchange, "from-bank", "unreadable");
    expect((await readdir(unreadable)).sort()).toEqual(["b.xml", "b.xml.reason.txt"]);
    expect(await readFile(path.join(unreadable, "b.xml.reason.txt"), "utf8")).toBe("银行文件有误\n");
    await expect(customer.acknowledge("never-there.xml")).rejects.toThrow(/ENOENT/);
  });

  test("takes no message id that could name another place", async () => {
    const customer = await fileExchangeBank(exchange);
    for (const messageId of ["../x", "a/b", "", "x".repeat(36), "a.b"]) {
      await expect(customer.submit(messageId, "<x/>")).rejects.toThrow(/cannot name a file/);
    }
  });
});
