import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { takeAnswer } from "./bank-answer.ts";
import { isLive, type Payment, prepare, putInBatch, submit, takeOutOfBatch, voidPayment } from "./payment.ts";
import { placeLine } from "./place-line.ts";
import { aLine, aPayment, PAYER } from "./testing-payment.ts";

/**
 * The attempts to pay one firm, as an accountant would write them down: where the money of each is. `here` =
 * with us, `gone` = dropped by us, `there` = at the bank, `no` = the bank refused, `booked`, `back`.
 */
type Money = "here" | "in-batch" | "gone" | "there" | "no" | "booked" | "back" | "back-early";
type Model = { attempts: Money[] };
type Real = { payments: Payment[]; aside: number };

const mayPay = (money: Money) => !["gone", "no", "back", "back-early"].includes(money);
const last = <Item>(items: readonly Item[]): Item => {
  const item = items.at(-1);
  if (item === undefined) throw new Error("there is no attempt yet");
  return item;
};
const setLast = <Item>(items: Item[], item: Item): void => {
  items[items.length - 1] = item;
};

type Command = fc.Command<Model, Real>;

/** Only one attempt at a time may pay. */
const another: Command = {
  check: ({ attempts }) => !attempts.some(mayPay),
  run(model, real) {
    expect(real.payments.some(isLive)).toBe(false);
    const { bankAccountId: id, holderName, accountNo, accountIndex, bankCode } = aPayment({ status: "reserved" });
    const payee = { id, holderName, accountNo, accountIndex, bankCode };
    real.payments.push(prepare(owed, model.attempts.length + 1, payee, new Date(0)));
    model.attempts.push("here");
  },
  toString: () => "another attempt",
};
const { entitlementId, budgetLine, amountFen } = aPayment({ status: "reserved" });
const owed = { id: entitlementId, budgetLine, amountFen } as Parameters<typeof prepare>[0];

/** What people do: possible in one state, refused in every other. */
function act(name: string, from: Money, to: Money, change: (payment: Payment) => Payment): Command {
  return {
    check: ({ attempts }) => attempts.length > 0,
    run({ attempts }, { payments }) {
      if (last(attempts) !== from) {
        expect(() => change(last(payments))).toThrow(expect.objectContaining({ code: "payment-not-open" }) as Error);
        return;
      }
      setLast(payments, change(last(payments)));
      setLast(attempts, to);
    },
    toString: () => name,
  };
}

/** The bank's answer to some attempt, also to one of long ago. */
const answered = (nth: number, answer: "accepted" | "rejected" | "pending"): Command => ({
  check: ({ attempts }) => nth < attempts.length,
  run({ attempts }, { payments }) {
    const taken = takeAnswer(payments[nth] as Payment, { endToEndId: "x", answer });
    if ("payment" in taken) payments[nth] = taken.payment;
    if (answer === "rejected" && attempts[nth] === "there") attempts[nth] = "no";
  },
  toString: () => `answer ${nth} ${answer}`,
});

type Line = Readonly<{
  nth: number;
  direction: "debit" | "credit";
  wrong: "nothing" | "amount" | "account" | "currency";
}>;

/** A booked line of some attempt: right or not quite, in any order, as often as you like. */
const booked = ({ nth, direction, wrong }: Line): Command => ({
  check: ({ attempts }) => nth < attempts.length,
  run({ attempts }, real) {
    const payment = real.payments[nth] as Payment;
    const line = aLine({
      direction,
      endToEndId: payment.endToEndId,
      amountFen: fen(payment.amountFen + (wrong === "amount" ? 1n : 0n)),
      ...(wrong === "account" && { accountNo: "1" }),
      ...(wrong === "currency" && { currency: "EUR" }),
    });
    const placement = placeLine(line, { payment, payerAccountNo: PAYER, entitlement: "confirmed" });
    if (placement.kind === "suspense") real.aside += 1;
    else if ("payment" in placement) real.payments[nth] = placement.payment;
    if (wrong !== "nothing") return void expect(placement.kind).toBe("suspense");
    const before = attempts[nth] as Money;
    const after = direction === "debit" ? debits[before] : credits[before];
    expect(placement.kind === "suspense").toBe(after === undefined);
    if (after !== undefined) attempts[nth] = after;
  },
  toString: () => `${direction} of ${nth}, ${wrong} wrong`,
});

/** What a line of the statement makes of it; what is missing is for a person to look at. */
const debits: Partial<Record<Money, Money>> = { there: "booked", "back-early": "back" };
const credits: Partial<Record<Money, Money>> = { there: "back-early", booked: "back" };

const statuses: Record<Money, readonly string[]> = {
  here: ["reserved"],
  "in-batch": ["batched"],
  gone: ["voided"],
  there: ["submitted", "accepted"],
  no: ["rejected"],
  booked: ["settled"],
  back: ["returned"],
  "back-early": ["returned"],
};

/** After every command: the same story in both, and money at one place only. */
const looked = (command: Command): Command => ({
  check: (model) => command.check(model),
  run(model, real) {
    command.run(model, real);
    expect(real.payments).toHaveLength(model.attempts.length);
    for (const [nth, money] of model.attempts.entries()) expect(statuses[money]).toContain(real.payments[nth]?.status);
    expect(real.payments.filter(isLive).length).toBeLessThanOrEqual(1);
    expect(new Set(real.payments.map(({ endToEndId }) => endToEndId)).size).toBe(real.payments.length);
    expect(new Set(real.payments.map(({ amountFen }) => amountFen)).size).toBeLessThanOrEqual(1);
  },
  toString: () => command.toString(),
});

const nth = fc.nat(2);
const commands = [
  fc.constant(another),
  fc.constant(act("batch", "here", "in-batch", (payment) => putInBatch(payment, "batch"))),
  fc.constant(act("unbatch", "in-batch", "here", takeOutOfBatch)),
  fc.constant(act("drop", "here", "gone", (payment) => voidPayment(payment, "x"))),
  fc.constant(act("send", "in-batch", "there", submit)),
  fc.tuple(nth, fc.constantFrom("accepted", "rejected", "pending")).map(([of, answer]) => answered(of, answer)),
  fc
    .record({
      nth,
      direction: fc.constantFrom("debit", "credit"),
      wrong: fc.constantFrom("nothing", "nothing", "nothing", "amount", "account", "currency"),
    })
    .map(booked),
].map((arbitrary) => (arbitrary as fc.Arbitrary<Command>).map(looked));

test("in whatever order people act and the bank speaks: one attempt at a time, and each where the accountant has it", () => {
  const reached = new Set<Money>();
  fc.assert(
    fc.property(fc.commands(commands, { size: "+1", maxCommands: 40 }), (script) => {
      const model: Model = { attempts: [] };
      fc.modelRun(() => ({ model, real: { payments: [], aside: 0 } }), script);
      for (const money of model.attempts) reached.add(money);
    }),
    { numRuns: 2_000 },
  );
  expect([...reached].sort()).toEqual(Object.keys(statuses).sort());
});
