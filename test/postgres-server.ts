import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, chown, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";

/** A PostgreSQL server of our own: empty, on a free port, gone with the process that started it. */
export type PostgresServer = Readonly<{
  /** `postgresql://…/postgres`, as a superuser of this server only. */
  url: string;
  version: string;
  stop(): Promise<void>;
}>;

export type PostgresBinaries = Readonly<{ directory: string; major: number; version: string }>;

const OLDEST_MAJOR = 15;

/** The newest PostgreSQL on this machine that is new enough; `undefined` where there is none. */
export async function findPostgres(): Promise<PostgresBinaries | undefined> {
  const onPath = (process.env.PATH ?? "").split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  const candidates = [...onPath, ...(await versionedDirectories()), "/opt/homebrew/bin", "/usr/local/pgsql/bin"];
  const found = await Promise.all(candidates.map(binariesIn));
  return found.filter((binaries) => binaries !== undefined).sort((one, other) => other.major - one.major)[0];
}

/** Starts a server in a new temporary directory. It does not fsync: it holds nothing worth keeping. */
export async function startPostgres({ directory, version }: PostgresBinaries): Promise<PostgresServer> {
  const home = await mkdtemp(path.join(tmpdir(), "apply-free-postgres-"));
  const owner = await ownerOf(home);
  const password = randomBytes(12).toString("hex");
  const secret = path.join(home, "password");
  const data = path.join(home, "data");
  await writeFile(secret, password, { mode: 0o600 });
  if (owner) await chown(secret, owner.uid, owner.gid);
  await promisify(execFile)(
    path.join(directory, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...owner, cwd: home },
  );
  const port = await freePort();
  const settings = ["fsync=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB"];
  const guard = spawnGuarded(
    path.join(directory, "postgres"),
    ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", home, ...settings.flatMap((setting) => ["-c", setting])],
    { ...owner, cwd: home },
  );
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    guard.process.ref(); // waiting for its end must hold this process open
    guard.process.stdin?.end();
    await guard.ended;
    await rm(home, { recursive: true, force: true });
  };
  try {
    await untilReady(url, guard);
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { url, version, stop };
}

/** A new empty database on a server, and its address. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE "${name}"`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function versionedDirectories(): Promise<string[]> {
  const versions = await readdir("/usr/lib/postgresql").catch(() => []);
  return versions.map((version) => `/usr/lib/postgresql/${version}/bin`);
}

async function binariesIn(directory: string): Promise<PostgresBinaries | undefined> {
  try {
    // A link on the PATH may stand alone; initdb is where the program itself lives.
    const home = path.dirname(await realpath(path.join(directory, "postgres")));
    await access(path.join(home, "initdb"), constants.X_OK);
    const { stdout } = await promisify(execFile)(path.join(home, "postgres"), ["--version"]);
    const [, version = "", major = "0"] = /((\d+)[\w.]*)/.exec(stdout) ?? [];
    return Number(major) >= OLDEST_MAJOR ? { directory: home, major: Number(major), version } : undefined;
  } catch {
    return undefined; // not a directory with PostgreSQL in it
  }
}

type Owner = Readonly<{ uid: number; gid: number }>;

/** PostgreSQL refuses to run as root, so root hands the directory to the `postgres` user. */
async function ownerOf(home: string): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile("/etc/passwd", "utf8");
  const entry = ["postgres", "nobody"]
    .map((user) => new RegExp(`^${user}:[^:]*:(\\d+):(\\d+):`, "m").exec(passwd))
    .find((match) => match !== null);
  if (!entry) throw new Error("running as root, and neither a postgres nor a nobody user exists to run PostgreSQL as");
  const owner = { uid: Number(entry[1]), gid: Number(entry[2]) };
  await chown(home, owner.uid, owner.gid);
  return owner;
}

type Guard = Readonly<{ process: ChildProcess; ended: Promise<unknown>; log: string }>;

/**
 * Runs the server below a shell that waits for its input to close. The kernel closes it when this
 * process ends in whatever way, `kill -9` included, and the shell then stops the server by its pid.
 */
function spawnGuarded(
  program: string,
  programArguments: readonly string[],
  options: Partial<Owner> & { cwd: string },
): Guard {
  const script = `"$0" "$@" >server.log 2>&1 & server=$!
    cat >/dev/null; kill -QUIT $server; wait $server; cd / && rm -rf "$OLDPWD"`;
  const child = spawn("/bin/sh", ["-c", script, program, ...programArguments], {
    ...options,
    detached: true, // so that Ctrl-C reaches it through its input and not in the middle of its work
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.unref();
  return { process: child, ended, log: path.join(options.cwd, "server.log") };
}

async function untilReady(url: string, guard: Guard): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      return;
    } catch (cause) {
      if (attempt === 100 || guard.process.exitCode !== null) {
        const log = await readFile(guard.log, "utf8").catch(() => "it left no log");
        throw new Error(`PostgreSQL did not start: ${log}`, { cause });
      }
      await sleep(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** `node test/postgres-server.ts` keeps one running for trials by hand, until Ctrl-C. */
if (import.meta.main) {
  const binaries = await findPostgres();
  if (!binaries) throw new Error(`no PostgreSQL ${OLDEST_MAJOR} or newer found on this machine`);
  const server = await startPostgres(binaries);
  process.stdout.write(`PostgreSQL ${server.version}; Ctrl-C stops it\n${server.url}\n`);
  setInterval(() => undefined, 60_000);
}
