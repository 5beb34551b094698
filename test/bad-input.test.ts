import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStoreIn } from "../packages/service/src/commands/open-store.env.ts";
import { readConfig } from "../packages/service/src/platform/config.env.ts";
import { applyFree, type Ended, root, runNode } from "./run/command.ts";

/** Wrong things given to the real commands: each is answered by one line that says what, where and what to do. */

let home: string;
let taken: Server;
let port: number;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "apply-free-bad-"));
  taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  port = (taken.address() as { port: number }).port;
});
afterAll(async () => {
  taken.close();
  await rm(home, { recursive: true, force: true });
});

type Env = Record<string, string | undefined>;

function run(words: readonly string[], env: Env = {}): Promise<Ended> {
  const own = { DATABASE_URL: undefined, APPLY_FREE_DATA: path.join(home, "data"), PORT: "0" };
  return runNode([...applyFree, ...words], { env: { ...own, ...env }, deadlineSeconds: 120 });
}

/** The last line of what was said, and how it ended; nothing of a stack may show. */
function complaint({ status, stderr }: Ended): string {
  const lines = stderr.trimEnd().split("\n");
  expect(lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
  return `${status}: ${lines.at(-1)}`;
}

test("a reader that stops listening (`… | head`) ends no work, and shows no stack", async () => {
  const child = spawn(process.execPath, [...applyFree, "check", "rules/henan/o01-unemployment-insurance-refund"], {
    ...{ cwd: root, env: { ...process.env, DATABASE_URL: "" }, stdio: ["ignore", "pipe", "pipe"] },
  });
  child.stdout?.destroy();
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += String(chunk);
  });
  expect(await once(child, "close")).toEqual([0, null]);
  expect(said).not.toMatch(/EPIPE|^\s+at /m);
});

describe("a wrong setting is named before anything is opened", () => {
  test.each<[string, Env, RegExp]>([
    ["a DATABASE_URL of another kind", { DATABASE_URL: "mysql://db/x" }, /^2: apply-free: DATABASE_URL: .*postgresql:/],
    ["a DATABASE_URL that is no address", { DATABASE_URL: "localhost" }, /^2: apply-free: DATABASE_URL: /],
    ["a PORT that is no number", { PORT: "http" }, /^2: apply-free: PORT: must be a number/],
    ["an SMTP_URL of another kind", { SMTP_URL: "http://mail" }, /^2: apply-free: SMTP_URL: .*smtp:/],
  ])("%s", async (_, env, expected) => {
    expect(complaint(await run(["doctor"], env))).toMatch(expected);
  });

  test("a DATABASE_URL where nobody answers names the address, without its password, and what to check", async () => {
    const ended = await run(["migrate"], { DATABASE_URL: "postgresql://app:geheim@127.0.0.1:1/none" });
    expect(complaint(ended)).toMatch(/^2: apply-free: DATABASE_URL: cannot connect to .*127\.0\.0\.1:1.*Check host/);
    expect(ended.stderr).not.toContain("geheim");
  });
});

describe("what belongs to somebody else is left alone", () => {
  test("a port in use is named, and nothing is served", async () => {
    const env = { PORT: String(port), APPLY_FREE_DATA: path.join(home, "port") };
    expect(complaint(await run(["serve"], env))).toMatch(
      new RegExp(`^2: apply-free: PORT: 127\\.0\\.0\\.1:${port} is already in use\\. .*set PORT`),
    );
  });

  test("a second process on a data directory is refused, and the first goes on", async () => {
    const env = { APPLY_FREE_DATA: path.join(home, "shared") };
    const first = await serving(env);
    try {
      expect(complaint(await run(["migrate"], env))).toMatch(/^2: apply-free: .*shared.*(in use|another process)/);
      expect(first.exitCode).toBe(null);
    } finally {
      first.kill("SIGINT");
      await once(first, "close");
    }
  });

  async function serving(env: Env): Promise<ChildProcess> {
    const all = { ...process.env, DATABASE_URL: undefined, PORT: "0", ...env };
    const child = spawn(process.execPath, [...applyFree, "serve"], {
      cwd: root,
      env: all,
      stdio: ["ignore", "ignore", "pipe"],
    });
    for await (const chunk of child.stderr) if (String(chunk).includes("Serving")) break;
    return child;
  }
});

describe("a policy directory with", () => {
  const o10 = path.join(root, "rules/zhengzhou/o10-high-tech-first-recognition");
  const spoiled = async (name: string, from: RegExp, to: string) => {
    const directory = path.join(home, name);
    await cp(o10, directory, { recursive: true });
    const file = path.join(directory, "policy.yaml");
    const text = await readFile(file, "utf8");
    expect(text).toMatch(from);
    await writeFile(file, text.replace(from, to));
    return directory;
  };

  test.each<[string, RegExp, string, RegExp]>([
    [
      "an unknown fact",
      /fact: ent\.relocatedOn, operator/,
      "fact: ent.relocatedAt, operator",
      /policy\.yaml:\d+: .*ent\.relocatedAt.*ent\.relocatedOn/,
    ],
    ["a key that does not exist", /^benefit:/m, "benefits:", /policy\.yaml:?\d*: .*benefits/],
    ["a clause that its text lacks", /clause: [^\s,}]+/, "clause: 第九十九条", /policy\.yaml:\d+: .*第九十九条/],
    ["broken YAML", /^title: \{/m, "title: {{", /policy\.yaml:\d+: /],
  ])("%s names file, line and what was meant", async (name, from, to, expected) => {
    const directory = await spoiled(name.replaceAll(" ", "-"), from, to);
    const ended = await run(["check", directory]);
    const said = `${ended.stdout}\n${ended.stderr}`;
    expect(said).toMatch(expected);
    expect(ended.status).toBe(2);
  });

  test("no policy in it says so", async () => {
    expect(complaint(await run(["check", path.join(home, "nowhere")]))).toMatch(/^2: apply-free: .*nowhere/);
  });

  test("facts that the vocabulary does not know are refused by name", async () => {
    const file = path.join(home, "facts.json");
    await writeFile(file, '{"ent.subjectTipe":"企业"}');
    expect(complaint(await run(["decide", o10, file]))).toMatch(/^2: apply-free: .*ent\.subjectTipe/);
    await writeFile(file, "{ not json");
    expect(complaint(await run(["decide", o10, file]))).toMatch(/^2: apply-free: .*facts\.json/);
  });
});

describe("a delivery", () => {
  const deliver = async (name: string, text: string, ...more: string[]) => {
    const file = path.join(home, name);
    await writeFile(file, text);
    return run(["import", file, "--source", "market-regulation", ...more], {
      APPLY_FREE_DATA: path.join(home, "facts"),
    });
  };

  /** What the refused deliveries may not have left behind. */
  const stored = async () => {
    const store = await openStoreIn(readConfig({}), path.join(home, "facts"));
    const [deliveries, issues, facts, firms, events] = await Promise.all([
      store.prisma.delivery.count(),
      store.prisma.deliveryIssue.count(),
      store.prisma.fact.count(),
      store.prisma.firm.count(),
      store.prisma.journalEvent.count(),
    ]);
    await store.close();
    return { deliveries, issues, facts, firms, events };
  };

  test("without its key column is refused whole, with the column's name, and leaves nothing", async () => {
    expect(complaint(await deliver("no-key.csv", "企业名称,登记状态\n郑州示例有限公司,在营"))).toMatch(
      /^2: apply-free: .*统一社会信用代码/,
    );
    expect(await stored()).toEqual({ deliveries: 0, issues: 0, facts: 0, firms: 0, events: 0 });
  });

  test("of no known source names the sources there are", async () => {
    const file = path.join(home, "weather.csv");
    await writeFile(file, "a,b\n1,2");
    expect(complaint(await run(["import", file, "--source", "weather"]))).toMatch(/^2: apply-free: .*weather.*tax/);
  });

  test("that does not exist is named", async () => {
    expect(complaint(await run(["import", path.join(home, "none.csv"), "--source", "tax"]))).toMatch(
      /^2: apply-free: .*none\.csv/,
    );
  });

  test("with bad rows keeps the good ones and names line, column and reason of the others", async () => {
    const { status, stdout } = await deliver(
      "mixed.csv",
      [
        "统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码",
        "91410105MX00000197,郑州桤木示例有限公司,企业,在营,410105",
        "91410105MX00000272,郑州白桦示例有限公司,企业,在业,410105",
      ].join("\n"),
    );
    expect(stdout).toMatch(/mixed\.csv:3 登记状态: refused: .*在业/);
    expect(stdout).toMatch(/1 rows taken, 1 refused/);
    expect(status).toBe(0);
  });
});

test("an unknown word on the command line is answered with what there is, and status 2", async () => {
  const ended = await run(["pay"]);
  expect(ended.status).toBe(2);
  expect(ended.stderr).toMatch(/unknown command 'pay'/);
});
