import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { registerBounce } from "./bounce.cli.ts";

const firmCode = "91410100MA0000001D";
const at = new Date("2025-11-04T01:00:00Z");
let store: Store;
let directory: string;

beforeAll(async () => {
  store = await openTestStore();
  directory = await mkdtemp(path.join(tmpdir(), "apply-free-bounce-"));
  await store.prisma.firm.create({ data: { code: firmCode, name: "示例企业", regionCode: "410100" } });
  await store.prisma.letter.create({
    data: { id: "letter_1", firmCode, day: new Date("2025-11-04"), status: "sending", writtenAt: at },
  });
  const message = { subject: "s", body: "b", outbound: "letter", letterId: "letter_1", createdAt: at };
  await store.prisma.inboxMessage.create({ data: { id: "notice_1", firmCode, kind: "returned", ...message } });
  await store.prisma.dispatch.create({
    data: {
      ...{ id: "dispatch_1", channel: "email", firmCode, letterId: "letter_1", recipient: "a@firms.example" },
      ...{ subject: "s", body: "b", status: "queued", queuedAt: at, nextAttemptAt: at },
    },
  });
  await store.prisma.dispatch.update({ where: { id: "dispatch_1" }, data: { status: "sent", sentAt: at } });
  await store.prisma.letter.update({ where: { id: "letter_1" }, data: { status: "delivered" } });
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

async function bounce(report: string) {
  const file = path.join(directory, "report.eml");
  await writeFile(file, report);
  const said: string[] = [];
  const statuses: number[] = [];
  const io = {
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(line),
    fail: (status: number) => void statuses.push(status),
  };
  const program = new Command("apply-free");
  const openStore = async () => ({ ...store, close: async () => {} });
  registerBounce(program, io, { clock: { now: () => at }, openStore });
  await program.parseAsync(["bounce", file], { from: "user" });
  return { said: said.join("\n"), statuses };
}

const parts = [
  ["message/delivery-status", "Reporting-MTA: dns; mail.example\n\nAction: failed\nStatus: 5.1.1"],
  ["text/rfc822-headers", "Message-ID: <dispatch_1@apply-free.example>"],
].map(([type, text]) => `--b\nContent-Type: ${type}\n\n${text}\n`);
const report = `Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n${parts.join("")}--b--\n`;

test("a report that the mail server pipes in takes the proof back and puts the firm on the call list, once", async () => {
  expect(await bounce(report)).toEqual({ said: "dispatch_1 came back: 5.1.1", statuses: [] });
  expect(await store.prisma.firmCall.count({ where: { firmCode, status: "open" } })).toBe(1);
  const again = await bounce(report);
  expect(again.statuses).toEqual([1]);
  expect(again.said).toContain("known to have come back");
});

test("what is no report of ours answers no, and changes nothing", async () => {
  expect((await bounce("Subject: hello\n\nThank you")).statuses).toEqual([1]);
  await expect(bounce(report.replace("Action: failed", "Action: delayed"))).resolves.toMatchObject({ statuses: [1] });
});
