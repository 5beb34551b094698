import { describe, expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { type Elsewhere, elsewhereId, replacementOf } from "./destination.ts";

const firmCode = "91410100MA7770000K";
const loan = (reference: string, amount: bigint): Elsewhere => ({
  ...{ channel: "loan-interest", institution: "102491000011", name: "某行" },
  ...{ reference, fen: amount },
});
const idOf = (reference: string) => elsewhereId(firmCode, loan(reference, 0n));
/** Which number a claim of so much goes to after `refused`, beside claims on these. */
const goesTo = (amount: bigint, refused: string, beside: readonly string[], places: readonly Elsewhere[]) =>
  replacementOf({ firmCode, amountFen: fen(amount) }, { refused: idOf(refused), beside: beside.map(idOf) }, places)
    ?.reference;

describe("a claim whose number was refused", () => {
  test("waits as long as the records still name that number, whatever else is new", () => {
    expect(goesTo(25n, "B", ["A"], [loan("A", 75n), loan("B", 25n)])).toBeUndefined();
    expect(goesTo(25n, "B", ["A"], [loan("A", 75n), loan("B", 25n), loan("C", 25n)])).toBeUndefined();
  });

  test("goes to the one number that is new", () => {
    expect(goesTo(25n, "B", [], [loan("C", 25n)])).toBe("C");
    expect(goesTo(25n, "B", ["A"], [loan("A", 75n), loan("C", 30n)])).toBe("C");
  });

  test("never goes where another part of the award goes", () => {
    expect(goesTo(25n, "B", ["A"], [loan("A", 100n)])).toBeUndefined();
  });

  test("of several that are new goes to the one of its amount, and waits where none is", () => {
    const places = [loan("C", 75n), loan("D", 25n)];
    expect(goesTo(25n, "B", ["A"], places)).toBe("D");
    expect(goesTo(75n, "A", ["B"], places)).toBe("C");
    expect(goesTo(60n, "A", ["B"], places)).toBeUndefined();
  });

  test("waits for a number of its amount while another one of the award is missing too", () => {
    expect(goesTo(25n, "B", ["A"], [loan("C", 75n)])).toBeUndefined();
    expect(goesTo(75n, "A", ["B"], [loan("C", 75n)])).toBe("C");
  });
});
