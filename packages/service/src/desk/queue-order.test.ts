import { expect, test } from "vitest";
import { byUrgency, type Queued } from "./queue-order.ts";

const queued = (given: Partial<Queued>): Queued => ({
  ...{ status: "owed", overdueFen: "0", debtFen: "100", claimedFen: "100", cameBackFen: "0", ageDays: 1 },
  ...given,
});
const order = (...of: readonly Queued[]) => of.toSorted(byUrgency).map((each) => of.indexOf(each));

test("what is late comes before what waits for a decision, then what is paid in time; what is over comes last", () => {
  const [over, inTime] = [queued({ status: "closed" }), queued({})];
  const [noticed, late] = [queued({ status: "noticed", debtFen: undefined }), queued({ overdueFen: "1" })];
  expect(order(over, inTime, noticed, late)).toEqual([3, 2, 1, 0]);
});

test("of one kind the largest sum still open comes first, of equal ones the oldest", () => {
  const [small, large] = [queued({ debtFen: "9" }), queued({ debtFen: "10000000000" })];
  const nearlyBack = queued({ debtFen: "10000000001", cameBackFen: "10000000000" });
  expect(order(nearlyBack, small, large)).toEqual([2, 1, 0]);
  expect(order(queued({ ageDays: 2 }), queued({ ageDays: 30 }))).toEqual([1, 0]);
});

test("of what is late the largest late sum comes first, whatever else is owed", () => {
  const [lateLittle, lateMuch] = [
    queued({ debtFen: "900", overdueFen: "5" }),
    queued({ debtFen: "90", overdueFen: "50" }),
  ];
  expect(order(lateLittle, lateMuch)).toEqual([1, 0]);
});
