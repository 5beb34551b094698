import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { canonicalJson, digestOf, sha256 } from "./digest.ts";

test("SHA-256 of the empty text is the one that the standard gives", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("text is digested as UTF-8", () => {
  expect(sha256("免申即享")).toBe(sha256(new TextEncoder().encode("免申即享")));
});

test("the canonical form sorts keys by UTF-16 code unit and writes numbers shortest (RFC 8785, 3.2)", () => {
  const value = { "€": 1, "\r": 2, "1": 3, "😀": 4, ö: 5, list: [56.0, 1e30, 4.5, 1e-27, null, true] };
  expect(canonicalJson(value)).toBe('{"\\r":2,"1":3,"list":[56,1e+30,4.5,1e-27,null,true],"ö":5,"€":1,"😀":4}');
});

test("what JSON cannot say is refused, not left out", () => {
  expect(() => canonicalJson(undefined)).toThrow();
  expect(() => canonicalJson({ amount: Number.NaN })).toThrow();
  expect(() => canonicalJson({ amountFen: 100n })).toThrow();
});

property.prop([fc.dictionary(fc.string(), fc.jsonValue())])("the order of keys changes no digest", (object) => {
  const reversed = Object.fromEntries(Object.entries(object).toReversed());
  expect(digestOf(reversed)).toBe(digestOf(object));
});

property.prop([fc.jsonValue(), fc.jsonValue()])("different values have different digests", (one, other) => {
  fc.pre(canonicalJson(one) !== canonicalJson(other));
  expect(digestOf(one)).not.toBe(digestOf(other));
});
