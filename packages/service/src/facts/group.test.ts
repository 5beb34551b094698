import { describe, expect, test } from "vitest";
import { type Control, type Controls, groupUnder, headOf } from "./group.ts";

/** Firms `A` to `F`; anything else is no firm of the register. `?` says that nobody told. */
function controls(said: Readonly<Record<string, string | null>>): Controls {
  const of = new Map(
    Object.entries(said).map(([code, by]): [string, Control] => [code, by === "?" ? undefined : { by }]),
  );
  const under = new Map<string, string[]>();
  for (const [code, by] of Object.entries(said)) {
    // Of whom nobody told clearly, somebody once said that it is under X.
    const named = by === "?" ? "X" : by;
    if (named !== null) under.set(named, [...(under.get(named) ?? []), code]);
  }
  return { of, isFirm: (code) => /^[A-F]$/.test(code), under };
}

describe("who is at the head of a firm's group", () => {
  test.each([
    ["itself, where nobody controls it", { A: null }, "A", "A"],
    ["whoever controls it, through others", { A: "B", B: "C", C: null }, "A", "C"],
    ["somebody who is no firm here", { A: "B", B: "X" }, "A", "X"],
    ["one of two that name each other, the same for both", { A: "B", B: "A" }, "B", "A"],
    ["not known, where somebody on the way does not say", { A: "B", B: "?" }, "A", undefined],
    ["not known, where it does not say itself", { A: "?" }, "A", undefined],
  ] as const)("%s", (_, said, code, head) => {
    expect(headOf(code, controls(said))).toBe(head);
  });
});

describe("a group", () => {
  test("has all firms under its head, at whatever depth, and the head where it is a firm", () => {
    expect(groupUnder("C", controls({ A: "B", B: "C", C: null, D: "C", E: null }))).toEqual({
      ...{ head: "C", members: ["A", "B", "C", "D"] },
    });
    expect(groupUnder("X", controls({ A: "X", B: "X" }))?.members).toEqual(["A", "B"]);
  });
  test("has both of two that name each other", () => {
    expect(groupUnder("A", controls({ A: "B", B: "A" }))?.members).toEqual(["A", "B"]);
  });
  test("has not whom it had once, and who says otherwise now", () => {
    const { of, isFirm } = controls({ A: "X", B: "Y" });
    expect(groupUnder("X", { of, isFirm, under: new Map([["X", ["A", "B"]]]) })?.members).toEqual(["A"]);
  });
  test("is not known while one that was said to be in it says nothing clear", () => {
    expect(groupUnder("X", controls({ A: "X", B: "?" }))).toBeUndefined();
  });
});
