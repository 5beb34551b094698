import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Errand, LineFault } from "../../packages/service/src/demo/simulated-bank-door.http.ts";
import type { Fault } from "./faults.ts";

export type Request = Work | Plan;

/** It is `now`; do what is to be done. */
export type Work = Readonly<{
  kind: "work";
  now: string;
  /** Counts up; letters wait for theirs. */
  round: number;
  /** No more mishaps, and what was lost is found. */
  calm: boolean;
  /** Account number and holder, as the bank knows them. */
  holders: readonly (readonly [string, string])[];
}>;

/** The next such errand at the HTTP door meets this. */
export type Plan = Readonly<{ kind: "plan"; errand: Errand; fault: LineFault }>;

export type Answer = Readonly<{
  happened: readonly (Fault | LineFault)[];
  /** By end-to-end id, of all time. */
  bookings: readonly (readonly [string, Readonly<{ debits: number; returns: number }>])[];
}>;

export type UnrulyBank = Readonly<{
  /** Its HTTP door, where it has one; the same after a kill. */
  url: string | undefined;
  work(request: Omit<Work, "kind">): Promise<Answer>;
  plan(errand: Errand, fault: LineFault): Promise<void>;
  /** Starts the work and kills the process with SIGKILL before it is done; it is started again. */
  killWhile(request: Omit<Work, "kind">, afterMilliseconds: number): Promise<void>;
  close(): Promise<void>;
}>;

export type Whereabouts = Readonly<{
  /** Folders between it and its customer; with an HTTP door they are its own. */
  exchange: string;
  /** Its own. */
  directory: string;
  seed: number;
  isOverHttp?: boolean;
}>;

/** For tests: the bank of `bank-process.ts`; its books outlive its process. */
export async function startUnrulyBank({ exchange, directory, seed, isOverHttp }: Whereabouts): Promise<UnrulyBank> {
  const program = path.join(import.meta.dirname, "bank-process.ts");
  let port = isOverHttp ? 0 : undefined;
  const start = async () => {
    const given = [exchange, directory, String(seed), ...(port === undefined ? [] : [String(port)])];
    const child = fork(program, given, { execArgv: [] });
    port = (await hear<Readonly<{ port?: number }>>(child)).port;
    return child;
  };
  let child = await start();
  const stop = async (signal: "SIGKILL" | "SIGTERM") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    url: port === undefined ? undefined : `http://127.0.0.1:${port}`,
    work: (request) => ask(child, { kind: "work", ...request }),
    async plan(errand, fault) {
      await ask(child, { kind: "plan", errand, fault });
    },
    async killWhile(request, afterMilliseconds) {
      child.send({ kind: "work", ...request } satisfies Work);
      await new Promise((resolve) => setTimeout(resolve, afterMilliseconds));
      await stop("SIGKILL");
      child = await start();
    },
    close: () => stop("SIGTERM"),
  };
}

function ask(child: ChildProcess, request: Request): Promise<Answer> {
  const answer = hear<Answer>(child);
  child.send(request);
  return answer;
}

function hear<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("the bank's process ended"));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as Message);
    });
  });
}
