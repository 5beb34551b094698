import { expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import { openResult } from "./open-result.ts";
import { resultsAtom } from "./results-atom.ts";
import { resultsCsv } from "./results-csv.ts";

const canary = "CANARY";

/** A row as a careless query could hand it over one day: with more than the list shows. */
const row = {
  ...{ id: "result_A", policyId: "henan-o01", policyTitle: "稳岗返还", regionCode: "410105" },
  ...{ maskedName: "郑州****有限公司", maskedCode: "91410100********1K", amountFen: fen(1_260_000n) },
  ...{ paidOn: "2025-11-06" as Day, publishedAt: new Date("2025-11-11T01:00:00Z") },
  ...{ firmName: canary, firmCode: canary, accountNo: canary, bankAccountId: canary, holderName: canary },
  ...{ email: canary, phone: canary, entitlementId: canary, paymentId: canary, consentId: canary, facts: canary },
};

test("open data has exactly the fields of its list, whatever else a row carries", () => {
  expect(openResult(row)).toEqual({
    id: "result_A",
    policyId: "henan-o01",
    policyTitle: "稳岗返还",
    beneficiary: "郑州****有限公司",
    code: "91410100********1K",
    regionCode: "410105",
    amountYuan: "12600.00",
    paidOn: "2025-11-06",
    publishedAt: "2025-11-11T01:00:00.000Z",
  });
});

test("nothing but those fields reaches JSON, CSV or the feed", async () => {
  let csv = "";
  for await (const part of resultsCsv({ page: async () => ({ results: [row] }) }, {})) csv += part;
  const links = { self: "https://a.example/results.atom", page: "https://a.example/results" };
  const everything = [JSON.stringify(openResult(row)), csv, resultsAtom([row], links)];
  for (const text of everything) {
    expect(text).toContain("12600.00");
    expect(text).not.toContain(canary);
  }
});
