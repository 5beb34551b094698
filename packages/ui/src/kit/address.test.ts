import { expect, test } from "vitest";
import { isWithin, withChoice } from "./address.ts";

test("choosing a language keeps where the reader is and what was searched for", () => {
  expect(withChoice("/results?policy=o01&lang=zh", "lang", "en")).toBe("/results?policy=o01&lang=en");
});

test("a link never leads to another site, whatever the address was", () => {
  for (const hostile of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]) {
    expect(withChoice(hostile, "lang", "en")).toBe("/?lang=en");
  }
});

test("the menu marks the part of the site that the page lies in, and no other", () => {
  expect(isWithin("/desk/batches/batch_1", "/desk/batches")).toBe(true);
  expect(isWithin("/desk/batches", "/desk")).toBe(false);
  expect(isWithin("/audit/cases/ent_1", "/audit")).toBe(true);
  expect(isWithin("/audit/journal?type=x", "/audit")).toBe(false);
  expect(isWithin("/audit/facts?firm=x", "/audit")).toBe(true);
  expect(isWithin("/desk/quarantine/quarantine_1", "/desk/deliveries")).toBe(true);
  expect(isWithin("/desk/data-demand", "/desk")).toBe(false);
  expect(isWithin("/messages-of-others", "/messages")).toBe(false);
});
