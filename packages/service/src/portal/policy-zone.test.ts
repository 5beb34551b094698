import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import { choicesAmong, fits, isInForce } from "./policy-zone.ts";

/** Only what the zone looks at. */
function policy(region: string | undefined, kind = "cash", validTo?: string): CompiledPolicy {
  const place = {
    ...{ kind: "leaf", name: "place", fact: "ent.regionCode", operator: "startsWith" },
    expected: { kind: "literal", json: region },
  };
  const requirements = { kind: "all", name: "all", children: region === undefined ? [] : [place] };
  return {
    policy: { requirements, benefit: { kind } },
    version: { validFrom: "2025-01-01", validTo },
  } as unknown as CompiledPolicy;
}

describe("the policy zone", () => {
  test("shows a place its own policies, those of its province, of its parts, and those bound to none", () => {
    const found = (region: string) =>
      ["41", "4101", "410105", "4103", undefined].filter((bound) => fits(policy(bound), { region }));
    expect(found("410100")).toEqual(["41", "4101", "410105", undefined]);
    expect(found("410105")).toEqual(["41", "4101", "410105", undefined]);
    expect(found("410000")).toEqual(["41", "4101", "410105", "4103", undefined]);
    expect(found("510300")).toEqual([undefined]);
  });

  test("shows one kind of benefit where one is asked for", () => {
    expect(fits(policy(undefined, "taxRelief"), { kind: "cash" })).toBe(false);
    expect(fits(policy(undefined, "taxRelief"), { kind: "taxRelief" })).toBe(true);
  });

  test("holds a policy from its first day to its last, both included", () => {
    const inForce = (day: string, until?: string) => isInForce(policy(undefined, "cash", until), day as Day);
    expect([inForce("2024-12-31"), inForce("2025-01-01"), inForce("2099-01-01")]).toEqual([false, true, true]);
    expect([inForce("2025-12-31", "2025-12-31"), inForce("2026-01-01", "2025-12-31")]).toEqual([true, false]);
  });

  test("offers the places and kinds that there are", () => {
    const choices = choicesAmong([policy("4101"), policy("41", "taxRelief"), policy(undefined), policy("4101")]);
    expect(choices).toEqual({ regions: ["410000", "410100"], kinds: ["cash", "taxRelief"] });
  });
});
