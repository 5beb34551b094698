import { applyFree, runNode } from "./command.ts";
import type { Outcome, Step } from "./step.ts";

/** Schema, lint and worked cases of every policy in `rules/`. */
export const policies: Step = { name: "apply-free check rules: the policies' worked cases", run: checkRules };

async function checkRules(): Promise<Outcome> {
  const { status, stdout, stderr } = await runNode([...applyFree, "check", "rules", "--json"], { deadlineSeconds: 60 });
  const answer = lastJson(stdout) as { passed: number; failed: number } | undefined;
  if (!answer) return { passed: 0, failed: 1, report: stderr || "check printed no JSON" };
  const unexplained = status !== 0 && answer.failed === 0 ? 1 : 0;
  return { passed: answer.passed, failed: answer.failed + unexplained, report: `${stdout}\n${stderr}` };
}

/** The object that `--json` prints as the last line of standard output. */
export function lastJson(stdout: string): unknown {
  const line = stdout.trimEnd().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
