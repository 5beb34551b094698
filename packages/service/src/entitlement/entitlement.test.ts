import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { DomainError } from "../kernel/errors.ts";
import { fen } from "../kernel/money.ts";
import {
  admit,
  confirm,
  confirmReceipt,
  decline,
  type Entitlement,
  lapse,
  markPaid,
  markReturned,
  redirect,
  reopen,
  withdraw,
} from "./entitlement.ts";

const deadline = new Date("2025-11-20T00:00:00+08:00");
const before = new Date(deadline.getTime() - 1);
const offered: Entitlement = {
  id: "entitlement_A",
  firmCode: "91410100MA0000001D",
  policyId: "policy",
  policyVersionId: "policy_v1",
  period: "2025",
  decisionId: "decision_A",
  budgetLine: "line",
  amountFen: fen(6_000_000),
  offeredAt: new Date("2025-11-04T02:00:00+08:00"),
  confirmBefore: deadline,
  remindersSent: 0,
  status: "offered",
};
const agreement = (at: Date) => ({ consentId: "consent_A", confirmedAt: at, bankAccountId: "bank_A" });
const confirmed: Entitlement = confirm(offered, agreement(before), "reserved");
const code = (work: () => unknown) => {
  try {
    work();
  } catch (cause) {
    return cause instanceof DomainError ? cause.code : String(cause);
  }
  return undefined;
};

describe("an offer", () => {
  test("can be confirmed until the deadline; the deadline itself is already too late", () => {
    expect(confirmed.status).toBe("confirmed");
    expect(code(() => confirm(offered, agreement(deadline), "reserved"))).toBe("confirmation-closed");
  });
  test("confirmed when the fund is exhausted waits in line and is admitted later", () => {
    const waiting = confirm(offered, agreement(before), "exhausted");
    expect(waiting.status).toBe("waitlisted");
    expect(admit(waiting).status).toBe("confirmed");
  });
  test("confirmed twice is confirmed once", () => {
    expect(confirm(confirmed, agreement(before), "reserved")).toBe(confirmed);
  });
  test("declined can be taken up again until the deadline, not after", () => {
    const declined = decline(offered, "consent_B", "暂不需要", before);
    expect(reopen(declined, before)).toEqual(offered);
    expect(code(() => reopen(declined, deadline))).toBe("confirmation-closed");
  });
  test("lapses at the deadline, and only without an answer", () => {
    expect(lapse(offered, before)).toBe(offered);
    expect(lapse(offered, deadline).status).toBe("lapsed");
    expect(lapse(confirmed, deadline)).toBe(confirmed);
  });
});

describe("money", () => {
  const paid = markPaid(confirmed, before);
  test("is paid only to who confirmed", () => {
    expect(code(() => markPaid(offered, before))).toBe("entitlement-not-open");
  });
  test("that the bank returns is owed again, with consent kept", () => {
    expect(markReturned(paid)).toEqual(confirmed);
  });
  test("that arrived is not withdrawn: that is a recovery with a hearing", () => {
    expect(code(() => withdraw(paid, "ineligible", before))).toBe("entitlement-not-open");
  });
  test("goes to another account only before it is paid", () => {
    expect(redirect(confirmed, "bank_B")).toMatchObject({ status: "confirmed", bankAccountId: "bank_B" });
    expect(code(() => redirect(paid, "bank_B"))).toBe("entitlement-not-open");
  });
  test("is received only after it was paid", () => {
    expect(confirmReceipt(paid, before).status).toBe("received");
    expect(code(() => confirmReceipt(confirmed, before))).toBe("entitlement-not-open");
  });
});

type Act = (current: Entitlement) => Entitlement;
const acts: Record<string, Act> = {
  confirm: (e) => confirm(e, agreement(before), "reserved"),
  waitlist: (e) => confirm(e, agreement(before), "exhausted"),
  decline: (e) => decline(e, "consent_B", "no", before),
  reopen: (e) => reopen(e, before),
  lapse: (e) => lapse(e, deadline),
  withdraw: (e) => withdraw(e, "ineligible", before),
  admit,
  pay: (e) => markPaid(e, before),
  giveBack: markReturned,
  receive: (e) => confirmReceipt(e, before),
};

property.prop([fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 30 })])(
  "whatever happens in whatever order, terms stay as offered and each act said twice changes nothing more",
  (names) => {
    let current: Entitlement = offered;
    for (const name of names) {
      const act = acts[name] as Act;
      let next: Entitlement;
      try {
        next = act(current);
      } catch (cause) {
        expect(cause).toBeInstanceOf(DomainError);
        continue;
      }
      expect(next.amountFen).toBe(offered.amountFen);
      expect(next.firmCode).toBe(offered.firmCode);
      if (name !== "reopen") expect(act(next)).toEqual(next);
      current = next;
    }
  },
);
