import fc from "fast-check";
import { expect, test } from "vitest";
import { lineForNewOffers } from "./line-for-offers.ts";

const carried = (from: string, to: string, on: string) => ({ from, to, at: new Date(on) });

test("a line that was never carried over stays the policy's line", () => {
  expect(lineForNewOffers("a-2025", [])).toBe("a-2025");
  expect(lineForNewOffers("a-2025", [carried("b-2025", "b-2026", "2026-01-01")])).toBe("a-2025");
});

test("new offers follow the money through every year", () => {
  const years = [carried("a-2026", "a-2027", "2027-01-01"), carried("a-2025", "a-2026", "2026-01-01")];
  expect(lineForNewOffers("a-2025", years)).toBe("a-2027");
  expect(lineForNewOffers("a-2026", years)).toBe("a-2027");
});

test("a line carried over twice goes where it went last, in whatever order the two are read", () => {
  const twice = [carried("a-2025", "a-2026", "2026-01-01"), carried("a-2025", "c-2026", "2026-02-01")];
  expect(lineForNewOffers("a-2025", twice)).toBe("c-2026");
  expect(lineForNewOffers("a-2025", twice.toReversed())).toBe("c-2026");
});

test("whatever documents say, an answer comes, and it is a line that can be reached", () => {
  const line = fc.constantFrom("a", "b", "c", "d");
  const succession = fc.record({ from: line, to: line, at: fc.date({ noInvalidDate: true }) });
  fc.assert(
    fc.property(line, fc.array(succession, { maxLength: 8 }), (named, successions) => {
      const found = lineForNewOffers(named, successions);
      expect([named, ...successions.map(({ to }) => to)]).toContain(found);
      const isCarried = successions.some(({ from }) => from === found);
      const isAcyclic = successions.every(({ from, to }) => from < to);
      if (isAcyclic) expect(isCarried).toBe(false);
    }),
  );
});
