import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { booksOn } from "../packages/service/src/audit/books.prisma.ts";
import { type Day, dayToDate } from "../packages/service/src/kernel/day.ts";
import { sha256 } from "../packages/service/src/kernel/digest.ts";
import { carryOver } from "../packages/service/src/payment/carry-over.ts";
import { clocksOfCase } from "../packages/service/src/payment/promises.prisma.ts";
import { confirmAccounts } from "../packages/service/src/payment/testing.prisma.ts";
import {
  type Journey,
  type JourneyFirm,
  LINE_2025,
  openJourney,
} from "../packages/service/src/testing-journey.prisma.ts";

/** An award paid in parts: agreed to once, each part on its day, from kept money, and only while it is still deserved. */

const NEXT = "journey-2026";
const inHalves = {
  validity: { from: "2025-01-01", to: "2027-12-31", governs: "decision-day", clause: "一" },
  conditions: {
    all: [
      { name: "staffed", clause: "一", fact: "ent.staff", operator: "atLeast", value: 1 },
      { name: "small", clause: "一", fact: "ent.staff", operator: "atMost", value: 100 },
    ],
  },
  benefit: {
    clause: "二",
    amount: "0.99",
    instalments: {
      parts: [
        { afterMonths: 0, percent: 50 },
        { afterMonths: 12, percent: 50 },
      ],
      stillRequired: ["staffed"],
    },
  },
};

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ staff: [9, 8, 7], policy: inHalves });
});
afterAll(() => journey.close());

const claims = async ({ code }: JourneyFirm) => {
  const rows = await journey.house.db.entitlement.findMany({ where: { firmCode: code }, orderBy: { period: "asc" } });
  return rows.map(({ period, status, amountFen, budgetLine }) => `${period} ${status} ${amountFen} ${budgetLine}`);
};
const differences = () => booksOn(journey.house.db).differences();
const staffIs = async ({ code }: JourneyFirm, staff: number, day: string) => {
  const { db, clock } = journey.house;
  const id = `delivery_${code}_${day}`;
  const from = { sourceId: "people", asOf: dayToDate(day as Day), obtainedAt: clock.now() };
  const counts = { rowsGood: 1, rowsBad: 0, importedBy: "system:import" };
  await db.delivery.create({ data: { id, fileName: "people.csv", sha256: sha256(id), ...from, ...counts } });
  await db.fact.createMany({
    data: [
      { ...from, firmCode: code, deliveryId: id, factId: "ent.staff", value: staff },
      { ...from, firmCode: code, deliveryId: id, factId: "ent.subjectType", value: "企业" },
    ],
  });
};
/** Drafted, signed by a second person, sent, and booked by the bank in the evening. */
async function pay(day: string): Promise<void> {
  const { at, run, approve, town, house } = journey;
  at(`${day}T10:00`);
  await run("draft-payments");
  await confirmAccounts(house, house.db);
  await run("draft-payments");
  await approve();
  await run("send-payments");
  await town.bankDay();
  at(`${day}T18:30`);
  await town.bankDay();
  await house.pump();
}

describe("an award in two halves", () => {
  test("is offered as one, agreed to as one, and its money is kept in two parts that make it up to the fen", async () => {
    const { run, fund, confirm, firms, house } = journey;
    await fund(LINE_2025, 2025, 350n, "豫财〔2025〕1号");
    await run("match");
    expect(await claims(firms[0]!)).toEqual([`once offered 99 ${LINE_2025}`]);
    for (const firm of firms) await confirm(firm);
    expect(await claims(firms[0]!)).toEqual([`once confirmed 49 ${LINE_2025}`, `once/2 confirmed 50 ${LINE_2025}`]);
    const line = await house.transaction(({ budget }) => budget.get(LINE_2025));
    expect([line.availableFen, line.reservedFen]).toEqual([350n - 3n * 99n, 3n * 99n]);
    const consents = await house.db.consent.findMany({ where: { firmCode: firms[0]!.code } });
    expect(consents.map(({ totalFen }) => totalFen)).toEqual([99n]);
    expect(await differences()).toEqual([]);
  });

  test("the first half is paid at once, the second not before its day", async () => {
    const { firms, house } = journey;
    await pay("2025-11-04");
    for (const firm of firms) {
      expect((await claims(firm)).map((each) => each.split(" ")[1])).toEqual(["paid", "confirmed"]);
    }
    await pay("2026-11-03");
    expect((await claims(firms[0]!)).map((each) => each.split(" ")[1])).toEqual(["paid", "confirmed"]);
    expect(await house.db.payment.count()).toBe(3);
    const early = `INSERT INTO payment SELECT (jsonb_populate_record(payment, jsonb_build_object('id', 'early', 'attempt', 7,
      'end_to_end_id', 'early', 'status', 'reserved', 'batch_id', null, 'settled_on', null,
      'entitlement_id', part.entitlement_id, 'amount_fen', part.amount_fen))).*
      FROM payment JOIN award_part part ON part.award_id = payment.entitlement_id AND part.part = 2`;
    await expect(house.db.$executeRawUnsafe(early)).rejects.toThrow(/before the day of its part/);
    expect(await differences()).toEqual([]);
  });

  test("no clock runs against the office before the day of a part", async () => {
    const { db, compiled } = journey.house;
    const later = await db.entitlement.findFirstOrThrow({ where: { period: "once/2" } });
    const found = await clocksOfCase({ db, compiled, today: "2026-11-03" as Day }, later.id);
    expect(found?.startedOn).toBe("2026-11-04");
  });

  test("at the year's end the money that is kept for it goes along to the next year's line", async () => {
    const { house, firms } = journey;
    const to = { id: NEXT, title: "2026 年结转", year: 2026 };
    const order = { available: "returned-to-treasury", document: "豫财〔2026〕1号", actor: "finance" } as const;
    expect(await carryOver(house, { from: LINE_2025, to, ...order })).toEqual({ entitlements: 3, underWay: 0 });
    await house.pump();
    expect(await claims(firms[0]!)).toEqual([`once paid 49 ${LINE_2025}`, `once/2 confirmed 50 ${NEXT}`]);
    expect(await differences()).toEqual([]);
  });

  test("on its day a part waits until a matching has looked at its firm; then who still qualifies is paid, and who does not is told", async () => {
    const { firms, at, run, house } = journey;
    const [still, notAny, grown] = firms;
    at("2026-11-03T12:00");
    await staffIs(still!, 9, "2026-11-03");
    await staffIs(notAny!, 0, "2026-11-03");
    // More than the policy offers anything new to; the award named only that it still has staff.
    await staffIs(grown!, 500, "2026-11-03");
    at("2026-11-04T09:00");
    await run("draft-payments");
    const waiting = await house.db.payment.findMany({ where: { status: "reserved" } });
    expect(waiting.map(({ reason }) => reason)).toEqual(
      Array(3).fill("undetermined: the matching on or after 2026-11-04"),
    );
    at("2026-11-04T09:30");
    await run("match");
    await pay("2026-11-04");
    const after = await Promise.all(firms.map(claims));
    expect(after.map(([, second]) => second)).toEqual([
      `once/2 paid 50 ${NEXT}`,
      `once/2 withdrawn 50 ${NEXT}`,
      `once/2 paid 50 ${NEXT}`,
    ]);
    const line = await house.transaction(({ budget }) => budget.get(NEXT));
    expect([line.availableFen, line.reservedFen, line.paidFen]).toEqual([50n, 0n, 100n]);
    const told = await house.db.inboxMessage.findMany({ where: { firmCode: notAny!.code, kind: "withdrawn" } });
    expect(told).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  test("each part was paid once, and all that was paid is what was agreed to", async () => {
    const { firms, house, town } = journey;
    await pay("2026-11-05");
    for (const [nth, sum] of [99n, 49n, 99n].entries()) {
      const { code } = firms[nth]!;
      const rows = await house.db.payment.findMany({ where: { status: "settled" } });
      const own = new Set((await house.db.entitlement.findMany({ where: { firmCode: code } })).map(({ id }) => id));
      const paid = rows.filter(({ entitlementId }) => own.has(entitlementId));
      expect(paid.reduce((total, { amountFen }) => total + amountFen, 0n)).toBe(sum);
      expect(new Set(paid.map(({ endToEndId }) => endToEndId)).size).toBe(paid.length);
    }
    const bookings = [...town.simulated.bookings().values()];
    expect(bookings.every(({ debits, returns }) => debits - returns === 1)).toBe(true);
  });
});

test("raw SQL cannot pay a part twice or before its day, nor change what the firm agreed to", async () => {
  const { db } = journey.house;
  const part = await db.awardPart.findFirstOrThrow({ where: { part: 2 } });
  const refused = (statement: string) => expect(db.$executeRawUnsafe(statement)).rejects;
  const of = `entitlement_id = '${part.entitlementId}'`;
  await refused(`UPDATE award_part SET amount_fen = amount_fen + 1 WHERE ${of}`).toThrow(/is fixed/);
  await refused(`UPDATE award_part SET due_on = due_on - 300 WHERE ${of}`).toThrow(/is fixed/);
  await refused(`DELETE FROM award_part WHERE ${of}`).toThrow(/append-only/);
  const again = `INSERT INTO payment SELECT (jsonb_populate_record(payment,
    '{"id": "again", "attempt": 7, "end_to_end_id": "again", "status": "reserved", "batch_id": null, "settled_on": null}')).*
    FROM payment WHERE ${of}`;
  await refused(again).toThrow(/does not match its entitlement|payment_one_live/);
});
