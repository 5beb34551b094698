import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { fen } from "../kernel/money.ts";
import { breachOf } from "./delegation.ts";

const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"));
const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });

describe("a delegation", () => {
  test.prop([ids, ids, amount, amount])(
    "covers exactly what is in its scope and comes to no more than its cap",
    (scope, asked, cap, total) => {
      const inScope = asked.every((id) => scope.includes(id));
      const wanted = inScope ? (total <= cap ? undefined : "delegation-cap-exceeded") : "delegation-out-of-scope";
      expect(breachOf({ policies: scope, capFen: fen(cap) }, asked, fen(total))?.code).toBe(wanted);
    },
  );

  test.prop([ids, amount])("for every policy has no scope to leave, and its cap is within", (asked, cap) => {
    const bounds = { policies: "all", capFen: fen(cap) } as const;
    expect(breachOf(bounds, asked, fen(cap))).toBeUndefined();
    expect(breachOf(bounds, asked, fen(cap + 1n))?.code).toBe("delegation-cap-exceeded");
  });
});
