import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { heldMoney } from "./held-money.ts";

const owed = { amountFen: fen(100) };
const nothing = { setOffFen: fen(0), bookedFen: fen(0) };
const setOff = (setOffFen: number, bookedFen = 0) => ({ setOffFen: fen(setOffFen), bookedFen: fen(bookedFen) });

describe("the money of a benefit that was agreed to and is not under way", () => {
  test("is reserved as long as nothing was sent, and again once a new attempt has taken it up", () => {
    expect(heldMoney(owed, [], nothing)).toEqual({ reservedFen: 100n, returnedFen: 0n });
    const again = [{ status: "returned" }, { status: "voided" }] as const;
    expect(heldMoney(owed, again, nothing)).toEqual({ reservedFen: 100n, returnedFen: 0n });
  });

  test("stays reserved where the bank refused to pay: nothing had left", () => {
    expect(heldMoney(owed, [{ status: "rejected" }], nothing)).toEqual({ reservedFen: 100n, returnedFen: 0n });
  });

  test("lies aside when the bank sent it back, less what is kept back for a debt", () => {
    expect(heldMoney(owed, [{ status: "returned" }], setOff(30))).toEqual({ reservedFen: 30n, returnedFen: 70n });
  });

  test("is less by what has paid a debt already", () => {
    expect(heldMoney(owed, [{ status: "returned" }], setOff(30, 30))).toEqual({ reservedFen: 0n, returnedFen: 70n });
    expect(heldMoney(owed, [{ status: "voided" }], setOff(30, 30))).toEqual({ reservedFen: 70n, returnedFen: 0n });
  });

  const status = fc.constantFrom("voided" as const, "rejected", "returned");
  property.prop([fc.nat(1_000), fc.nat(100), fc.nat(100), fc.array(fc.record({ status }))])(
    "is never more or less than the benefit without what has paid a debt",
    (amount, kept, booked, attempts) => {
      const setOffFen = fen(Math.floor((amount * kept) / 100));
      const bookedFen = fen((setOffFen * BigInt(booked)) / 100n);
      const held = heldMoney({ amountFen: fen(amount) }, attempts, { setOffFen, bookedFen });
      expect(held.reservedFen >= 0n && held.returnedFen >= 0n).toBe(true);
      expect(held.reservedFen + held.returnedFen).toBe(BigInt(amount) - bookedFen);
    },
  );
});
