import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Policy } from "@apply-free/rules";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Day } from "../kernel/day.ts";
import { openPolicies } from "./policy-directory.fs.ts";
import { sweepInDatabase } from "./sweep-in-database.cli.ts";

const day = "2025-11-03" as Day;
const recognition = path.join(import.meta.dirname, "../../../../rules/zhengzhou/o10-high-tech-first-recognition");

let work: string;
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), "sweep-"));
  vi.stubEnv("DATABASE_URL", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(work, { recursive: true, force: true });
});

async function sweepWith(policies: readonly Policy[], engine: "duckdb" | "postgres") {
  const file = path.join(work, "firms.ndjson");
  const firms = [{}, { "ent.subjectType": "个体工商户" }, { "hte.firstRecognisedYear": "very early" }, {}];
  await writeFile(file, firms.map((firm) => JSON.stringify(firm)).join("\n"));
  const err: string[] = [];
  const io = { out: () => {}, err: (line: string) => void err.push(line), fail: () => {} };
  return { answer: await sweepInDatabase(engine, file, policies, day, io, "test"), err, file };
}

test.each(["duckdb", "postgres"] as const)(
  "what %s cannot be asked is decided firm by firm, counted in its place, and named",
  async (engine) => {
    const [loaded] = await openPolicies(recognition, undefined);
    if (!loaded) throw new Error("no policy");
    const { policy } = loaded;
    const [first, second] = [policy.requirements, { kind: "all", name: "odd", children: [] }] as const;
    const strange: Policy = {
      ...policy,
      id: "strange",
      requirements: { kind: "all", name: "requirements", children: [first, second] },
    };
    const { answer, err } = await sweepWith([strange, policy], engine);
    expect(answer.byPolicy).toEqual([
      { id: "strange", eligible: 0, undetermined: 3 },
      { id: policy.id, eligible: 0, undetermined: 3 },
    ]);
    expect(answer.alone).toEqual([{ id: "strange", why: expect.stringContaining("odd: is an empty group") }]);
    expect(err[0]).toContain("strange: decided firm by firm, for odd: is an empty group");
  },
);

test.each(["duckdb", "postgres"] as const)(
  "%s counts and names values that are none of their facts",
  async (engine) => {
    const loaded = await openPolicies(recognition, undefined);
    const { answer, err, file } = await sweepWith(
      loaded.map(({ policy }) => policy),
      engine,
    );
    expect(answer.misfits).toBe(1);
    expect(err.join("\n")).toContain(`${file}:3: hte.firstRecognisedYear: "very early" is no value of it`);
  },
);
