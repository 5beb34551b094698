import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { applyFree, root } from "./run/command.ts";

/** A demonstration that waits for visitors, as `pnpm demo` starts it. */
export type VisitedDemo = Readonly<{
  url: string;
  password: string;
  /** Login → who it is, as printed at the start. */
  logins: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}>;

/** Starts the demo in a process and a data directory of its own, and reads what it prints for its visitor. */
export async function startDemo(firms: number): Promise<VisitedDemo> {
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-visited-"));
  const child = spawn(process.execPath, [...applyFree, "demo", "--firms", String(firms)], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: "",
      PUBLIC_URL: "",
      APPLY_FREE_DATA: directory,
      PORT: String(await freePort()),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = async () => {
    await ended(child);
    await rm(directory, { recursive: true, force: true });
  };
  const greeting = await greetingOf(child);
  const [, url, password] = /^Open (\S+) and sign in; everybody's password is "(.*)":$/m.exec(greeting) ?? [];
  if (!url || !password) {
    await stop();
    throw new Error(`the demo did not start:\n${greeting}`);
  }
  const logins = [...greeting.matchAll(/^ {2}(\S+) +(.+)$/gm)].map(([, login = "", who = ""]) => [login, who] as const);
  return { url, password, logins: new Map(logins), stop };
}

/** All that is printed up to the last line of the greeting, or up to the end of a demo that fails. */
async function greetingOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error("the demo prints nowhere");
  let greeting = "";
  for await (const line of createInterface({ input: stderr })) {
    greeting += `${line}\n`;
    if (line.startsWith("Move the simulated clock")) break;
  }
  // Nobody reads what comes later, and a full pipe would stop the demo.
  stderr.resume();
  return greeting;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGINT");
  const patience = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await exit;
  clearTimeout(patience);
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
