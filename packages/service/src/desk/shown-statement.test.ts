import path from "node:path";
import { parseVocabulary } from "@apply-free/rules";
import { expect, test } from "vitest";
import { readVocabularyDocuments } from "../policies/policy-source.fs.ts";
import { shownStatement } from "./shown-statement.ts";

const rules = path.join(import.meta.dirname, "../../../../rules/vocabulary");
const vocabulary = parseVocabulary(await readVocabularyDocuments(rules));
const office = { reader: { kind: "office" } as const, vocabulary, sourceId: "human-resources" };
const officer = { ...office, reader: { kind: "department", sourceId: "human-resources" } as const };

test("numbers of accounts and telephones are shown by their last digits, to everybody on the desk", () => {
  for (const reading of [office, officer]) {
    expect(shownStatement(reading, "account.accountNo", "6222000000000001")).toBe("****0001");
    expect(shownStatement(reading, "firm.phone", "13800000000")).toBe("****0000");
    expect(shownStatement(reading, "account.bankName", "示例银行")).toBe("示例银行");
  }
});

test("people's data are whole for the department that said them, fields of a record too", () => {
  expect(shownStatement(officer, "hr.hires.person", "canary")).toBe("canary");
  expect(shownStatement(office, "hr.hires.person", "canary")).not.toContain("canary");
  expect(shownStatement(office, "hr.hires", [{ person: "canary" }])).toContain("1 条记录");
  expect(shownStatement(office, "ui.layoffRate", "1.2")).toBe("1.2");
});
