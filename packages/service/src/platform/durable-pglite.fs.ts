import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { DomainError } from "../kernel/errors.ts";

/**
 * The embedded PostgreSQL, made safe for money: a COMMIT that returned is on disk, and one
 * process at a time owns the directory.
 *
 * Stock PGlite gives neither: it starts with `-F`, its file system has no fsync, and a second
 * process may open the same directory and corrupt it (docs/decisions/0003-embedded-store.md).
 *
 * @throws DomainError data-directory-in-use | store-not-durable
 */
export async function openDurablePglite(dataDir: string): Promise<PGlite> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDirectory(dataDir);
  try {
    return await openLocked(dataDir, unlock);
  } catch (cause) {
    unlock();
    throw cause;
  }
}

async function openLocked(dataDir: string, unlock: () => void): Promise<PGlite> {
  const cluster = path.join(dataDir, "pgdata");
  const complete = path.join(dataDir, "pgdata.complete");
  // A cluster whose making was interrupted has never acknowledged anything: make it again.
  if (!existsSync(complete)) rmSync(cluster, { recursive: true, force: true });
  const database = await PGlite.create({ fs: new DurableNodeFs(cluster), startParams: durableStartParams() });
  await refuseUnlessDurable(database);
  if (!existsSync(complete)) {
    writeFileSync(complete, "");
    fsyncPath(dataDir);
  }
  const close = database.close.bind(database);
  database.close = async () => {
    await close();
    unlock();
  };
  return database;
}

/** The kernel frees this lock when the process dies, however it dies. */
function lockDirectory(dataDir: string): () => void {
  const lock = new DatabaseSync(path.join(dataDir, "lock.sqlite"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new DomainError(
      "data-directory-in-use",
      `${dataDir}: another process is using this data directory. Stop it, or set APPLY_FREE_DATA to another directory.`,
      { dataDir },
    );
  }
  return () => lock.isOpen && lock.close();
}

function durableStartParams(): string[] {
  const kept = PGlite.defaultStartParams.filter((parameter) => parameter !== "-F");
  return [...kept, "-c", "fsync=on", "-c", "wal_sync_method=fsync", "-c", "full_page_writes=on", "-c", "timezone=UTC"];
}

async function refuseUnlessDurable(database: PGlite): Promise<void> {
  const { rows } = await database.query<{ fsync: string; sync: string }>(
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync",
  );
  if (rows[0]?.fsync === "on" && rows[0].sync === "on" && hookRan) return;
  await database.close();
  throw new DomainError(
    "store-not-durable",
    "The embedded database does not write through to disk; refusing to run on it.",
  );
}

let hookRan = false;

type NodeFsStream = { nfd?: number; node: unknown };
type EmscriptenModule = {
  NODEFS: { stream_ops: { fsync?: (stream: NodeFsStream) => number }; realPath(node: unknown): string };
  FS: { ErrnoError: new (errno: number) => Error };
};

/** Gives the mounted file system the fsync it lacks. */
class DurableNodeFs extends NodeFS {
  override async init(...args: Parameters<NodeFS["init"]>) {
    const { emscriptenOpts } = await super.init(...args);
    const hook = (module: unknown) => installFsync(module as EmscriptenModule);
    const preRun = [emscriptenOpts.preRun ?? [], hook].flat();
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

const EIO = 29; // in WASI's numbering

function installFsync({ NODEFS, FS }: EmscriptenModule): void {
  NODEFS.stream_ops.fsync = (stream) => {
    try {
      if (stream.nfd === undefined) fsyncPath(NODEFS.realPath(stream.node));
      else fsyncSync(stream.nfd);
      return 0;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === "EINVAL" || code === "EISDIR") return 0; // the host cannot sync this kind of file
      throw new FS.ErrnoError(EIO);
    }
  };
  hookRan = true;
}

function fsyncPath(target: string): void {
  const descriptor = openSync(target, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
