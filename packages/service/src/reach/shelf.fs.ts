import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Shelf } from "./shelf.ts";

/** A file that only this user can read: it says of firms what their facts answer. */
export function fileShelf(file: string, log: (message: string, cause?: unknown) => void): Shelf {
  return {
    async read() {
      try {
        return await readFile(file);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "ENOENT")
          log(`${file} cannot be read; firms are read anew`, cause);
        return undefined;
      }
    },
    async write(bytes) {
      try {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(`${file}.new`, bytes, { mode: 0o600 });
        await rename(`${file}.new`, file);
      } catch (cause) {
        log(`${file} cannot be written; after a restart firms are read anew`, cause);
      }
    },
  };
}
