// `npx -y pnpm@12 race [rounds]`: rounds of 100 confirmations at once against a fund that fits 60, on a PostgreSQL of our own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { findPostgres, startPostgres } from "./postgres-server.ts";

const rounds = process.argv[2] ?? "1000";
const binaries = await findPostgres();

if (!/^[1-9]\d{0,2}$|^1000$/.test(rounds)) {
  process.stderr.write("race: the number of rounds is 1 to 1000.\n");
  process.exitCode = 2;
} else if (!binaries) {
  process.stderr.write("race: needs PostgreSQL 15 or newer on this machine.\n");
  process.exitCode = 2;
} else {
  const server = await startPostgres(binaries);
  const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const env = { ...process.env, RACE_ROUNDS: rounds, APPLY_FREE_TEST_SERVER: server.url };
  const child = spawn(process.execPath, [vitest, "run", "packages/service/src/payment/confirm-rounds"], {
    ...{ cwd: path.dirname(import.meta.dirname), env, stdio: "inherit" },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  await server.stop();
  process.exitCode = code ?? 1;
}
