import { expect, test } from "vitest";
import { speaksOf } from "./speaks-of.ts";

const person = `P${"0".repeat(24)}`;
const firm = "91410100MA0000000X";

test.each([
  [["自然人"], true, false],
  [["企业", "个体工商户"], false, true],
  [["农民专业合作社", "自然人"], true, true],
])("a policy for %j is asked of persons: %s, of firms: %s", (subjectTypes, ofPersons, ofFirms) => {
  expect([speaksOf({ subjectTypes }, person), speaksOf({ subjectTypes }, firm)]).toEqual([ofPersons, ofFirms]);
});
