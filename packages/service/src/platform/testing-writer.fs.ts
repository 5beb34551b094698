import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { openDurablePglite } from "./durable-pglite.fs.ts";

/**
 * A process of its own for tests that end one: opens the data directory in its first argument,
 * says `open`, then commits 1, 2, 3 … and says each number only after its COMMIT returned.
 * A second argument names the call of the disk that fails from the tenth commit on.
 */
const [dataDir = "", failing] = process.argv.slice(2);
const database = await openDurablePglite(dataDir);
await database.exec("CREATE TABLE IF NOT EXISTS promise (number int PRIMARY KEY, filler text NOT NULL)");
const { rows } = await database.query<{ last: number }>("SELECT coalesce(max(number), 0)::int AS last FROM promise");
process.stdout.write("open\n");
for (let number = (rows[0]?.last ?? 0) + 1; ; number += 1) {
  if (number === 10 && failing) breakDisk(failing);
  await database.query("INSERT INTO promise VALUES ($1, repeat('x', 500))", [number]);
  process.stdout.write(`${number}\n`);
}

function breakDisk(call: string): void {
  const code = call === "fsyncSync" ? "EIO" : "ENOSPC";
  Object.assign(fs, {
    [call]: () => {
      throw Object.assign(new Error(`${code}: the test broke the disk`), { code });
    },
  });
  syncBuiltinESMExports();
}
