import { expect, test } from "vitest";
import { cursorAt, parseCursor } from "./cursor.ts";

test("a position comes back from its cursor as it was", () => {
  const position = { at: new Date("2025-11-03T01:02:03.456Z"), id: "result_7K3M" };
  expect(parseCursor(cursorAt(position))).toEqual(position);
});

test.each(["", "1", "1.", ".id", "1.id'", "-1.id", `1.${"x".repeat(65)}`, "9999999999999999.id"])(
  "%j is not a cursor",
  (text) => expect(() => parseCursor(text)).toThrow("not a page"),
);
