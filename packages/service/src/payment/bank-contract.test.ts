import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openBankDoor } from "../demo/simulated-bank-door.http.ts";
import { channelExchange } from "./channel-exchange.bank.ts";
import { csvExchangeBank } from "./csv-exchange.bank.ts";
import { fileExchangeBank } from "./file-exchange.bank.ts";
import { httpExchangeBank } from "./http-exchange.bank.ts";
import { writePain001 } from "./pain001.ts";
import { aPayment, PAYER } from "./testing-payment.ts";
import { isWorkbook, workbookAsTable } from "./workbook.ts";
import { xlsxExchangeBank } from "./xlsx-exchange.bank.ts";

const MESSAGE = "AF20251104-1";
const payer = { budgetLine: "test-line", name: "试验财政局", accountNo: PAYER, bankCode: "011491000016" };
const orderOf = (count = 2, messageId = MESSAGE) =>
  writePain001({
    ...{ messageId, createdAt: new Date("2025-11-04T02:00:00Z") },
    groups: [
      {
        payer,
        payments: Array.from({ length: count }, (_, nth) => ({ payment: aPayment(undefined, nth + 1), purpose: "x" })),
      },
    ],
  });

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "bank-"));
});
afterEach(async () => {
  for (const close of doors.splice(0)) await close();
  await rm(directory, { recursive: true, force: true });
});

const doors: (() => Promise<void>)[] = [];
/** Spoken to over real HTTP only; its counter behind the door is a folder. */
async function bankBehindDoor(counter: string) {
  const door = await openBankDoor(await fileExchangeBank(counter), { port: 0, token: "t" });
  doors.push(door.close);
  return httpExchangeBank({ url: `http://127.0.0.1:${door.port}`, token: "t" });
}

/** What every bank owes us, whatever its files look like. */
describe.each([
  ["ISO 20022 files", fileExchangeBank, ".xml"],
  ["agency tables", csvExchangeBank, ".csv"],
  ["agency workbooks", xlsxExchangeBank, ".xlsx"],
  ["ISO 20022 over HTTP", bankBehindDoor, ".xml"],
  ["lists for a utility company", (at: string) => channelExchange(at, "bill-deduction"), ".csv"],
  ["lists for a lending bank", (at: string) => channelExchange(at, "loan-interest"), ".csv"],
  ["lists for a tax office", (at: string) => channelExchange(at, "tax-receipt"), ".csv"],
] as const)("a bank of %s", (_, open, extension) => {
  const orderText = async () => {
    const file = await readFile(order());
    return new TextDecoder().decode(isWorkbook(file) ? await workbookAsTable(file) : file);
  };
  const order = () => path.join(directory, "to-bank", `${MESSAGE}${extension}`);
  const take = () => rename(order(), path.join(directory, "to-bank", "taken", `${MESSAGE}${extension}`));
  const report = (name: string) => path.join(directory, "from-bank", name);

  test("knows no message that it was not given", async () => {
    const bank = await open(directory);
    expect(await bank.query(MESSAGE)).toBe("unknown");
  });

  test("recognises an order that it has, before and after it takes it, and says so when asked", async () => {
    const bank = await open(directory);
    expect(await bank.submit(MESSAGE, orderOf())).toBe("taken");
    expect(await bank.submit(MESSAGE, orderOf())).toBe("taken-before");
    expect(await readdir(path.join(directory, "to-bank"))).toEqual(
      [path.basename(order()), "declined", "taken"].sort(),
    );
    await take();
    expect(await bank.query(MESSAGE)).toBe("taken");
    expect(await (await open(directory)).submit(MESSAGE, orderOf())).toBe("taken-before");
    expect(await bank.query(MESSAGE)).toBe("taken");
  });

  test("refuses another order under a known id, before and after it takes it", async () => {
    const bank = await open(directory);
    await bank.submit(MESSAGE, orderOf());
    await expect(bank.submit(MESSAGE, orderOf(3))).rejects.toThrow("other content");
    await take();
    await expect(bank.submit(MESSAGE, orderOf(3))).rejects.toThrow("other content");
  });

  test("gets every payment of the order, with its id and amount", async () => {
    const bank = await open(directory);
    await bank.submit(MESSAGE, orderOf(3));
    const file = await orderText();
    for (const nth of [1, 2, 3]) {
      const { endToEndId, accountNo } = aPayment(undefined, nth);
      expect(file).toContain(endToEndId);
      expect(file).toContain(accountNo);
    }
    expect(file.match(/1000\.00/g)).toHaveLength(3);
    expect(file).toContain("3000.00");
  });

  test("takes no id that cannot name a file", async () => {
    const bank = await open(directory);
    await expect(bank.submit("../x", orderOf(1, "../x"))).rejects.toThrow();
    await expect(bank.query("../x")).rejects.toThrow("cannot name a file");
  });

  test("gives its reports whole and in order, until each is dealt with", async () => {
    const bank = await open(directory);
    for (const name of ["2", "1", "3"]) await writeFile(report(`${name}${extension}`), `report ${name}`);
    await writeFile(report(`.4${extension}.part`), "half");
    await writeFile(report("5.tmp"), "something else");
    const read = async () => (await bank.reports()).map(({ content }) => new TextDecoder().decode(content));
    expect(await read()).toEqual(["report 1", "report 2", "report 3"]);
    await bank.acknowledge(`1${extension}`);
    await bank.acknowledge(`1${extension}`);
    expect(await read()).toEqual(["report 2", "report 3"]);
    await bank.refuse(`2${extension}`, "because");
    expect(await read()).toEqual(["report 3"]);
    const aside = path.join(directory, "from-bank", "unreadable");
    expect(await readFile(path.join(aside, `2${extension}`), "utf8")).toBe("report 2");
    expect(await readFile(path.join(aside, `2${extension}.reason.txt`), "utf8")).toBe("because\n");
    await expect(bank.acknowledge(`9${extension}`)).rejects.toThrow();
  });
});

test("a table in GB 18030, as many bank machines write, is handed over in UTF-8", async () => {
  const bank = await csvExchangeBank(directory);
  const gbk = Uint8Array.from([0xd5, 0xcb, 0xbb, 0xa7, 0xc3, 0xf7, 0xcf, 0xb8]); // 账户明细
  await writeFile(path.join(directory, "from-bank", "1.csv"), gbk);
  await writeFile(path.join(directory, "from-bank", "2.csv"), Uint8Array.from([0xff, 0xff]));
  const [table, junk] = await bank.reports();
  expect(new TextDecoder().decode(table?.content)).toBe("账户明细");
  expect([...(junk?.content ?? [])], "what is no text stays as it is").toEqual([0xff, 0xff]);
});

test.each([
  ["tables", csvExchangeBank],
  ["workbooks", xlsxExchangeBank],
])("an order in %s is what was signed: it is read before it is rewritten", async (_, open) => {
  const bank = await open(directory);
  await expect(bank.submit("AF20251104-2", orderOf())).rejects.toThrow("calls itself AF20251104-1");
  await expect(bank.submit(MESSAGE, orderOf().replace(">1000.00<", ">1000.01<"))).rejects.toThrow(/CtrlSum/);
  expect(await bank.query(MESSAGE)).toBe("unknown");
});
