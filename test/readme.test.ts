import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyFree, root, runProgram } from "./run/command.ts";

/** What the README tells a newcomer to type is typed here, and what it points to is there. */

const readme = await readFile(path.join(root, "README.md"), "utf8");
const scripts = (JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { scripts: Scripts }).scripts;
type Scripts = Readonly<Record<string, string>>;

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "apply-free-readme-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Commands of the README's shell blocks, without their remarks. */
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
  block
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== ""),
);

/**
 * `npx -y pnpm@12 <script> …` as the shell runs it once pnpm is there: pnpm puts the pinned Node first
 * on the PATH and runs the script. Fetching pnpm itself needs a registry and is CI's part.
 */
function resolved(command: string): string {
  return command.replace(/npx -y pnpm@12 (\S+)/, (_, script: string) => {
    const found = scripts[script];
    if (found === undefined) throw new Error(`package.json has no script "${script}"`);
    return found;
  });
}

const environment = () => ({
  DATABASE_URL: undefined,
  APPLY_FREE_DATA: path.join(home, "data"),
  PORT: "0",
  PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH ?? ""}`,
});

async function shell(command: string) {
  const ended = await runProgram("sh", ["-c", resolved(command)], { env: environment(), deadlineSeconds: 300 });
  expect(`${ended.status} ${ended.status === 0 ? "" : ended.stderr}`).toBe("0 ");
  return ended.stdout;
}

/** What a newcomer writes below `.data` is written where this test cleans up. */
const elsewhere = (command: string) => command.replaceAll(".data/", `${home}/`);

/** How each command shows that it did what the README says of it. */
const proofs: Readonly<Record<string, (command: string) => Promise<void>>> = {
  demo: async (command) => {
    const child = spawn("sh", ["-c", `exec ${resolved(command)}`], {
      cwd: root,
      env: { ...process.env, ...environment() },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    for await (const chunk of child.stderr) {
      said += String(chunk);
      if (said.includes("Ctrl-C stops it")) break;
    }
    expect(said).toMatch(/Open http:\/\/\S+ and sign in/);
    child.stderr.resume();
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
  },
  test: async (command) => {
    // It cannot run inside itself; CI runs this very command, and CI ran this test.
    expect(await readFile(path.join(root, ".ci/run"), "utf8")).toContain(command);
    expect(resolved(command)).toBe("node test/run.ts");
    await access(path.join(root, "test/run.ts"));
  },
  "demo --once": async (command) => {
    // The runner plays it to its end on both databases and compares them; here: it is the same command.
    const words = resolved(command).split(" ").slice(1);
    expect(words).toEqual([...applyFree, "demo", "--once", "--json"]);
    expect(await readFile(path.join(root, "test/run/demo.ts"), "utf8")).toContain('"demo", "--once", "--json"');
  },
  "apply-free check": async (command) => void expect(await shell(command)).toMatch(/passed/),
  "apply-free doctor": async (command) => void expect(await shell(command)).toMatch(/APPLY_FREE_DATA/),
  "apply-free migrate": async (command) => void (await shell(command)),
  "apply-free replay": async (command) => void expect(await shell(command)).toMatch(/\d+/),
  "apply-free generate": async (command) => {
    expect(await shell(elsewhere(command))).toContain("--source market-regulation");
    expect(await readdir(path.join(home, "sample"))).toContain("deliveries.json");
  },
  "apply-free generate --firms 1000 --format parquet": async (command) =>
    void expect(await shell(elsewhere(command))).toMatch(/^firms\.parquet: 1000 firms, \d+ facts/),
  "apply-free import": async (command) => void expect(await shell(elsewhere(command))).toMatch(/500 rows taken/),
  "apply-free credential": async (command) =>
    void expect(await shell(command)).toMatch(/^credential_\w+ delivers for tax/),
  "apply-free sweep": async (command) =>
    void expect(await shell(elsewhere(command))).toMatch(/1 firms under \d+ policies: 0 eligible/),
  "apply-free sweep .data/firms/firms.parquet": async (command) =>
    void expect(await shell(elsewhere(command))).toMatch(/1000 firms under \d+ policies: [1-9]\d* eligible/),
  "apply-free explain": async (command) => void expect(await shell(command)).toMatch(/60,000\.00/),
};

function proofOf(command: string) {
  const [, words = ""] = /npx -y pnpm@12 (.*)$/.exec(command) ?? [];
  const known = Object.keys(proofs).filter((start) => `${words} `.startsWith(`${start} `));
  return proofs[known.toSorted((a, b) => b.length - a.length)[0] ?? ""];
}

describe("every command of the README does what is said of it", () => {
  test.each(commands)("%s", async (command) => {
    const proof = proofOf(command);
    // A new command in the README needs a proof here.
    expect(proof, command).toBeDefined();
    await proof?.(command);
  });

  test("they are found in it", () => {
    expect(commands.length).toBeGreaterThanOrEqual(8);
  });
});

describe("every link of the documents leads somewhere", async () => {
  const decisions = (await readdir(path.join(root, "docs/decisions"))).map((name) => `docs/decisions/${name}`);
  const documents = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "rules/README.md",
  ];
  test.each([...documents, ...decisions])("%s", async (document) => {
    const text = await readFile(path.join(root, document), "utf8");
    const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target);
    for (const target of targets.filter((each) => !/^[a-z]+:/.test(each))) {
      await access(path.join(root, path.dirname(document), target));
    }
  });
});
