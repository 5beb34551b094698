import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Fault } from "./faults.ts";

/** It is `now`; do what is to be done. */
export type Request = Readonly<{
  now: string;
  /** Counts up; letters wait for theirs. */
  round: number;
  /** No more mishaps, and what was lost is found. */
  calm: boolean;
  /** Account number and holder, as the bank knows them. */
  holders: readonly (readonly [string, string])[];
}>;

export type Answer = Readonly<{
  happened: readonly Fault[];
  /** By end-to-end id, of all time. */
  bookings: readonly (readonly [string, Readonly<{ debits: number; returns: number }>])[];
}>;

export type UnrulyBank = Readonly<{
  work(request: Request): Promise<Answer>;
  /** Starts the work and kills the process with SIGKILL before it is done; it is started again. */
  killWhile(request: Request, afterMilliseconds: number): Promise<void>;
  close(): Promise<void>;
}>;

/** For tests: the bank of `bank-process.ts`; its books outlive its process. */
export async function startUnrulyBank(exchange: string, directory: string, seed: number): Promise<UnrulyBank> {
  const program = path.join(import.meta.dirname, "bank-process.ts");
  const start = () => fork(program, [exchange, directory, String(seed)], { execArgv: [] });
  let child = start();
  const stop = async (signal: "SIGKILL" | "SIGTERM") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    work: (request) => ask(child, request),
    async killWhile(request, afterMilliseconds) {
      child.send(request);
      await new Promise((resolve) => setTimeout(resolve, afterMilliseconds));
      await stop("SIGKILL");
      child = start();
    },
    close: () => stop("SIGTERM"),
  };
}

function ask(child: ChildProcess, request: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("the bank's process ended"));
    child.once("exit", ended);
    child.once("message", (answer) => {
      child.off("exit", ended);
      resolve(answer as Answer);
    });
    child.send(request);
  });
}
