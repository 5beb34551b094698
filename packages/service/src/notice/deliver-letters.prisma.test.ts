import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalMailServer, startLocalMail } from "../demo/local-mail.smtp.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { callStore } from "./call.prisma.ts";
import { type Channel, type ChannelName, type OutgoingMessage, Refused } from "./channel.ts";
import { deliverDispatches } from "./deliver-dispatches.ts";
import { dispatchStore } from "./dispatch.prisma.ts";
import { letterStore } from "./letter.prisma.ts";
import { type SmtpMailer, smtpMailer } from "./mailer.smtp.ts";
import { noticeBoard } from "./notice.prisma.ts";
import type { NoticeKind } from "./notice.ts";
import { settingStore } from "./notice-setting.prisma.ts";
import { proofStore } from "./proof.prisma.ts";
import { recordBounce } from "./record-bounce.ts";
import { writeLetters } from "./write-letters.ts";

let store: Store;
let server: LocalMailServer;
let smtp: SmtpMailer;
const at = (time: string) => new Date(`2025-11-${time}:00+08:00`);

beforeAll(async () => {
  store = await openTestStore();
  server = await startLocalMail();
  smtp = smtpMailer(server.url);
});
afterAll(async () => {
  smtp.close();
  await server.close();
  await store.close();
});

const storesOn = (tx: Tx) => ({
  letters: letterStore(tx),
  dispatches: dispatchStore(tx),
  proofs: proofStore(tx),
  calls: callStore(tx),
  journal: journalOn(tx),
});

/** What every run does: letters are written, then what is due is sent. */
async function round(now: Date, ...channels: Channel[]) {
  const deps = {
    clock: { now: () => now },
    transaction: <Result>(work: (stores: ReturnType<typeof storesOn>) => Promise<Result>) =>
      store.prisma.$transaction((tx) => work(storesOn(tx))),
  };
  await writeLetters({ ...deps, channels: new Set(channels.map(({ name }) => name)) });
  return deliverDispatches({ ...deps, channels });
}

function channel<Name extends ChannelName>(name: Name, failure?: Error) {
  const taken: OutgoingMessage[] = [];
  const send = async (message: OutgoingMessage) => {
    if (failure) throw failure;
    taken.push(message);
  };
  return { name, send, taken };
}

let firms = 0;
async function aFirm(contact: Readonly<{ email?: string; phone?: string }>): Promise<string> {
  firms += 1;
  const code = `91410100MA${String(firms).padStart(7, "0")}X`;
  await store.prisma.firm.create({ data: { code, name: `示例企业${firms}`, regionCode: "410100", ...contact } });
  return code;
}

let posted = 0;
async function post(firmCode: string, kind: NoticeKind, now: Date, subject = "贵公司符合 1 项补贴条件") {
  posted += 1;
  const id = `notice_${posted}`;
  const text = {
    subject: { zh: subject, en: `Subject ${posted}` },
    body: { zh: `正文${posted}`, en: `Text ${posted}` },
  };
  await store.prisma.$transaction((tx) => noticeBoard(tx).post({ ...text, id, firmCode, kind, at: now }));
  return id;
}

const dispatchesOf = (firmCode: string) =>
  store.prisma.dispatch.findMany({ where: { firmCode }, orderBy: [{ queuedAt: "asc" }, { channel: "asc" }] });
const callsTo = (firmCode: string) => store.prisma.firmCall.count({ where: { firmCode, status: "open" } });

describe("a letter", () => {
  test("reaches the inbox at once and a real mail server once, in both languages, whatever is repeated", async () => {
    const firm = await aFirm({ email: "a@firms.example" });
    const id = await post(firm, "offer", at("04T09:00"));
    await store.prisma.$transaction((tx) =>
      noticeBoard(tx).post({
        subject: { zh: "x", en: "x" },
        body: { zh: "x", en: "x" },
        id,
        firmCode: firm,
        kind: "offer",
        at: at("04T09:00"),
      }),
    );
    expect(await store.prisma.inboxMessage.count({ where: { firmCode: firm } })).toBe(1);
    expect(await round(at("04T09:00"), smtp)).toBe(1);
    expect(await round(at("04T09:05"), smtp)).toBe(0);
    const [dispatch] = await dispatchesOf(firm);
    expect(server.recent()).toMatchObject([
      { to: "a@firms.example", subject: "贵公司符合 1 项补贴条件", messageId: `<${dispatch?.id}@apply-free.example>` },
    ]);
    expect(server.recent()[0]?.text).toMatch(/正文1[\s\S]*不要验证码[\s\S]*Text 1/);
    const log = await store.prisma.dispatchAttempt.findMany({ where: { dispatchId: dispatch?.id ?? "" } });
    expect(log).toMatchObject([{ nth: 1, result: "taken", error: null }]);
  });

  test("waits for the morning, and nothing goes out between 21:00 and 08:00", async () => {
    const firm = await aFirm({ email: "b@firms.example" });
    const mail = channel("email");
    await post(firm, "offer", at("05T02:00"));
    for (const time of ["05T02:00", "05T07:59", "05T21:00", "05T23:59"]) expect(await round(at(time), mail)).toBe(0);
    expect(await round(at("06T08:00"), mail)).toBe(1);
  });

  test("is one a day, whichever run posts what: what comes later waits until tomorrow", async () => {
    const firm = await aFirm({ email: "c@firms.example" });
    const mail = channel("email");
    await post(firm, "offer", at("07T02:00"), "第一条");
    await post(firm, "reminder", at("07T08:00"), "第二条");
    await round(at("07T08:00"), mail);
    for (const kind of ["dispute-answered", "paid", "withdrawn"] as const) {
      await post(firm, kind, at("07T11:00"), kind);
      await round(at("07T11:00"), mail);
    }
    expect(mail.taken).toHaveLength(1);
    expect(mail.taken[0]?.subject).toBe("第一条（共 2 条消息）");
    await round(at("08T08:00"), mail);
    expect(mail.taken.map(({ subject }) => subject)).toEqual(["第一条（共 2 条消息）", "withdrawn（共 3 条消息）"]);
    const days = await store.prisma.letter.findMany({ where: { firmCode: firm } });
    expect(days.map(({ status }) => status)).toEqual(["delivered", "delivered"]);
  });

  test("by two runs at once is written once", async () => {
    const firm = await aFirm({ email: "d@firms.example" });
    const mail = channel("email");
    await post(firm, "offer", at("10T09:00"));
    await Promise.all([round(at("10T09:00"), mail), round(at("10T09:00"), mail)]);
    expect(mail.taken.filter(({ recipient }) => recipient === "d@firms.example")).toHaveLength(1);
  });

  test("leaves out what the firm has turned off, and nothing that must be told", async () => {
    const firm = await aFirm({ email: "e@firms.example" });
    const mail = channel("email");
    const setting = { language: "en", muted: ["progress", "reminders"] } as const;
    await settingStore(store.prisma).save(firm, setting, "account-firm", at("11T08:00"));
    for (const kind of ["paid", "reminder"] as const) await post(firm, kind, at("11T09:00"));
    expect(await round(at("11T09:00"), mail)).toBe(0);
    await post(firm, "withdrawn", at("11T10:00"));
    expect(await round(at("11T10:00"), mail)).toBe(1);
    expect(mail.taken[0]?.subject).toMatch(/^Subject \d+$/);
    expect(await store.prisma.inboxMessage.count({ where: { firmCode: firm, outbound: "inbox-only" } })).toBe(2);
  });
});

describe("what a channel does not take", () => {
  test("is tried again later, not sooner, and each attempt is logged", async () => {
    const firm = await aFirm({ email: "f@firms.example" });
    await post(firm, "offer", at("12T09:00"));
    await round(at("12T09:00"), channel("email", new Error("451 try later")));
    const mail = channel("email");
    expect(await round(at("12T09:01"), mail)).toBe(0);
    expect(await round(at("12T09:03"), mail)).toBe(1);
    const [dispatch] = await dispatchesOf(firm);
    const log = await store.prisma.dispatchAttempt.findMany({ where: { dispatchId: dispatch?.id ?? "" } });
    expect(log.map(({ result, error }) => [result, error])).toEqual([
      ["failed", "451 try later"],
      ["taken", null],
    ]);
  });

  test("goes by text message after eight attempts, and the letter is delivered", async () => {
    const firm = await aFirm({ email: "g@firms.example", phone: "13800000000" });
    await post(firm, "offer", at("13T08:00"));
    const sms = channel("sms");
    for (let minutes = 0; minutes < 600; minutes += 1) {
      await round(new Date(at("13T08:00").getTime() + minutes * 60_000), channel("email", new Error("421 busy")), sms);
      if (sms.taken.length > 0) break;
    }
    expect((await dispatchesOf(firm)).map(({ channel, status, attempts }) => [channel, status, attempts])).toEqual([
      ["email", "dead", 8],
      ["sms", "sent", 1],
    ]);
    expect(sms.taken[0]?.body).toContain("贵公司符合 1 项补贴条件");
    expect(await callsTo(firm)).toBe(0);
    const events = await store.prisma.journalEvent.groupBy({
      by: ["type"],
      where: { subject: { in: (await dispatchesOf(firm)).map(({ id }) => id) } },
      _count: true,
    });
    expect(events.map(({ type }) => type).sort()).toEqual(["notice-delivered", "notice-undeliverable"]);
  });

  test("goes to a person when it is refused by every channel, at once", async () => {
    const firm = await aFirm({ email: "h@firms.example", phone: "13800000001" });
    await post(firm, "returned", at("14T09:00"));
    const refusing = [channel("email", new Refused("550 no such user")), channel("sms", new Refused("empty number"))];
    await round(at("14T09:00"), ...refusing);
    expect(await callsTo(firm)).toBe(1);
    expect(await store.prisma.letter.findMany({ where: { firmCode: firm } })).toMatchObject([
      { status: "undeliverable" },
    ]);
  });

  test("that was only progress is nobody's call", async () => {
    const firm = await aFirm({ email: "i@firms.example" });
    await post(firm, "paid", at("14T09:00"));
    await round(at("14T09:30"), channel("email", new Refused("550 no such user")));
    expect(await callsTo(firm)).toBe(0);
  });
});

describe("a firm without any address", () => {
  test("is told in its inbox; an offer waits for the days before it runs out, a decision is for a person", async () => {
    const firm = await aFirm({ phone: "0371-00000000" });
    await post(firm, "offer", at("15T09:00"));
    expect(await round(at("15T09:00"), channel("email"), channel("sms"))).toBe(0);
    expect(await callsTo(firm)).toBe(0);
    await post(firm, "withdrawn", at("16T09:00"));
    await round(at("16T09:00"), channel("email"), channel("sms"));
    expect(await callsTo(firm)).toBe(1);
    expect(await store.prisma.inboxMessage.count({ where: { firmCode: firm } })).toBe(2);
  });

  test("waits where no channel is open, and is told when one is", async () => {
    const firm = await aFirm({ email: "j@firms.example" });
    await post(firm, "offer", at("17T09:00"));
    expect(await round(at("17T09:00"))).toBe(0);
    expect(await round(at("17T09:00"), channel("webhook"))).toBe(0);
    expect(await round(at("17T10:00"), channel("email"))).toBe(1);
  });
});

test("a firm's own system gets every notice at once, also at night, and a change of secrets does not lose one", async () => {
  const firm = await aFirm({ email: "k@firms.example" });
  const webhook = { url: "https://firm.example/hook", secrets: ["whsec_bmV3", "whsec_b2xk"] };
  await settingStore(store.prisma).save(firm, { language: "zh", muted: [], webhook }, "account-firm", at("18T08:00"));
  const own = channel("webhook");
  await post(firm, "offer", at("18T23:00"));
  await post(firm, "paid", at("18T23:30"));
  expect(await round(at("18T23:30"), own, channel("email"))).toBe(2);
  expect(own.taken[0]).toMatchObject({ recipient: webhook.url, secrets: webhook.secrets });
  const event = JSON.parse(own.taken[0]?.body ?? "{}");
  expect(event).toMatchObject({ specversion: "1.0", type: "apply-free.notice.offer.v1", subject: firm });
  expect(event.data.subject).toHaveProperty("zh-CN");
});

test("a mail that was taken and comes back is logged, goes by text message, and then to a person", async () => {
  const firm = await aFirm({ email: "l@firms.example", phone: "13800000002" });
  await post(firm, "returned", at("19T09:00"));
  await round(at("19T09:00"), channel("email"), channel("sms"));
  const [mail] = await dispatchesOf(firm);
  const bounce = (dispatchId: string) =>
    recordBounce(
      {
        clock: { now: () => at("19T10:00") },
        channels: new Set(["email", "sms"]),
        transaction: (work) => store.prisma.$transaction((tx) => work(storesOn(tx))),
      },
      { dispatchId, reason: "550 5.1.1 no such user" },
    );
  expect(await bounce(mail?.id ?? "")).toBe(true);
  expect(await bounce(mail?.id ?? "")).toBe(false);
  expect(await bounce("dispatch_nobody")).toBe(false);
  const log = await store.prisma.dispatchAttempt.findMany({ where: { dispatchId: mail?.id ?? "" } });
  expect(log.map(({ result }) => result)).toEqual(["taken", "bounced"]);
  expect(await store.prisma.withdrawnProof.count({ where: { evidence: mail?.id ?? "" } })).toBe(1);
  const sms = channel("sms", new Refused("empty number"));
  await round(at("19T10:05"), channel("email"), sms);
  expect(await callsTo(firm)).toBe(1);
  expect(await store.prisma.letter.findMany({ where: { firmCode: firm } })).toMatchObject([
    { status: "undeliverable" },
  ]);
});
