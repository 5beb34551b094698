import {
  ChangeIndex,
  type FactColumns,
  type FirmTable,
  OneFirm,
  type Policy,
  type Profile,
  profileOfRow,
  sweepOne,
} from "@apply-free/rules";
import { simdEngine } from "../../packages/rules/src/sweep/simd-engine.ts";
import { Chance, facts } from "./sweep-world.ts";

const TIMES = 5_000;

/** What an author, a delivery and a page wait for: one policy, one changed fact, one firm. A sentence each. */
export function smallFigures(table: FirmTable, firms: FactColumns, rows: Int32Array, policy: Policy): string[] {
  return [onePolicy(table, policy), oneChange(table, firms, rows), oneFirm(table, firms)];
}

function onePolicy(table: FirmTable, policy: Policy): string {
  const spent = Array.from({ length: 7 }, () => {
    const began = performance.now();
    const found = sweepOne(table, policy, simdEngine);
    if (found.kind !== "counted") throw new Error("a live policy needs nothing that is not there");
    return performance.now() - began;
  });
  return `one policy over all firms, with planning and compiling: ${middle(spent, 0.5).toFixed(1)} ms`;
}

/** A random fact of a random firm takes the value that another firm has. */
function oneChange(table: FirmTable, firms: FactColumns, rows: Int32Array): string {
  const chance = new Chance(13);
  const index = new ChangeIndex(table);
  const ids = [...facts.keys()];
  let verdicts = 0;
  const spent = Array.from({ length: TIMES }, () => {
    const firm = chance.below(rows.length);
    const fact = chance.of(ids);
    const old = profileOfRow(firms, firm);
    const { [fact]: changed } = profileOfRow(firms, chance.below(rows.length));
    const { [fact]: _, ...rest } = old;
    const profile: Profile = changed ? { ...rest, [fact]: changed } : rest;
    const row = rows[firm] as number;
    const began = performance.now();
    verdicts += index.change(row, profile, [fact]).length;
    const ms = performance.now() - began;
    index.change(row, old, [fact]);
    return ms;
  });
  return (
    `one changed fact: p50 ${micros(spent, 0.5)} µs, p99 ${micros(spent, 0.99)} µs, ` +
    `${(verdicts / TIMES).toFixed(1)} verdicts changed on average`
  );
}

function oneFirm(table: FirmTable, firms: FactColumns): string {
  const chance = new Chance(17);
  const one = new OneFirm(table);
  const profiles = Array.from({ length: TIMES }, () => profileOfRow(firms, chance.below(table.rows)));
  let told = 0;
  const spentOn = (ask: (profile: Profile) => void) => {
    for (const profile of profiles) ask(profile);
    return profiles.map((profile) => {
      const began = performance.now();
      ask(profile);
      return performance.now() - began;
    });
  };
  const verdicts = spentOn((profile) => one.outcomes(profile));
  const reasons = spentOn((profile) => {
    told += one.explained(profile).length;
  });
  const trees = spentOn((profile) => {
    for (const { trace } of one.explained(profile)) told += trace === undefined ? 1 : 0;
  });
  return (
    `one firm under all policies: p50 ${micros(verdicts, 0.5)} µs, p99 ${micros(verdicts, 0.99)} µs; ` +
    `with the reasons of every answer that is not no (${(told / TIMES / 2).toFixed(0)} on average; the result of each ` +
    `requirement and the facts that are missing): p50 ${micros(reasons, 0.5)} µs, p99 ${micros(reasons, 0.99)} µs; ` +
    `told in full as trees: p50 ${micros(trees, 0.5)} µs, p99 ${micros(trees, 0.99)} µs`
  );
}

const micros = (milliseconds: readonly number[], share: number) => (middle(milliseconds, share) * 1_000).toFixed(1);

function middle(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
