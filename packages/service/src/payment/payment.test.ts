import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takeAnswer } from "./bank-answer.ts";
import {
  endToEndIdOf,
  isLive,
  keepWaiting,
  type Payment,
  type PaymentState,
  putInBatch,
  submit,
  takeOutOfBatch,
  voidPayment,
} from "./payment.ts";
import { placeLine } from "./place-line.ts";
import { aLine, aPayment, PAYER } from "./testing-payment.ts";

const batchId = "batch_1";
const day = aLine().bookedOn;
const states: Readonly<Record<string, PaymentState>> = {
  reserved: { status: "reserved" },
  voided: { status: "voided", reason: "x" },
  batched: { status: "batched", batchId },
  submitted: { status: "submitted", batchId },
  accepted: { status: "accepted", batchId },
  settled: { status: "settled", batchId, settledOn: day },
  rejected: { status: "rejected", batchId, reasonCode: "AC01" },
  returned: { status: "returned", batchId, reasonCode: "BE01", settledOn: day },
  "returned before its debit": { status: "returned", batchId, reasonCode: "BE01" },
};
const named = (name: string): Payment => {
  const state = states[name];
  if (!state) throw new Error(name);
  return aPayment(state);
};

describe("a payment", () => {
  test("has one end-to-end id per entitlement and attempt, short and plain enough for every bank", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 999 }), (entitlement, attempt) => {
        const id = endToEndIdOf(entitlement, attempt);
        expect(id).toMatch(/^[A-Z0-9-]{5,35}$/);
        expect(endToEndIdOf(entitlement, attempt)).toBe(id);
        expect(endToEndIdOf(entitlement, attempt + 1)).not.toBe(id);
      }),
    );
  });

  test("that was refused, returned or dropped leaves room for another attempt; no other does", () => {
    const free = Object.keys(states).filter((name) => !isLive(named(name)));
    expect(free).toEqual(["voided", "rejected", "returned", "returned before its debit"]);
  });

  const changes = {
    voidPayment: (payment: Payment) => voidPayment(payment, "x"),
    keepWaiting: (payment: Payment) => keepWaiting(payment, "x"),
    putInBatch: (payment: Payment) => putInBatch(payment, batchId),
    takeOutOfBatch,
    submit,
  };
  test.each([
    ["voidPayment", "reserved", "voided"],
    ["keepWaiting", "reserved", "reserved"],
    ["putInBatch", "reserved", "batched"],
    ["takeOutOfBatch", "batched", "reserved"],
    ["submit", "batched", "submitted"],
  ] as const)("%s leads from %s to %s and is refused in every other state", (change, from, to) => {
    expect(changes[change](named(from)).status).toBe(to);
    for (const other of Object.keys(states).filter((name) => name !== from)) {
      expect(() => changes[change](named(other)), other).toThrow(
        expect.objectContaining({ code: "payment-not-open" }) as Error,
      );
    }
  });
});

describe("the bank's answer", () => {
  const answer = (name: string, given: "accepted" | "rejected" | "pending") => {
    const answered = takeAnswer(named(name), { endToEndId: "x", answer: given });
    return "payment" in answered ? answered.payment.status : answered.kind;
  };
  test.each([
    ["submitted", "accepted", "accepted"],
    ["submitted", "rejected", "rejected"],
    ["accepted", "rejected", "rejected"],
    ["accepted", "accepted", "nothing-new"],
    ["settled", "accepted", "nothing-new"],
    ["returned", "accepted", "nothing-new"],
    ["rejected", "rejected", "nothing-new"],
    ["settled", "rejected", "contradiction"],
    ["returned", "rejected", "contradiction"],
    ["rejected", "accepted", "contradiction"],
    ["reserved", "accepted", "contradiction"],
    ["batched", "rejected", "contradiction"],
    ["voided", "accepted", "contradiction"],
  ] as const)("for a payment that is %s, %s means: %s", (state, given, expected) => {
    expect(answer(state, given)).toBe(expected);
  });

  test("is no answer while it is pending", () => {
    for (const name of Object.keys(states)) expect(answer(name, "pending")).toBe("nothing-new");
  });

  test("keeps the bank's reason, and says NARR when the bank gave none", () => {
    const given = { endToEndId: "x", answer: "rejected", reasonCode: "AC04", reason: "closed" } as const;
    expect(takeAnswer(aPayment(), given)).toMatchObject({ payment: { reasonCode: "AC04", reason: "closed" } });
    const silent = takeAnswer(aPayment(), { endToEndId: "x", answer: "rejected" });
    expect(silent).toMatchObject({ payment: { reasonCode: "NARR" } });
  });
});

describe("a line of the statement", () => {
  const place = (name: string, line = aLine(), entitlement: "confirmed" | "paid" | "received" = "confirmed") =>
    placeLine(line, { payment: named(name), payerAccountNo: PAYER, entitlement });

  test.each([
    ["submitted", "settled"],
    ["accepted", "settled"],
    ["returned before its debit", "settled-late"],
    ["settled", "suspense"],
    ["returned", "suspense"],
    ["rejected", "suspense"],
    ["reserved", "suspense"],
    ["batched", "suspense"],
    ["voided", "suspense"],
  ])("that debits a payment which is %s: %s", (state, expected) => {
    expect(place(state).kind).toBe(expected);
  });

  test.each([
    ["settled", "returned"],
    ["accepted", "returned"],
    ["submitted", "returned"],
    ["returned", "suspense"],
    ["returned before its debit", "suspense"],
    ["rejected", "suspense"],
    ["reserved", "suspense"],
    ["batched", "suspense"],
    ["voided", "suspense"],
  ])("that credits a payment which is %s: %s", (state, expected) => {
    expect(place(state, aLine({ direction: "credit", reasonCode: "BE01" })).kind).toBe(expected);
  });

  test("that returns what the firm has already received is for a person to look at", () => {
    expect(place("settled", aLine({ direction: "credit" }), "received").kind).toBe("suspense");
  });

  test("says where the money comes back from", () => {
    const credit = aLine({ direction: "credit" });
    expect(place("settled", credit)).toMatchObject({ from: "paid" });
    expect(place("accepted", credit)).toMatchObject({ from: "in-transit" });
  });

  test.each([
    ["another amount", { amountFen: 99_999n as never }],
    ["another currency", { currency: "USD" }],
    ["another account", { accountNo: "41000000000002" }],
    ["no end-to-end id", { endToEndId: undefined }],
  ])("with %s moves nothing, whatever the payment's state", (_, change) => {
    for (const state of Object.keys(states)) {
      expect(place(state, aLine(change)).kind).toBe("suspense");
      expect(place(state, aLine({ ...change, direction: "credit" })).kind).toBe("suspense");
    }
  });

  test("for a payment that nobody knows moves nothing", () => {
    expect(placeLine(aLine(), undefined)).toMatchObject({ kind: "suspense" });
  });
});
