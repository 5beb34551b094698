import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runNode } from "./command.ts";
import type { Outcome, Step } from "./step.ts";

/** Every test, with databases embedded. */
export const embeddedTests: Step = {
  name: "vitest: all tests, embedded database",
  run: () => vitest({ APPLY_FREE_TEST_SERVER: undefined }),
};

/** The tests that open a database once more, and those that need a server, each on PostgreSQL. */
export function serverTests(url: string, version: string): Step {
  return {
    name: `vitest: database tests on PostgreSQL ${version}`,
    run: () => vitest({ APPLY_FREE_TEST_SERVER: url }),
  };
}

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: TestResult[];
};

type TestResult = {
  name: string;
  status: string;
  assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
};

async function vitest(env: Record<string, string | undefined>): Promise<Outcome> {
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-vitest-"));
  const file = path.join(directory, "report.json");
  try {
    const { status, stderr } = await runNode(
      ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
      { env: { DATABASE_URL: undefined, ...env }, live: true, deadlineSeconds: 3600 },
    );
    return outcomeOf(JSON.parse(await readFile(file, "utf8")) as Report, status, stderr);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function outcomeOf(report: Report, status: number, stderr: string): Outcome {
  // A file that cannot even be loaded has no failing tests, and must still count.
  const broken = report.testResults.filter((file) => file.status === "failed" && noneFailed(file)).length;
  const failed = report.numFailedTests + broken;
  const skipped = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((result) => result.status === "pending" || result.status === "skipped")
      .map((result) => `test: ${result.fullName}`),
  );
  // Errors outside tests (an unhandled rejection, say) fail the run without failing a test.
  const unexplained = status !== 0 && failed === 0 ? 1 : 0;
  return {
    passed: report.numPassedTests,
    failed: failed + unexplained,
    skipped,
    failures: report.testResults.flatMap(failuresIn),
    report: unexplained ? stderr : "",
  };
}

function failuresIn(file: TestResult): string[] {
  if (file.status !== "failed") return [];
  const place = path.relative(process.cwd(), file.name);
  if (noneFailed(file)) return [`${place} could not be loaded`];
  return file.assertionResults
    .filter((result) => result.status === "failed")
    .map((result) => `${place}: ${result.fullName}: ${result.failureMessages?.[0]?.split("\n")[0] ?? ""}`);
}

function noneFailed(file: TestResult): boolean {
  return !file.assertionResults.some((result) => result.status === "failed");
}
