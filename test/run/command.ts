import { spawn } from "node:child_process";
import path from "node:path";

export const root = path.join(import.meta.dirname, "../..");

export type Ended = Readonly<{ status: number; stdout: string; stderr: string }>;

type Options = Readonly<{
  /** Added to this process's environment; `undefined` takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Passes the output on while it is made, for steps that take minutes. */
  live?: boolean;
  deadlineSeconds?: number;
}>;

/**
 * Runs a JavaScript program with the Node that runs this one. A program that outlives its deadline
 * is killed and counts as failed, so that a hanging test cannot hang the whole run.
 */
export function runNode(programArguments: readonly string[], options: Options = {}): Promise<Ended> {
  return runProgram(process.execPath, programArguments, options);
}

export function runProgram(program: string, programArguments: readonly string[], options: Options): Promise<Ended> {
  const { env = {}, live = false, deadlineSeconds = 300 } = options;
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
      if (live) process.stdout.write(chunk);
    });
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
      if (live) process.stderr.write(chunk);
    });
    const deadline = setTimeout(() => {
      stderr += `\nkilled: still running after ${deadlineSeconds} s`;
      child.kill("SIGKILL");
    }, deadlineSeconds * 1_000);
    const end = (status: number) => {
      clearTimeout(deadline);
      resolve({ status, stdout, stderr });
    };
    child.once("error", (cause) => {
      stderr += String(cause);
      end(127);
    });
    child.once("close", (status) => end(status ?? 1));
  });
}

/** Arguments that run the product's command line as the package scripts do. */
export const applyFree = [
  "--disable-warning=ExperimentalWarning",
  "--import",
  "./packages/ui/jsx.mjs",
  "packages/service/src/main.ts",
] as const;
