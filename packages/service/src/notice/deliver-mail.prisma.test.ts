import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalMailServer, startLocalMail } from "../demo/local-mail.smtp.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { callStore } from "./call.prisma.ts";
import { deliverMail } from "./deliver-mail.ts";
import { type SmtpMailer, smtpMailer } from "./mailer.smtp.ts";
import { mailQueue, noticeBoard } from "./notice.prisma.ts";
import type { Mailer } from "./notice-store.ts";
import { proofStore } from "./proof.prisma.ts";

let store: Store;
let server: LocalMailServer;
let smtp: SmtpMailer;
const at = new Date("2025-11-04T09:00:00+08:00");
const firmCode = "91410100MA0000001D";

beforeAll(async () => {
  store = await openTestStore();
  server = await startLocalMail();
  smtp = smtpMailer(server.url);
  await store.prisma.firm.create({
    data: { code: firmCode, name: "示例企业", regionCode: "410100", email: "firm@firms.example" },
  });
});
afterAll(async () => {
  smtp.close();
  await server.close();
  await store.close();
});

function deliver(mailer: Mailer, now = at) {
  return deliverMail({
    transaction: (work) =>
      store.prisma.$transaction((tx) =>
        work({ mail: mailQueue(tx), proofs: proofStore(tx), calls: callStore(tx), journal: journalOn(tx) }),
      ),
    clock: { now: () => now },
    mailer,
  });
}

function post(id: string) {
  const notice = { id, firmCode, kind: "offer" as const, subject: "贵公司符合 1 项补贴条件", body: "正文 body", at };
  return store.prisma.$transaction((tx) => noticeBoard(tx).post(notice));
}

test("a notice reaches the inbox and a real mail server, once, however often it is posted and delivered", async () => {
  await post("notice_A");
  await post("notice_A");
  expect(await deliver(smtp)).toBe(1);
  expect(await deliver(smtp)).toBe(0);
  expect(server.recent()).toEqual([
    {
      to: "firm@firms.example",
      subject: "贵公司符合 1 项补贴条件",
      text: "正文 body",
      messageId: "<notice_A@apply-free.example>",
    },
  ]);
  expect(await store.prisma.inboxMessage.count({ where: { firmCode } })).toBe(1);
});

test("mail that the server refuses is kept and tried again later, not sooner", async () => {
  await post("notice_B");
  const refusing: Mailer = { send: () => Promise.reject(new Error("451 try later")) };
  expect(await deliver(refusing)).toBe(0);
  const waiting = await store.prisma.outgoingMail.findUniqueOrThrow({ where: { id: "notice_B" } });
  expect(waiting).toMatchObject({ status: "queued", attempts: 1, lastError: "451 try later" });
  expect(await deliver(smtp)).toBe(0);
  expect(await deliver(smtp, new Date(at.getTime() + 3 * 60_000))).toBe(1);
});

test("after eight refusals mail is given up, says why, and the firm is on the list of those to be called", async () => {
  await post("notice_C");
  const refusing: Mailer = { send: () => Promise.reject(new Error("550 no such user")) };
  let now = at;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await deliver(refusing, now);
    now = new Date(now.getTime() + 24 * 3_600_000);
  }
  const dead = await store.prisma.outgoingMail.findUniqueOrThrow({ where: { id: "notice_C" } });
  expect(dead).toMatchObject({ status: "dead", attempts: 8, lastError: "550 no such user" });
  expect(await store.prisma.firmCall.findMany()).toMatchObject([{ firmCode, reason: "undeliverable", status: "open" }]);
});

test("a firm without an address is told in its inbox only", async () => {
  const code = "91410100MA0000002B";
  await store.prisma.firm.create({ data: { code, name: "无邮箱示例", regionCode: "410100" } });
  const notice = { id: "notice_D", firmCode: code, kind: "offer" as const, subject: "s", body: "b", at };
  await store.prisma.$transaction((tx) => noticeBoard(tx).post(notice));
  expect(await store.prisma.inboxMessage.count({ where: { firmCode: code } })).toBe(1);
  expect(await store.prisma.outgoingMail.count({ where: { id: "notice_D" } })).toBe(0);
});
