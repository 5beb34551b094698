import { expect, test } from "vitest";
import { firmHrefFor } from "./firm-address.ts";

test("from a payment an auditor comes to the whole case, and others to the register, which they may read", () => {
  const benefit = { id: "entitlement_1", firmCode: "91410100MA0000001X" };
  expect(firmHrefFor("auditor", benefit)).toBe("/audit/cases/entitlement_1");
  for (const role of ["finance-maker", "finance-checker", "operator"] as const) {
    expect(firmHrefFor(role, benefit)).toBe("/desk/register?find=91410100MA0000001X");
  }
});
