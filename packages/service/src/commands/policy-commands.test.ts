import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { registerCheck } from "./check.cli.ts";
import { registerDecide } from "./decide.cli.ts";
import { registerDiff } from "./diff.cli.ts";
import { registerExplain } from "./explain.cli.ts";

const rules = path.join(import.meta.dirname, "../../../../rules");
const o10 = path.join(rules, "zhengzhou/o10-high-tech-first-recognition");

let work: string;
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), "policy-commands-"));
});
afterEach(() => rm(work, { recursive: true, force: true }));

/** Runs a command; an error is the one line that main prints before it exits with 2. */
async function run(...argv: string[]) {
  const said = { out: [] as string[], err: [] as string[], status: 0 };
  const io = {
    out: (line: string) => void said.out.push(line),
    err: (line: string) => void said.err.push(line),
    fail: (status: 1 | 2) => {
      said.status = status;
    },
  };
  const program = new Command().exitOverride();
  const clock = { now: () => new Date("2025-11-03T09:00:00+08:00") };
  registerCheck(program, io);
  registerDecide(program, io, { clock });
  registerExplain(program, io, { clock });
  registerDiff(program, io, { clock });
  await program.parseAsync(argv, { from: "user" });
  return said;
}

async function file(name: string, content: string) {
  const at = path.join(work, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
  return at;
}

const facts = {
  "ent.subjectType": "企业",
  "ent.relocatedOn": null,
  "hte.firstRecognisedYear": 2020,
  "hte.regionCodeOnRecognition": "410105",
};

describe("check", () => {
  test("all policies of this repository hold their worked cases", async () => {
    const { out, status } = await run("check", rules, "--json");
    const report = JSON.parse(out.at(-1) ?? "");
    expect(report.failed).toBe(0);
    expect(
      report.policies.flatMap(({ lint }: { lint: { level: string }[] }) =>
        lint.filter(({ level }) => level === "error"),
      ),
    ).toEqual([]);
    expect(report.policies.every(({ cases }: { cases: { passed: number } }) => cases.passed >= 3)).toBe(true);
    expect(status).toBe(0);
  });

  test("a case that fails is named, and the answer is no", async () => {
    const policy = await readFile(path.join(o10, "policy.yaml"), "utf8");
    const source = await readFile(path.join(o10, "source.md"), "utf8");
    const cases = await readFile(path.join(o10, "cases.yaml"), "utf8");
    await file("p/policy.yaml", policy);
    await file("p/source.md", source);
    await file("p/cases.yaml", cases.replace("amount: 200000", "amount: 200000.01"));
    const { out, err, status } = await run("check", work, "--json");
    expect(JSON.parse(out.at(-1) ?? "")).toMatchObject({ failed: 1 });
    expect(err.join("\n")).toMatch(/expected eligible, 20000001 fen; got eligible, 20000000 fen/);
    expect(status).toBe(1);
  });

  test("a typo is one line that names file, line and place", async () => {
    const policy = await readFile(path.join(o10, "policy.yaml"), "utf8");
    await file("p/policy.yaml", policy.replace("operator: startsWith", "operator: startWith"));
    await file("p/source.md", await readFile(path.join(o10, "source.md"), "utf8"));
    const line = policy.split("\n").findIndex((text) => text.includes("startsWith")) + 1;
    await expect(run("check", work)).rejects.toThrow(
      `${path.join(work, "p/policy.yaml")}:${line}: conditions.all[0].operator: unknown operator "startWith". Did you mean "startsWith"?`,
    );
  });
});

describe("decide", () => {
  test("prints the decision as one JSON object, the last line", async () => {
    const at = await file("facts.json", JSON.stringify({ ...facts, "fin.salesPrevYear": "9999999.99" }));
    const { out, status } = await run("decide", o10, at, "--as-of", "2025-11-03", "--json");
    expect(JSON.parse(out.at(-1) ?? "")).toMatchObject({
      policy: "zhengzhou-o10-high-tech-first-recognition",
      version: 1,
      asOf: "2025-11-03",
      outcome: "eligible",
      amount: { kind: "exact", fen: "20000000" },
      missing: [],
    });
    expect(status).toBe(0);
  });

  test("an absent fact is unknown and named; the day is today unless said", async () => {
    const at = await file("facts.json", JSON.stringify(facts));
    const { out } = await run("decide", o10, at, "--json");
    expect(JSON.parse(out.at(-1) ?? "")).toMatchObject({
      asOf: "2025-11-03",
      amount: { kind: "range", minFen: "10000000", maxFen: "30000000" },
      missing: ["fin.salesPrevYear"],
    });
  });

  test("a policy outside the repository may bring facts of its own", async () => {
    await file(
      "own/vocabulary.yaml",
      `
facts:
  shop.chairs:
    { type: integer, min: 0, label: { zh: 座位数, en: Chairs }, source: market-regulation, maxAgeDays: 30, privacy: public }
`,
    );
    await file("own/source.md", "## 一 每座 10 元 [资格、金额]\n");
    await file(
      "own/policy.yaml",
      `
id: chairs
version: 3
title: { zh: 座位, en: Chairs }
document: { issuer: 某局 }
validity: { from: "2020-01-01", governs: decision-day, clause: 一 }
subject: { types: [企业, 个体工商户], clause: 一 }
conditions: { name: some, clause: 一, fact: shop.chairs, operator: greaterThan, value: 0 }
benefit: { clause: 一, amount: shop.chairs * 10 }
payout: { budgetLine: chairs, period: once, confirmWithinDays: 10 }
`,
    );
    const at = await file("facts.json", '{"ent.subjectType":"个体工商户","shop.chairs":12}');
    const { out } = await run("decide", path.join(work, "own"), at, "--json");
    expect(JSON.parse(out.at(-1) ?? "")).toMatchObject({ policy: "chairs", version: 3, amount: { fen: "12000" } });
  });

  test.each([
    ['{"fin.salesPrevYear":"5 万"}', /facts\.json: fin\.salesPrevYear: must be a decimal number/],
    ['{"fin.salesPrevYaer":5}', /facts\.json: fin\.salesPrevYaer: unknown fact\. Did you mean "fin\.salesPrevYear"/],
    ["[]", /facts\.json: must be one JSON object/],
    ["{", /facts\.json: is not JSON/],
  ])("bad facts are one line that names file and field: %s", async (content, message) => {
    const at = await file("facts.json", content);
    await expect(run("decide", o10, at)).rejects.toThrow(message);
  });

  test("a wrong day, a missing file and a missing policy are named", async () => {
    const at = await file("facts.json", "{}");
    await expect(run("decide", o10, at, "--as-of", "2025-02-30")).rejects.toThrow(/--as-of: "2025-02-30" is not a day/);
    await expect(run("decide", o10, path.join(work, "none.json"))).rejects.toThrow(/none\.json: cannot be read/);
    await expect(run("decide", work, at)).rejects.toThrow(/policy\.yaml: no such file/);
  });
});

test("explain says it in both languages", async () => {
  const at = await file("facts.json", JSON.stringify({ ...facts, "fin.salesPrevYear": "10000000" }));
  const zh = (await run("explain", o10, at)).out.join("\n");
  expect(zh).toContain("高新技术企业首次认定奖补：符合条件\n金额：300,000.00 元");
  const en = (await run("explain", o10, at, "--lang", "en")).out.join("\n");
  expect(en).toContain("Eligible\nAmount: CNY 300,000.00");
  await expect(run("explain", o10, at, "--lang", "fr")).rejects.toThrow(/neither zh nor en/);
});

describe("diff", () => {
  const firm = (id: string, sales: string) => JSON.stringify({ id, ...facts, "fin.salesPrevYear": sales });

  async function stricter() {
    const directory = path.join(work, "stricter");
    await cp(o10, directory, { recursive: true });
    const policy = path.join(directory, "policy.yaml");
    const text = await readFile(policy, "utf8");
    await writeFile(
      policy,
      text.replace("version: 1", "version: 2").replace("{ amount: 300000 }", "{ amount: 250000 }"),
    );
    return directory;
  }

  test("tells who gains, loses or changes, and the cost, from NDJSON and from CSV alike", async () => {
    const ndjson = await file("firms.ndjson", [firm("a", "20000000"), firm("b", "3000000"), ""].join("\n"));
    const header = ["id", ...Object.keys(facts), "fin.salesPrevYear"];
    const rows = [
      ["a", "企业", "null", "2020", "410105", "20000000"],
      ["b", "企业", "null", "2020", "410105", "3000000"],
    ];
    const csv = await file("firms.csv", [header, ...rows].map((cells) => cells.join(",")).join("\n"));
    const said = [];
    for (const firms of [ndjson, csv]) {
      const { out, status } = await run("diff", o10, await stricter(), "--facts", firms, "--json");
      expect(status).toBe(0);
      said.push(JSON.parse(out.at(-1) ?? ""));
    }
    expect(said[0]).toEqual(said[1]);
    expect(said[0]).toMatchObject({
      old: { version: 1 },
      new: { version: 2 },
      firms: 2,
      gained: 0,
      lost: 0,
      amountChanged: 1,
      before: { fen: "50000000", eligible: 2 },
      after: { fen: "45000000", eligible: 2 },
      differenceFen: "-5000000",
      changes: [{ id: "a", kind: "amount-changed" }],
    });
  });

  test.each([
    ["firms.ndjson", "{ broken", /firms\.ndjson:1: is not a JSON object/],
    ["firms.ndjson", '{"fin.salesPrevYear":1}', /firms\.ndjson:1: needs a text "id"/],
    ["firms.ndjson", '\n{"id":"a","fin.sales":1}', /firms\.ndjson:2: .*fin\.sales/],
    ["firms.csv", "id,fin.sales\na,1", /firms\.csv:1: column "fin\.sales" is no fact/],
    ["firms.csv", "name\na", /firms\.csv:1: has no column "id"/],
  ])("names file and line of what is wrong in %s: %s", async (name, content, message) => {
    const firms = await file(name, content);
    await expect(run("diff", o10, o10, "--facts", firms)).rejects.toThrow(message);
  });
});
