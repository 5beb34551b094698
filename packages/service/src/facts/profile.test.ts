import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { assembleProfile, type Statement, staleOn } from "./profile.ts";

const today = "2025-11-03" as Day;
const fact = "hr.staffYearEnd";
const facts = new Map([[fact, { maxAgeDays: 365 }]]);

function said(value: Statement["value"], over: Partial<Statement> = {}): Statement {
  const obtainedAt = new Date("2025-11-01T00:00:00Z");
  return { factId: fact, value, sourceId: "tax", deliveryId: "d1", asOf: "2025-10-31" as Day, obtainedAt, ...over };
}

const stateOf = (...statements: Statement[]) => assembleProfile(statements, facts, today)[fact];

describe("what is known of a fact", () => {
  test("one source: its value, with where it comes from", () => {
    expect(stateOf(said(48))).toEqual({
      state: "known",
      value: 48,
      source: "tax",
      asOf: "2025-10-31",
      obtainedAt: "2025-11-01T00:00:00.000Z",
      deliveryId: "d1",
    });
  });

  test("two sources that agree: known, as of the newer one", () => {
    const older = said(48, { sourceId: "human-resources", asOf: "2025-06-30" as Day });
    expect(stateOf(older, said(48))).toMatchObject({ state: "known", source: "tax" });
  });

  test("two sources that differ: a conflict that names both, and no winner", () => {
    const state = stateOf(said(48), said(53, { sourceId: "human-resources", asOf: "2025-10-29" as Day }));
    expect(state).toEqual({
      state: "unknown",
      reason: "conflict",
      detail: "tax 2025-10-31: 48; human-resources 2025-10-29: 53",
    });
  });

  test("two sources that differ where the vocabulary ranks them: the first in rank, older or not", () => {
    const ranked = new Map([[fact, { maxAgeDays: 365, ranked: ["human-resources", "tax"] }]]);
    const other = said(53, { sourceId: "human-resources", asOf: "2025-10-29" as Day });
    expect(assembleProfile([said(48), other], ranked, today)[fact]).toMatchObject({
      ...{ state: "known", value: 53, source: "human-resources", asOf: "2025-10-29" },
    });
    const stale = said(53, { sourceId: "human-resources", asOf: "2023-10-29" as Day });
    expect(assembleProfile([said(48), stale], ranked, today)[fact]).toMatchObject({ value: 48, source: "tax" });
  });

  test("a third source without a rank may be right, so it stays a conflict", () => {
    const ranked = new Map([[fact, { maxAgeDays: 365, ranked: ["human-resources", "tax"] }]]);
    const statements = [said(48), said(53, { sourceId: "human-resources" }), said(50, { sourceId: "statistics" })];
    expect(assembleProfile(statements, ranked, today)[fact]).toMatchObject({ state: "unknown", reason: "conflict" });
  });

  test("what a firm declared counts where no department says anything fresh, and contradicts nobody", () => {
    const declared = said(53, { sourceId: "firm", asOf: "2025-11-02" as Day });
    expect(stateOf(declared)).toMatchObject({ state: "known", value: 53, source: "firm" });
    expect(stateOf(declared, said(48))).toMatchObject({ state: "known", value: 48, source: "tax" });
    expect(stateOf(declared, said(48, { asOf: "2023-01-01" as Day }))).toMatchObject({ value: 53, source: "firm" });
  });

  test("the same records in another order of fields are no conflict", () => {
    const left = said([{ a: "1", b: "2" }]);
    expect(stateOf(left, said([{ b: "2", a: "1" }], { sourceId: "finance" }))).toMatchObject({ state: "known" });
  });

  test("a value on its last day of age is fresh, one day later it is stale", () => {
    expect(stateOf(said(48, { asOf: "2024-11-03" as Day }))).toMatchObject({ state: "known" });
    expect(stateOf(said(48, { asOf: "2024-11-02" as Day }))).toEqual({
      state: "unknown",
      reason: "stale",
      detail: "tax 2024-11-02",
    });
  });

  test("a stale statement contradicts nobody", () => {
    const stale = said(53, { sourceId: "human-resources", asOf: "2023-01-01" as Day });
    expect(stateOf(said(48), stale)).toMatchObject({ state: "known", value: 48 });
  });

  test("a department that only confirms or denies leaves a fact with answers, not with a value", () => {
    const answers = [{ operator: "atMost", value: 60, answer: true }];
    expect(stateOf(said({ answers }))).toEqual({ state: "answers", answers, source: "tax", asOf: "2025-10-31" });
  });

  test("looked up and none is known", () => {
    expect(stateOf(said(null))).toMatchObject({ state: "known", value: null });
  });

  test("what nobody stated is absent, and so is what the vocabulary does not know", () => {
    expect(assembleProfile([said(1, { factId: "made.up" })], facts, today)).toEqual({});
  });

  test("a fact named like a property of every object is an ordinary absence", () => {
    expect(assembleProfile([], facts, today).constructor).toBeUndefined();
  });
});

describe("the day on which something grows stale", () => {
  test("is the first one after the day asked, and the fact is unknown from then on", () => {
    const older = said(48, { asOf: "2025-06-30" as Day });
    const on = staleOn([said(48), older], facts, today);
    expect(on).toBe("2026-07-01");
    expect(assembleProfile([older], facts, "2026-06-30" as Day)[fact]).toMatchObject({ state: "known" });
    expect(assembleProfile([older], facts, on as Day)[fact]).toMatchObject({ state: "unknown", reason: "stale" });
  });

  test("never comes for what is stale already, or is no fact of the vocabulary", () => {
    expect(staleOn([said(48, { asOf: "2020-06-30" as Day })], facts, today)).toBeUndefined();
    expect(staleOn([said(48, { factId: "another" })], facts, today)).toBeUndefined();
  });
});
