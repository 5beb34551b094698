import { runNode } from "./command.ts";
import type { Outcome, Step } from "./step.ts";

/** Format, lint and the rules of the house that Biome knows. */
export const biome: Step = {
  name: "Biome: format and lint",
  run: () => oneCheck(["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]),
};

export const types: Step = {
  name: "tsc: strict types",
  run: () => oneCheck(["node_modules/typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit"]),
};

async function oneCheck(programArguments: readonly string[]): Promise<Outcome> {
  const { status, stdout, stderr } = await runNode(programArguments);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, report: stdout + stderr };
}
