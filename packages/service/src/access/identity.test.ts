import { describe, expect, test } from "vitest";
import { claimNames } from "./claim-names.ts";
import { identityOf } from "./identity.ts";

const called = { firmClaim: "org", roleClaim: "duty", loginClaim: "staff_no" };
const said = { sub: "s-1", name: "陈某", org: "91410100MA0000000X", duty: "legal", staff_no: "0042" };
const names = claimNames({ ...called, roles: "legal=representative,till=finance-maker,cashier=finance-maker" });

describe("what a provider says", () => {
  test("is read by the names that it was configured with", () => {
    expect(identityOf("https://identity.example", said, names)).toEqual({
      ...{ issuer: "https://identity.example", subject: "s-1", displayName: "陈某" },
      ...{ role: "representative", firmCode: "91410100MA0000000X", login: "0042" },
    });
  });

  test("of several duties that are one role here is that role; of two roles nothing is believed", () => {
    expect(identityOf("i", { ...said, duty: ["till", "cashier", "singer"] }, names).role).toBe("finance-maker");
    expect(() => identityOf("i", { ...said, duty: ["till", "legal"] }, names)).toThrowError(
      expect.objectContaining({ code: "identity-refused" }),
    );
  });

  test.each([[undefined], [42], [{}], [""], ["x".repeat(256)]])("is nobody with the subject %j", (sub) => {
    expect(() => identityOf("i", { ...said, sub }, names)).toThrowError(
      expect.objectContaining({ code: "identity-refused" }),
    );
  });

  test("is never a delegate: the firm alone lets one in", () => {
    expect(() => claimNames({ ...called, roles: "clerk=enterprise" })).toThrowError(/^OIDC_ROLES: "enterprise"/);
    expect(identityOf("i", { ...said, duty: "enterprise" }, claimNames(called)).role).toBeUndefined();
  });
});
