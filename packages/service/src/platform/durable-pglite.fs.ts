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
  const files = new DurableNodeFs(cluster);
  const database = await PGlite.create({ fs: files, startParams: durableStartParams() });
  await refuseUnlessDurable(database, files);
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

/** Asks the settings, and then the deed: a checkpoint that syncs nothing proves that the hook is dead. */
async function refuseUnlessDurable(database: PGlite, files: DurableNodeFs): Promise<void> {
  const { rows } = await database.query<{ fsync: string; sync: string }>(
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync",
  );
  const before = files.syncs;
  await database.exec("CHECKPOINT");
  if (rows[0]?.fsync === "on" && rows[0].sync === "on" && files.syncs > before) return;
  await database.close();
  throw new DomainError(
    "store-not-durable",
    "The embedded database does not write through to disk; refusing to run on it.",
  );
}

type NodeFsStream = { nfd?: number; node: unknown };
type StreamOps = {
  write(...args: readonly unknown[]): number;
  fsync?: (stream: NodeFsStream) => number;
};
type EmscriptenModule = { NODEFS: { stream_ops: StreamOps; realPath(node: unknown): string } };

/** Gives the mounted file system the fsync it lacks, and counts how often it is used. */
class DurableNodeFs extends NodeFS {
  syncs = 0;

  override async init(...args: Parameters<NodeFS["init"]>) {
    const { emscriptenOpts } = await super.init(...args);
    const hook = (module: unknown) => this.#install(module as EmscriptenModule);
    const preRun = [emscriptenOpts.preRun ?? [], hook].flat();
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #install({ NODEFS }: EmscriptenModule): void {
    const operations = NODEFS.stream_ops;
    const write = operations.write.bind(operations);
    operations.write = (...args) => {
      try {
        return write(...args);
      } catch (cause) {
        const { errno } = cause as { errno?: number };
        if (errno === ENOSPC || errno === EDQUOT || errno === EIO) stopTheProcess(cause);
        throw cause;
      }
    };
    operations.fsync = (stream) => {
      this.syncs += 1;
      try {
        if (stream.nfd === undefined) fsyncPath(NODEFS.realPath(stream.node));
        else fsyncSync(stream.nfd);
      } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        // These two say that the host cannot sync this kind of file, not that it failed to.
        if (code !== "EINVAL" && code !== "EISDIR") stopTheProcess(cause);
      }
      return 0;
    };
  }
}

// In WASI's numbering.
const EDQUOT = 19;
const EIO = 29;
const ENOSPC = 51;

/**
 * PostgreSQL panics when the disk refuses to keep what it must keep. Inside WebAssembly that panic
 * becomes an endless loop which blocks the whole process, so the process ends here instead: what
 * was acknowledged is on disk, and what was not will be rolled back at the next start.
 */
function stopTheProcess(cause: unknown): never {
  const { code, message } = cause as NodeJS.ErrnoException;
  process.stderr.write(
    `The disk refused to keep the data (${code ?? message}): stopping. Nothing acknowledged is lost; make room or change the disk, then start again.\n`,
  );
  process.exit(1);
}

function fsyncPath(target: string): void {
  const descriptor = openSync(target, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
