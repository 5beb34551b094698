import { mkdir, open, readdir, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";

/** Writes a file so that it is either whole and durable under its name, or not there. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const partial = path.join(path.dirname(file), `.${path.basename(file)}.part`);
  const handle = await open(partial, "w");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(partial, file);
  await syncDirectory(path.dirname(file));
}

/** Moves a file within the exchange; one that has been moved already stays where it is. */
export async function moveWhole(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    await stat(to); // neither here nor there is a fault
    return;
  }
  await syncDirectory(path.dirname(to));
  await syncDirectory(path.dirname(from));
}

/** Whole files in order of name; what is still being written is hidden. */
export async function listWhole(directory: string, extension: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && !entry.name.startsWith(".") && entry.name.endsWith(extension),
  );
  return files.map(({ name }) => name).sort();
}

/** `undefined` when there is no such file. */
export async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

export async function makeDirectories(directories: Iterable<string>): Promise<void> {
  for (const directory of directories) await mkdir(directory, { recursive: true });
}

function isMissing(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException).code === "ENOENT";
}

/** A rename is durable only when its directory is. Windows cannot open one and needs no such thing. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
