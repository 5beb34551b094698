import { describe, expect, test } from "vitest";
import type { Condition, Expected, Group, Leaf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import { regionOf } from "./region-of.ts";

const place = (json: string, operator: Leaf["operator"] = "startsWith", fact = "ent.regionCode"): Leaf => ({
  ...{ kind: "leaf", name: "place", fact, operator },
  expected: { kind: "literal", json, value: json } as unknown as Expected,
});
const group = (kind: Group["kind"], ...children: Condition[]): Group => ({ kind, name: "group", children });
const region = (...children: Condition[]) => regionOf({ requirements: group("all", ...children) } as Policy);

describe("the place that a rule demands", () => {
  test("is the narrowest that every way through it demands", () => {
    expect(region(place("41"), group("all", place("4101")))).toBe("4101");
    expect(region(place("410105", "equal"))).toBe("410105");
  });

  test("is none where the rule leaves a choice, excludes a place, or asks about something else", () => {
    expect(region(group("any", place("4101"), place("4103")))).toBeUndefined();
    expect(region({ kind: "not", name: "not", child: place("4101") })).toBeUndefined();
    expect(region(place("4101", "startsWith", "hte.regionCodeOnRecognition"))).toBeUndefined();
  });
});
