import type { SourceFile } from "./source-file.ts";

/** The outside worlds that a file name may admit to. */
export const doors = ["prisma", "http", "fs", "smtp", "sms", "webhook", "bank", "env", "cli", "threads"] as const;

/** Rooms of the service in the order of the flow; a room imports itself and earlier ones. */
export const rooms = [
  "kernel",
  "platform",
  "parquet",
  "facts",
  "policies",
  "sweep",
  "screening",
  "naming",
  "matching",
  "reach",
  "entitlement",
  "budget",
  "watch",
  "notice",
  "access",
  "confirmation",
  "payment",
  "publication",
  "reassessment",
  "recovery",
  "dispute",
  "grievance",
  "declaration",
  "retention",
  "audit",
  "portal",
  "desk",
  "demo",
  // src itself: flow, timetable, app, contract; then the verbs, then main, which wires them.
  "(root)",
  "commands",
  "(main)",
] as const;

const service = "packages/service/src/";

/** `undefined` outside the service; a folder that is no room answers its own name. */
export function roomOf(filePath: string): string | undefined {
  if (!filePath.startsWith(service)) return undefined;
  const [first = "", ...rest] = filePath.slice(service.length).split("/");
  if (rest.length > 0) return first;
  return first === "main.ts" ? "(main)" : "(root)";
}

export function rankOf(room: string): number {
  return (rooms as readonly string[]).indexOf(room);
}

/** Tests, and the worlds they are set up with, reach wherever they must. */
export function isTestCode({ path, suffixes }: SourceFile): boolean {
  return suffixes.includes("test") || /\/testing[^/]*$/.test(path);
}

/** Whether a file's name admits to an outside world. What Prisma generated speaks SQL. */
export function hasDoor(filePath: string): boolean {
  const [, ...endings] = (filePath.split("/").at(-1) ?? "").split(".");
  return filePath.includes("/generated/") || endings.some((ending) => (doors as readonly string[]).includes(ending));
}

/** `main.ts` and `app.ts` join everything to everything; that is all they do. */
export function isCompositionRoot({ path }: SourceFile): boolean {
  return path === `${service}main.ts` || path === `${service}app.ts`;
}
