// Everything CI runs, in one command: `npx -y pnpm@12 test`. With --static only what needs no
// running program. The last line of standard output is always `N passed, N failed`.
import { startPostgres } from "./postgres-server.ts";
import { demo } from "./run/demo.ts";
import { policies } from "./run/policies.ts";
import { prepare } from "./run/prepare.ts";
import { biome, types } from "./run/static.ts";
import { add, nothing, type Step, type Totals, take } from "./run/step.ts";
import { embeddedTests, serverTests } from "./run/vitest.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);
const inCi = !["", "0", "false"].includes(process.env.CI ?? "");

const steps = process.argv.includes("--static") ? staticSteps : allSteps;
report(await steps());

async function staticSteps(): Promise<Totals> {
  return sideBySide(biome, types);
}

async function allSteps(): Promise<Totals> {
  const { postgres, chromium } = await prepare(say);
  const server = postgres && (await startPostgres(postgres));
  const missing = [
    ...(server ? [] : ["PostgreSQL 15 or newer: no test ran on a database server"]),
    ...(chromium ? [] : ["chromium: no test ran in a browser"]),
  ];
  let totals = await sideBySide(biome, types, policies);
  totals = add(totals, await take(embeddedTests, say));
  if (server) totals = add(totals, await take(serverTests(server.url, server.version), say));
  totals = add(totals, await take(demo(server?.url), say));
  await server?.stop();
  // On a developer's machine a missing program is a gap that is named; in CI it is a failure.
  return add(totals, { ...nothing, failed: inCi ? missing.length : 0, skipped: missing });
}

async function sideBySide(...independent: Step[]): Promise<Totals> {
  return (await Promise.all(independent.map((step) => take(step, say)))).reduce(add, nothing);
}

function report({ passed, failed, skipped, failures }: Totals): void {
  for (const reason of new Set(skipped)) say(`!!! SKIPPED ${reason}`);
  for (const failure of failures) say(`!!! FAILED ${failure}`);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
