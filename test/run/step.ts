/** What one step of the run found. */
export type Outcome = Readonly<{
  passed: number;
  failed: number;
  /** What was not tried, and why: each a line that is printed at the end. */
  skipped?: readonly string[];
  /** What failed, each in one line that is printed again at the end, where a long run is read first. */
  failures?: readonly string[];
  /** Shown when something failed. */
  report?: string;
}>;

export type Step = Readonly<{ name: string; run(): Promise<Outcome> }>;

export type Totals = Readonly<{
  passed: number;
  failed: number;
  skipped: readonly string[];
  failures: readonly string[];
}>;

export const nothing: Totals = { passed: 0, failed: 0, skipped: [], failures: [] };

/** Runs one step and says so before and after; a step that throws is one failure, and the next one still runs. */
export async function take(step: Step, say: (line: string) => void): Promise<Totals> {
  say(`… ${step.name}`);
  const start = performance.now();
  const {
    passed,
    failed,
    skipped = [],
    failures = [],
    report = "",
  } = await step.run().catch(
    (cause: unknown): Outcome => ({
      passed: 0,
      failed: 1,
      report: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    }),
  );
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  if (failed > 0 && report) say(report.trimEnd());
  say(`${failed > 0 ? "✗" : "✓"} ${step.name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  const unnamed = failed > 0 && failures.length === 0 ? [step.name] : failures;
  return { passed, failed, skipped, failures: unnamed };
}

export function add(one: Totals, other: Totals): Totals {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: [...one.skipped, ...other.skipped],
    failures: [...one.failures, ...other.failures],
  };
}
