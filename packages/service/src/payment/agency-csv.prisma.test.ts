import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { booksOn } from "../audit/books.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { csvExchangeBank } from "./csv-exchange.bank.ts";
import { draftBatch } from "./draft-batch.ts";
import { endToEndIdOf } from "./payment.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { balancesOf, fundTestLine } from "./testing.prisma.ts";
import { agencyResult, agencyStatement } from "./testing-agency.ts";
import { openTown } from "./testing-town.prisma.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test("through a bank that reads tables only: one is paid, one returned, one rejected, and the books agree", async () => {
  const town = await openTown(store); // for its firms; its own bank stays idle
  const directory = await mkdtemp(path.join(tmpdir(), "agency-"));
  const bank = await csvExchangeBank(directory);
  const { deps } = town;
  const [LINE, PAYER] = ["agency-line", "41000000000061"];
  await fundTestLine(deps, LINE, 1_000n, PAYER);
  const offers = await town.agreed(LINE, 3, 100n);
  await town.prepare(offers);
  const { batchId } = await draftBatch(deps, { maker: "maker" });
  const batch = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
  await approveBatch(deps, { batchId: batch.id, checker: "checker", sha256: batch.sha256 });
  expect(await sendApprovedBatches({ ...deps, bank })).toEqual({ sent: 1, inDoubt: 0 });

  const order = await readFile(path.join(directory, "to-bank", `${batch.messageId}.csv`), "utf8");
  expect(order).toContain(`代发文件,${batch.messageId},3,3.00`);
  const [paid = "", returned = "", rejected = ""] = offers.map(({ entitlementId }) => endToEndIdOf(entitlementId, 1));
  const put = (name: string, text: string) => writeFile(path.join(directory, "from-bank", name), text);
  const [amountFen, day] = [100n, "2025-11-04"];
  await put(
    "1.csv",
    agencyResult(batch.messageId, [
      { id: paid, amountFen, result: "成功" },
      { id: returned, amountFen, result: "成功" },
      { id: rejected, amountFen, result: "失败", code: "AC01", reason: "账号不存在" },
    ]),
  );
  const movements = [
    { reference: "T1", day, side: "借", amountFen, id: paid },
    { reference: "T2", day, side: "借", amountFen, id: returned },
    { reference: "T3", day: "2025-11-05", side: "贷", amountFen, id: returned, code: "BE01" },
  ] as const;
  const statement = `\uFEFF${agencyStatement(PAYER, 10_000n, movements)}`;
  await put("2.csv", statement);
  await put("3.csv", statement.slice(0, -30));
  await put("4.csv", statement);

  const collected = await collectBankReports({ ...deps, bank });
  expect(collected).toMatchObject({
    files: 4,
    refused: 1,
    accepted: 2,
    rejected: 1,
    settled: 2,
    returned: 1,
    suspended: 0,
  });
  expect(await bank.reports()).toEqual([]);
  expect(await balancesOf(deps, LINE)).toEqual([1_000n, 700n, 100n, 0n, 100n]);
  expect(await store.prisma.$transaction((tx) => booksOn(tx).differences())).toEqual([]);
  await town.close();
  await rm(directory, { recursive: true, force: true });
});
