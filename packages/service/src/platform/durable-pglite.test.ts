import { type ChildProcess, spawn } from "node:child_process";
import type * as nodeFs from "node:fs";
import { existsSync, fsyncSync, readlinkSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type * as nodefs from "@electric-sql/pglite/nodefs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openDurablePglite } from "./durable-pglite.fs.ts";

const sabotage = vi.hoisted(() => ({ hook: false }));

vi.mock("node:fs", async (original) => {
  const actual = await original<typeof nodeFs>();
  return { ...actual, fsyncSync: vi.fn(actual.fsyncSync) };
});

// What an upgrade of the library could bring: it stops asking the file system that we mend.
vi.mock("@electric-sql/pglite/nodefs", async (original) => {
  const { NodeFS } = await original<typeof nodefs>();
  type Module = { NODEFS: { stream_ops: { fsync?: unknown } } };
  return {
    NodeFS: class extends NodeFS {
      override async init(...args: Parameters<typeof NodeFS.prototype.init>) {
        const answer = await super.init(...args);
        const forget = (module: unknown) => {
          const operations = (module as Module).NODEFS.stream_ops;
          Object.defineProperty(operations, "fsync", { set: () => undefined, get: () => undefined });
        };
        if (sabotage.hook) answer.emscriptenOpts.preRun = [answer.emscriptenOpts.preRun ?? [], forget].flat();
        return answer;
      }
    },
  };
});

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "apply-free-durable-"));
});
afterEach(async () => {
  sabotage.hook = false;
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

describe("a commit", () => {
  test.runIf(existsSync("/proc/self/fd"))("is on disk before it returns: the log itself was synced", async () => {
    const database = await openDurablePglite(dataDir);
    await database.exec("CREATE TABLE t (n int)");
    const synced: string[] = [];
    const { fsyncSync: real } = await vi.importActual<typeof nodeFs>("node:fs");
    vi.mocked(fsyncSync).mockImplementation((descriptor) => {
      synced.push(readlinkSync(`/proc/self/fd/${descriptor}`));
      real(descriptor);
    });
    await database.exec("INSERT INTO t VALUES (1)");
    vi.mocked(fsyncSync).mockImplementation(real);
    expect(synced.join("\n")).toMatch(/pg_wal\/[0-9A-F]{24}/);
    await database.close();
  });

  test("that was acknowledged survives kill -9, each of three times", { timeout: 60_000 }, async () => {
    let acknowledged = 0;
    for (const commits of [3, 40, 11]) {
      const writer = startWriter();
      acknowledged = await writer.until((number) => number >= acknowledged + commits);
      acknowledged = Math.max(acknowledged, await writer.kill());
    }
    const database = await openDurablePglite(dataDir);
    const { rows } = await database.query<{ count: number; last: number }>(
      "SELECT count(*)::int AS count, max(number) AS last FROM promise",
    );
    await database.close();
    expect(rows[0]?.last).toBe(rows[0]?.count); // no gaps
    // One commit may have reached the disk without its acknowledgement having been read.
    expect(rows[0]?.last).toBeGreaterThanOrEqual(acknowledged);
    expect(rows[0]?.last).toBeLessThanOrEqual(acknowledged + 3);
  });

  test.each(["fsyncSync", "writeSync"])(
    "that the disk refuses ends the process with one clear line (%s fails)",
    { timeout: 60_000 },
    async (call) => {
      const writer = startWriter(call);
      const { status, stderr, last } = await writer.ended();
      expect(status).toBe(1);
      expect(stderr).toMatch(/^The disk refused to keep the data .*: stopping\. .*\n$/);
      const database = await openDurablePglite(dataDir);
      const { rows } = await database.query<{ last: number }>("SELECT max(number) AS last FROM promise");
      await database.close();
      expect(rows[0]?.last).toBeGreaterThanOrEqual(last);
    },
  );
});

describe("a data directory", () => {
  test("belongs to one process at a time, and is free when that one is killed", { timeout: 60_000 }, async () => {
    const writer = startWriter();
    await writer.until(() => true);
    await expect(openDurablePglite(dataDir)).rejects.toMatchObject({
      code: "data-directory-in-use",
      message: expect.stringContaining(dataDir),
    });
    await writer.kill();
    const database = await openDurablePglite(dataDir);
    await database.close();
  });

  test("is refused to a second opening in the same process, and free after closing", async () => {
    const database = await openDurablePglite(dataDir);
    await expect(openDurablePglite(dataDir)).rejects.toMatchObject({ code: "data-directory-in-use" });
    await database.close();
    await (await openDurablePglite(dataDir)).close();
  });

  test("whose making was interrupted is made again: nothing in it was ever promised", async () => {
    await mkdir(path.join(dataDir, "pgdata"));
    await writeFile(path.join(dataDir, "pgdata", "PG_VERSION"), "half");
    const database = await openDurablePglite(dataDir);
    expect((await database.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await database.close();
  });
});

test("an engine that stops asking for fsync is refused, also after one that asked", async () => {
  await (await openDurablePglite(path.join(dataDir, "sound"))).close();
  sabotage.hook = true;
  await expect(openDurablePglite(path.join(dataDir, "unsound"))).rejects.toMatchObject({ code: "store-not-durable" });
  sabotage.hook = false;
  await (await openDurablePglite(path.join(dataDir, "unsound"))).close(); // and its lock was given back
});

/** A writer in a process of its own, and the numbers it acknowledged. */
function startWriter(failingCall?: string) {
  const program = path.join(import.meta.dirname, "testing-writer.fs.ts");
  const child = spawn(process.execPath, [program, dataDir, ...(failingCall ? [failingCall] : [])], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" },
  });
  children.push(child);
  let last = 0;
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const lines = createInterface({ input: child.stdout });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    until: (reached: (number: number) => boolean) =>
      new Promise<number>((resolve, reject) => {
        lines.on("line", (line) => {
          if (line !== "open") last = Number(line);
          if (line !== "open" && reached(last)) resolve(last);
        });
        void closed.then((status) => reject(new Error(`writer ended with ${status}: ${stderr}`)));
      }),
    /** Ends it as a power cut would end a process, and answers the last number it had acknowledged. */
    async kill() {
      child.kill("SIGKILL");
      await closed;
      return last;
    },
    async ended() {
      lines.on("line", (line) => {
        if (line !== "open") last = Number(line);
      });
      return { status: await closed, stderr, last };
    },
  };
}
