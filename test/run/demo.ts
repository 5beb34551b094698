import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDatabase } from "../postgres-server.ts";
import { applyFree, runNode } from "./command.ts";
import { lastJson } from "./policies.ts";
import type { Outcome, Step } from "./step.ts";

type Answer = Readonly<Record<string, unknown>>;
type Run = Readonly<{ place: string; answer: Answer | undefined; problem: string }>;

/** The whole loop, headless, on each kind of database; both must come to the same counts. */
export function demo(serverUrl: string | undefined): Step {
  return {
    name: serverUrl ? "demo --once: embedded, PostgreSQL, and both alike" : "demo --once: embedded",
    async run() {
      const runs = await Promise.all([onEmbedded(), ...(serverUrl ? [onServer(serverUrl)] : [])]);
      return tally([...runs.flatMap(promises), ...alike(runs)]);
    },
  };
}

type Check = Readonly<{ holds: boolean; sentence: string }>;

/** What the loop must have come to, wherever it ran. */
function promises({ place, answer, problem }: Run): Check[] {
  if (!answer) return [{ holds: false, sentence: `${place}: demo --once answered nothing: ${problem}` }];
  const check = (holds: boolean, field: string): Check => ({
    holds,
    sentence: `${place}: ${field} is ${JSON.stringify(answer[field])}`,
  });
  return [
    { holds: problem === "", sentence: `${place}: ${problem}` },
    check(answer.auditVerified === true, "auditVerified"),
    check(answer.invariantsBroken === 0, "invariantsBroken"),
    check(Number(answer.paid) > 0, "paid"),
    check(Number(answer.received) > 0, "received"),
    check(answer.returned === 1, "returned"),
  ];
}

function alike([embedded, server]: Run[]): Check[] {
  if (!embedded?.answer || !server?.answer) return [];
  const { answer: embeddedCounts } = embedded;
  const { answer: serverCounts } = server;
  const fields = new Set([...Object.keys(embeddedCounts), ...Object.keys(serverCounts)]);
  fields.delete("elapsedMs");
  const differing = [...fields].filter(
    (field) => JSON.stringify(embeddedCounts[field]) !== JSON.stringify(serverCounts[field]),
  );
  const shown = differing.map(
    (field) => `${field}: ${JSON.stringify(embeddedCounts[field])} ≠ ${JSON.stringify(serverCounts[field])}`,
  );
  return [
    { holds: fields.size > 0 && differing.length === 0, sentence: `the two databases differ: ${shown.join("; ")}` },
  ];
}

function tally(checks: readonly Check[]): Outcome {
  const broken = checks.filter(({ holds }) => !holds);
  return {
    passed: checks.length - broken.length,
    failed: broken.length,
    report: broken.map(({ sentence }) => sentence).join("\n"),
  };
}

async function onEmbedded(): Promise<Run> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "apply-free-demo-"));
  try {
    return await once("embedded", { DATABASE_URL: undefined, APPLY_FREE_DATA: dataDir });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function onServer(serverUrl: string): Promise<Run> {
  return once("PostgreSQL", { DATABASE_URL: await createDatabase(serverUrl, "demo_once") });
}

async function once(place: string, env: Record<string, string | undefined>): Promise<Run> {
  const { status, stdout, stderr } = await runNode([...applyFree, "demo", "--once", "--json"], {
    env,
    deadlineSeconds: 600,
  });
  return {
    place,
    answer: lastJson(stdout) as Answer | undefined,
    problem: status === 0 ? "" : `exit status ${status}: ${stderr.trimEnd().split("\n").slice(-15).join("\n")}`,
  };
}
