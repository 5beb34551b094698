import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boxSize, type FlowLayout, layOut, type Transition } from "./flow-layout.ts";

const benefit: readonly Transition[] = [
  { from: "", to: "offered" },
  { from: "confirmed", to: "paid" },
  { from: "confirmed", to: "withdrawn" },
  { from: "declined", to: "offered" },
  { from: "offered", to: "confirmed" },
  { from: "offered", to: "declined" },
  { from: "offered", to: "lapsed" },
  { from: "offered", to: "waitlisted" },
  { from: "offered", to: "withdrawn" },
  { from: "paid", to: "confirmed" },
  { from: "paid", to: "received" },
  { from: "waitlisted", to: "confirmed" },
  { from: "waitlisted", to: "withdrawn" },
  { from: "withdrawn", to: "offered" },
];

const lefts = ({ boxes }: FlowLayout) => Math.min(...boxes.map(({ x }) => x));

describe("the chart of a state machine", () => {
  test("leads down the longest way, with what ends elsewhere beside it", () => {
    const chart = layOut(benefit);
    const states = (isLeft: boolean) =>
      chart.boxes.filter(({ x }) => (x === lefts(chart)) === isLeft).map(({ state }) => state);
    expect(states(true)).toEqual(["offered", "waitlisted", "confirmed", "paid", "received"]);
    expect(states(false).sort()).toEqual(["declined", "lapsed", "withdrawn"]);
    expect(chart.boxes.filter(({ isEnd }) => isEnd).map(({ state }) => state)).toEqual(["received", "lapsed"]);
  });

  test("draws a step and its way back as one line with two heads", () => {
    const twoWay = layOut(benefit).arrows.filter(({ isTwoWay }) => isTwoWay);
    const pairs = twoWay.map(({ from, to }) => [from, to].sort().join("-")).sort();
    expect(pairs).toEqual(["confirmed-paid", "declined-offered", "offered-withdrawn"]);
  });

  test("shows every state once and every step once, whatever the table says, and no box lies on another", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e", "f", "g");
    const step = fc.record({ from: name, to: name }).filter(({ from, to }) => from !== to);
    const machine = fc.uniqueArray(step, { selector: ({ from, to }) => from + to, maxLength: 14 });
    fc.assert(
      fc.property(machine, (steps) => {
        const chart = layOut([{ from: "", to: "a" }, ...steps]);
        const states = new Set(["a", ...steps.flatMap(({ from, to }) => [from, to])]);
        expect(chart.boxes.map(({ state }) => state).sort()).toEqual([...states].sort());
        const drawn = chart.arrows.reduce((sum, { isTwoWay }) => sum + (isTwoWay ? 2 : 1), 0);
        expect(drawn).toBe(steps.length);
        for (const [index, one] of chart.boxes.entries()) {
          expect(one.x >= 0 && one.x + boxSize.width <= chart.width).toBe(true);
          expect(one.y >= 0 && one.y + boxSize.height <= chart.height).toBe(true);
          for (const other of chart.boxes.slice(index + 1)) {
            const apart = Math.abs(one.x - other.x) >= boxSize.width || Math.abs(one.y - other.y) >= boxSize.height;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  test("without transitions it is empty and still a drawing", () => {
    expect(layOut([])).toMatchObject({ boxes: [], arrows: [] });
  });
});
