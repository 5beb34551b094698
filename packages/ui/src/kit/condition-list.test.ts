import { expect, test } from "vitest";
import { verdictOf } from "./condition-list.tsx";

test("a condition that stands alone says its own result", () => {
  expect(verdictOf("true")).toBe("true");
  expect(verdictOf("false")).toBe("false");
  expect(verdictOf("unknown", { result: "true", parts: 2 })).toBe("unknown");
});

test("what is excluded and absent is good news; what is excluded and present is why a firm fails", () => {
  expect(verdictOf("false", { result: "true", parts: 1 })).toBe("absent");
  expect(verdictOf("true", { result: "false", parts: 1 })).toBe("present");
});

test("of several alternatives one that is not met does no harm while another is", () => {
  expect(verdictOf("false", { result: "true", parts: 2 })).toBe("unneeded");
});

test("a part of a failed group that is met is still met", () => {
  expect(verdictOf("true", { result: "false", parts: 2 })).toBe("true");
  expect(verdictOf("false", { result: "false", parts: 2 })).toBe("false");
});
