import type { Trace } from "@apply-free/rules";
import { expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { outcomeForPart } from "./part-standing.ts";

const dueOn = "2026-11-04" as Day;
const leaf = (name: string, result: Trace["result"]): Trace => ({ name, result, children: [] });
const answer = (outcome: string, ...children: Trace[]) => ({
  ...{ outcome, missing: outcome === "undetermined" ? ["ent.staff"] : [], lastMatched: dueOn },
  trace: { name: "requirements", children },
});

test("a part is due only by an answer that is as new as its day", () => {
  const yesterday = { ...answer("eligible"), lastMatched: "2026-11-03" as Day };
  expect(outcomeForPart({ dueOn }, yesterday).outcome).toBe("undetermined");
  expect(outcomeForPart({ dueOn }, { ...yesterday, lastMatched: undefined }).outcome).toBe("undetermined");
  expect(outcomeForPart({ dueOn }, answer("eligible")).outcome).toBe("eligible");
});

test("where the award names nothing, everything has to hold as it did on the day of the award", () => {
  expect(outcomeForPart({ dueOn }, answer("ineligible")).outcome).toBe("ineligible");
  expect(outcomeForPart({ dueOn }, answer("undetermined"))).toEqual({
    outcome: "undetermined",
    missing: ["ent.staff"],
  });
});

test("where it names conditions, those decide and no others", () => {
  const part = { dueOn, stillRequired: ["notRevoked", "reviewed"] };
  const first = leaf("firstTime", "false"); // true only in the year of the award
  const yes = answer("ineligible", first, leaf("notRevoked", "true"), leaf("reviewed", "true"));
  expect(outcomeForPart(part, yes).outcome).toBe("eligible");
  const no = answer("eligible", first, leaf("notRevoked", "unknown"), leaf("reviewed", "false"));
  expect(outcomeForPart(part, no).outcome).toBe("ineligible");
});

test("a named condition that is unknown, or that the newest rule does not have, is not a yes", () => {
  const part = { dueOn, stillRequired: ["notRevoked", "reviewed"] };
  expect(outcomeForPart(part, answer("eligible", leaf("notRevoked", "true")))).toEqual({
    outcome: "undetermined",
    missing: ["reviewed"],
  });
});
