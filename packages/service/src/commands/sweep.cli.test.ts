import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decide, type Json, profileOf } from "@apply-free/rules";
import { Command } from "commander";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { encodeGbk } from "../demo/sample-gbk.ts";
import { loadPolicies } from "../policies/policy-source.fs.ts";
import { registerSweep } from "./sweep.cli.ts";

const rules = path.join(import.meta.dirname, "../../../../rules");
const zhengzhou = path.join(rules, "zhengzhou");
const asOf = "2025-11-03";

let work: string;
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), "sweep-"));
});
afterEach(() => rm(work, { recursive: true, force: true }));

const run = (...argv: string[]) => runWith({}, ...argv);

async function runWith(more: Readonly<{ mostQuestions?: number }>, ...argv: string[]) {
  const said = { out: [] as string[], err: [] as string[] };
  const io = {
    out: (line: string) => void said.out.push(line),
    err: (line: string) => void said.err.push(line),
    fail: () => {},
  };
  const program = new Command().exitOverride();
  registerSweep(program, io, {
    random: { token: () => "0".repeat(43) },
    clock: { now: () => new Date("2025-11-03T09:00:00+08:00") },
    ...more,
  });
  await program.parseAsync(["sweep", ...argv], { from: "user" });
  return { ...said, answer: JSON.parse(said.out.at(-1) ?? "") };
}

async function file(name: string, content: string | Uint8Array) {
  const at = path.join(work, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
  return at;
}

/** Policies that ask whether a fact of their own is at least so much. */
async function policyAbout(...asked: readonly (readonly [fact: string, limit: string])[]): Promise<string> {
  for (const [place, [fact, limit]] of asked.entries()) {
    const at = `policies/${place}`;
    const more = "label: { zh: 某, en: Some }, source: tax, maxAgeDays: 30, privacy: public";
    await file(
      `${at}/vocabulary.yaml`,
      `facts:\n  cases.rate: { type: decimal, ${more} }\n  cases.day: { type: date, ${more} }\n`,
    );
    await file(`${at}/source.md`, "## 一 条件 [资格、金额]\n");
    await file(
      `${at}/policy.yaml`,
      `
id: ${fact.replace(".", "-")}
version: ${place + 1}
title: { zh: 试, en: Try }
document: { issuer: 某局 }
validity: { from: "2020-01-01", governs: decision-day, clause: 一 }
subject: { types: [企业], clause: 一 }
conditions: { clause: 一, fact: ${fact}, operator: atLeast, value: "${limit}" }
benefit: { clause: 一, amount: 1 }
payout: { budgetLine: x, period: once, confirmWithinDays: 10 }
`,
    );
  }
  return path.join(work, "policies");
}

const firms: readonly Readonly<Record<string, Json>>[] = [
  {
    "ent.subjectType": "企业",
    "ent.relocatedOn": null,
    "hte.firstRecognisedYear": 2020,
    "hte.regionCodeOnRecognition": "410105",
  },
  {
    "ent.subjectType": "企业",
    "ent.relocatedOn": "2019-05-01",
    "hte.firstRecognisedYear": 2020,
    "hte.regionCodeOnRecognition": "330105",
  },
  { "ent.subjectType": "企业", "hte.firstRecognisedYear": 2020 },
  { "ent.subjectType": "个体工商户", "hte.firstRecognisedYear": 2010, "fin.salesPrevYear": "1234567.89" },
  {},
];
const names = [...new Set(firms.flatMap((firm) => Object.keys(firm)))];

async function expected() {
  const loaded = await loadPolicies(zhengzhou, path.join(rules, "vocabulary"));
  return Promise.all(
    loaded.map(async ({ policy }) => {
      const outcomes = await Promise.all(
        firms.map(async (facts) => (await decide(policy, profileOf(facts, policy.vocabulary), { asOf })).outcome),
      );
      const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
      return { id: policy.id, eligible: count("eligible"), undetermined: count("undetermined") };
    }),
  );
}

const ndjson = () =>
  file("firms.ndjson", firms.map((firm, place) => JSON.stringify({ id: `${place}`, ...firm })).join("\n"));

describe("sweep", () => {
  test("prints the contract's object, with the counts of the single decisions", async () => {
    const { answer } = await run(await ndjson(), "--policies", zhengzhou, "--as-of", asOf, "--json");
    const byPolicy = await expected();
    const sum = (key: "eligible" | "undetermined") => byPolicy.reduce((total, each) => total + each[key], 0);
    expect(answer).toEqual({
      firms: firms.length,
      policies: byPolicy.length,
      eligible: sum("eligible"),
      undetermined: sum("undetermined"),
      byPolicy,
      loadMs: expect.any(Number),
      sweepMs: expect.any(Number),
      bytesPerFirm: expect.any(Number),
    });
    expect(answer.eligible).toBeGreaterThan(0);
  });

  test("counts the same from CSV in either encoding and from Parquet; today is the day unless said", async () => {
    const written = (value: Json | undefined) => (value === undefined ? "" : String(value));
    const rows = [
      ["id", ...names],
      ...firms.map((firm, place) => [`${place}`, ...names.map((name) => written(firm[name]))]),
    ];
    const csv = rows.map((cells) => cells.join(",")).join("\n");
    const parquet = parquetWriteBuffer({
      rowGroupSize: 2,
      columnData: names.map((name) =>
        name === "hte.firstRecognisedYear"
          ? { name, data: firms.map((firm) => firm[name] ?? null), type: "INT32" as const, nullable: true }
          : {
              name,
              data: firms.map((firm) => (name in firm ? written(firm[name]) : null)),
              type: "STRING" as const,
              nullable: true,
            },
      ),
    });
    const byPolicy = await expected();
    for (const at of [
      await file("firms.csv", csv),
      await file("gbk.csv", encodeGbk(csv)),
      await file("bom.csv", `\uFEFF${csv}\n`),
      await file("firms.parquet", new Uint8Array(parquet)),
    ]) {
      const { answer } = await run(at, "--policies", zhengzhou, "--json");
      expect(answer).toMatchObject({ firms: firms.length, byPolicy });
    }
  });

  test("decides firm by firm what finds no room in columns, counts it all the same, and names it", async () => {
    const { answer, err } = await runWith({ mostQuestions: 1 }, await ndjson(), "--policies", zhengzhou, "--json");
    expect(answer.byPolicy).toEqual(await expected());
    expect(answer.alone.length).toBeGreaterThan(0);
    expect(answer.alone.length).toBeLessThan(answer.policies);
    expect(err[0]).toContain(`${answer.alone[0].id}: decided firm by firm, for `);
  });

  test("takes an absurd value for unknown, and names it", async () => {
    const one = { "ent.subjectType": "企业", "hte.firstRecognisedYear": "very early" };
    const at = await file("firms.ndjson", [JSON.stringify({}), JSON.stringify(one)].join("\n"));
    const { answer, err } = await run(
      at,
      "--policies",
      path.join(zhengzhou, "o10-high-tech-first-recognition"),
      "--json",
    );
    expect(answer).toMatchObject({ firms: 2, eligible: 0, undetermined: 2, misfits: 1 });
    expect(err.join("\n")).toContain(`${at}:2: hte.firstRecognisedYear: "very early" is no value of it`);
  });

  test("reads numbers of 32 bits as they were meant, and no instant as a day", async () => {
    const columns = [
      { name: "ent.subjectType", data: ["企业", "企业"], type: "STRING" as const },
      { name: "cases.rate", data: [0.1, 0.3], type: "FLOAT" as const },
      {
        name: "cases.day",
        data: [new Date("2024-12-31T16:00:00Z"), new Date("2025-01-01T00:00:00Z")],
        type: "TIMESTAMP" as const,
      },
    ];
    const at = await file("firms.parquet", new Uint8Array(parquetWriteBuffer({ columnData: columns })));
    const { answer, err } = await run(
      at,
      "--policies",
      await policyAbout(["cases.rate", "0.1"], ["cases.day", "2025-01-01"]),
      "--json",
    );
    expect(answer.byPolicy).toEqual([
      { id: "cases-rate", eligible: 2, undetermined: 0 },
      { id: "cases-day", eligible: 1, undetermined: 1 },
    ]);
    expect(err.join("\n")).toContain(`${at}:1: cases.day: "2024-12-31T16:00:00.000Z" is no value of it`);
  });

  test.each(["columns", "duckdb"])(
    "one absurd number in a column of a file is unknown to %s, and named",
    async (engine) => {
      const columns = [
        { name: "ent.subjectType", data: ["企业", "企业", "企业", "企业"], type: "STRING" as const },
        { name: "cases.rate", data: [0.3, 1e300, Number.NaN, 0.05], type: "DOUBLE" as const },
      ];
      const at = await file("firms.parquet", new Uint8Array(parquetWriteBuffer({ columnData: columns })));
      const directory = await policyAbout(["cases.rate", "0.1"]);
      const { answer, err } = await run(at, "--policies", directory, "--engine", engine, "--json");
      expect(answer).toMatchObject({ firms: 4, eligible: 1, undetermined: 2, misfits: 2 });
      expect(err.join("\n")).toContain(`${at}:2: cases.rate: 1e+300 is no value of it and counts as unknown`);
    },
  );

  test("counts two versions of a policy apart", async () => {
    const at = await file("firms.ndjson", '{"ent.subjectType":"企业","cases.rate":"0.2"}');
    const directory = await policyAbout(["cases.rate", "0.1"], ["cases.rate", "0.3"]);
    const { answer } = await run(at, "--policies", directory, "--json");
    expect(answer.byPolicy).toMatchObject([{ eligible: 1 }, { eligible: 0 }]);
  });

  test.each([
    ["firms.csv", "id,ent.subjectTyp\n1,企业\n", /firms\.csv:1: column "ent\.subjectTyp" is no fact of the vocabulary/],
    ["firms.csv", 'id,ent.subjectType\n1,"企业\n', /firms\.csv:\d+: is not CSV from here on/],
    ["firms.csv", "id\n1,2\n", /firms\.csv:2: has more cells than there are columns/],
    ["firms.ndjson", '{}\n{"x.y":1}\n', /firms\.ndjson:2: "x\.y" is no fact of the vocabulary/],
    ["firms.ndjson", '{}\n{"\n', /firms\.ndjson:2: is not a JSON object/],
    ["firms.parquet", "PAR1 and no more", /firms\.parquet: the Parquet file cannot be read/],
    ["empty.csv", "", /empty\.csv: is empty/],
  ])("bad input is one line that names file and place: %s %j", async (name, content, message) => {
    const at = await file(name, content);
    await expect(run(at, "--policies", zhengzhou)).rejects.toThrow(message);
  });

  test("a wrong engine, day, file or directory is named", async () => {
    const at = await ndjson();
    await expect(run(at, "--policies", zhengzhou, "--engine", "abacus")).rejects.toThrow(
      /--engine: no engine "abacus"/,
    );
    await expect(run(at, "--policies", zhengzhou, "--as-of", "2025-02-30")).rejects.toThrow(/--as-of/);
    await expect(run(at, "--policies", path.join(work, "none"))).rejects.toThrow(/none: no such directory/);
    await expect(run(path.join(work, "no.csv"), "--policies", zhengzhou)).rejects.toThrow(/no\.csv: cannot be read/);
  });
});

test.each(["duckdb", "postgres"])("%s counts the same firms as columns do", async (engine) => {
  vi.stubEnv("DATABASE_URL", "");
  const { answer } = await run(await ndjson(), "--policies", zhengzhou, "--as-of", asOf, "--engine", engine, "--json");
  expect(answer).toMatchObject({ firms: firms.length, byPolicy: await expected() });
  vi.unstubAllEnvs();
});
