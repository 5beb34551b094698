import { expect, test } from "vitest";
import { verdictOf } from "./condition-list.tsx";

test("a condition that stands alone says its own result", () => {
  expect(verdictOf({ result: "true" })).toBe("true");
  expect(verdictOf({ result: "false" })).toBe("false");
  expect(verdictOf({ result: "unknown" }, "true")).toBe("unknown");
});

test("what is excluded and absent is good news; what is excluded and present is why a firm fails", () => {
  expect(verdictOf({ result: "false", excluded: true }, "true")).toBe("absent");
  expect(verdictOf({ result: "false", excluded: true }, "false")).toBe("absent");
  expect(verdictOf({ result: "true", excluded: true }, "false")).toBe("present");
  expect(verdictOf({ result: "unknown", excluded: true }, "unknown")).toBe("unknown");
});

test("of several alternatives one that is not met does no harm while another is", () => {
  expect(verdictOf({ result: "false" }, "true")).toBe("unneeded");
});

test("a part of a failed group that is met is still met", () => {
  expect(verdictOf({ result: "true" }, "false")).toBe("true");
  expect(verdictOf({ result: "false" }, "false")).toBe("false");
});
