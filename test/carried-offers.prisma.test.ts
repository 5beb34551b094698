import { afterAll, beforeAll, expect, test } from "vitest";
import { carryOver } from "../packages/service/src/payment/carry-over.ts";
import { differencesIn, type Journey, LINE_2025, openJourney } from "../packages/service/src/testing-journey.prisma.ts";

/** A policy goes on after its line was carried over: what is offered from then on is the new line's. */

const NEXT = "journey-2026";
let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ staff: [9, 8] });
});
afterAll(() => journey.close());

test("what is offered after a carry-over is reserved on the new year's line, though the policy names the old one", async () => {
  const { house, fund, run, confirm, firms } = journey;
  await fund(LINE_2025, 2025, 300n, "豫财〔2025〕1号");
  await carryOver(house, {
    from: LINE_2025,
    to: { id: NEXT, title: "2026 年结转", year: 2026 },
    available: "carried",
    document: "豫财〔2026〕1号",
    actor: "finance",
  });
  await run("match");
  expect(await journey.standings()).toEqual([`offered 100 ${NEXT}`, `offered 100 ${NEXT}`]);
  await confirm(firms[0]!);
  const lines = await house.transaction(({ budget }) => budget.list());
  expect(lines.map(({ id, availableFen, reservedFen }) => [id, availableFen, reservedFen])).toEqual([
    [LINE_2025, 0n, 0n],
    [NEXT, 200n, 100n],
  ]);
  expect(await differencesIn(journey)).toEqual([]);
});
