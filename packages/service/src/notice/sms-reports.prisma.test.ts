import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import { problemOf, sendProblem } from "../platform/problem.http.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { entitlementId, firmCode, plantCase, plantWorld } from "../publication/testing-case.prisma.ts";
import { callStore } from "./call.prisma.ts";
import type { Channel, OutgoingMessage } from "./channel.ts";
import { deliverDispatches } from "./deliver-dispatches.ts";
import { dispatchStore } from "./dispatch.prisma.ts";
import { firmContactStore } from "./firm-contact.prisma.ts";
import { nameContact, verifyContact } from "./firm-contact.ts";
import { letterStore } from "./letter.prisma.ts";
import { noticeBoard } from "./notice.prisma.ts";
import { proofStore } from "./proof.prisma.ts";
import { smsReportStore } from "./sms-report.prisma.ts";
import { smsReportRoutes } from "./sms-reports.http.ts";
import { writeLetters } from "./write-letters.ts";

const TOKEN = "a-token-of-the-gateway";
const [arrived, lost, named, late] = [1, 2, 3, 4] as const;
const clock = new SettableClock(new Date("2025-11-04T09:00:00+08:00"));
const handedOver: OutgoingMessage[] = [];
const sms: Channel = {
  name: "sms",
  isReported: true,
  async send(message) {
    handedOver.push(message);
  },
};

let store: Store;
let app: FastifyInstance;
beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    for (const nth of [arrived, lost, named, late]) await plantCase(tx, nth, "offered");
    await tx.firm.updateMany({ data: { email: null } });
    for (const nth of [arrived, lost, named, late]) {
      await tx.firm.update({ where: { code: firmCode(nth) }, data: { phone: `1380000000${nth}` } });
      const text = { zh: "贵公司符合 1 项补贴条件", en: "Your firm qualifies" };
      const about = { id: `notice_${nth}`, firmCode: firmCode(nth), entitlementIds: [entitlementId(nth)] };
      await noticeBoard(tx).post({ ...about, subject: text, body: text, kind: "offer", at: clock.now() });
    }
  });
  app = fastify();
  app.setErrorHandler((error, request, reply) => sendProblem(problemOf(error, request), reply));
  smsReportRoutes(app, { ...deps, token: TOKEN, channels: new Set(["sms"]), pump: () => {} });
});
afterAll(async () => {
  await app.close();
  await store.close();
});

const storesOn = (tx: Tx) => ({
  letters: letterStore(tx),
  dispatches: dispatchStore(tx),
  proofs: proofStore(tx),
  calls: callStore(tx),
  smsReports: smsReportStore(tx),
  firmContacts: firmContactStore(tx),
  journal: journalOn(tx),
});
const deps = {
  clock,
  transaction: <Result>(work: (stores: ReturnType<typeof storesOn>) => Promise<Result>) =>
    store.prisma.$transaction((tx) => work(storesOn(tx))),
};

const report = (reports: readonly object[], token = TOKEN) =>
  app.inject({
    ...{ method: "POST", url: "/api/sms/reports", payload: { reports } },
    headers: { authorization: `Bearer ${token}` },
  });
const dispatchOf = (nth: number) => store.prisma.dispatch.findFirstOrThrow({ where: { firmCode: firmCode(nth) } });
const proofs = (nth: number) =>
  store.prisma.$queryRaw`SELECT kind FROM notice_proof proof WHERE entitlement_id = ${entitlementId(nth)}
    AND NOT EXISTS (SELECT FROM withdrawn_proof WHERE evidence = proof.evidence)`;

describe("a firm's own number", () => {
  const own = { kind: "phone", value: "13900000003" } as const;
  const whose = { firmCode: firmCode(named), actor: "account-firm" };

  test("is used only once somebody has proved to read it, and lies sealed", async () => {
    await nameContact(deps, whose, own);
    const registered = async () => (await letterStore(store.prisma).contactOf(firmCode(named))).phone;
    expect(await registered()).toBe(`1380000000${named}`);
    expect(await verifyContact(deps, whose, { kind: "phone", value: "13911111111" })).toBe(false);
    expect(await verifyContact(deps, whose, own)).toBe(true);
    expect(await registered()).toBe(own.value);
    const [row] = await store.prisma.$queryRaw<{ value: string }[]>`SELECT value FROM firm_contact`;
    expect(row?.value).toMatch(/^sealed:/);
  });

  test("named anew is not verified any more; the same again still is", async () => {
    await nameContact(deps, whose, own);
    expect((await firmContactStore(store.prisma).of(firmCode(named)))[0]?.verifiedAt).toBeDefined();
    clock.moveTo(new Date("2025-11-04T09:01:00+08:00"));
    await nameContact(deps, whose, { kind: "phone", value: "13922222222" });
    expect((await firmContactStore(store.prisma).of(firmCode(named)))[0]?.verifiedAt).toBeUndefined();
  });
});

describe("a text message", () => {
  test("proves nothing while its gateway has only taken it", async () => {
    await writeLetters({ ...deps, channels: new Set(["sms"]) });
    expect(await deliverDispatches({ ...deps, channels: [sms] })).toBe(4);
    expect(handedOver).toHaveLength(4);
    expect(await proofs(arrived)).toEqual([]);
  });

  test("proves that the firm was told once it is reported as delivered, however often", async () => {
    const { id } = await dispatchOf(arrived);
    expect((await report([{ id, status: "delivered" }])).json()).toEqual({ recorded: 1, repeated: 0, setAside: 0 });
    expect((await report([{ id, status: "delivered" }])).json()).toEqual({ recorded: 0, repeated: 1, setAside: 0 });
    expect(await proofs(arrived)).toEqual([{ kind: "delivered" }]);
  });

  test("that failed leads to the people who call, once, where there is no other way", async () => {
    const { id } = await dispatchOf(lost);
    for (const _ of [1, 2]) await report([{ id, status: "failed", reason: "空号" }]);
    expect(await dispatchOf(lost)).toMatchObject({ status: "bounced", lastError: "空号" });
    expect(await store.prisma.firmCall.count({ where: { firmCode: firmCode(lost), status: "open" } })).toBe(1);
    expect(await proofs(lost)).toEqual([]);
  });

  test("that failed after all takes its proof back; a word that comes too late gives none", async () => {
    const { id } = await dispatchOf(late);
    await report([{ id, status: "delivered" }]);
    await report([{ id, status: "failed" }]);
    expect(await proofs(late)).toEqual([]);
    const { id: gone } = await dispatchOf(lost);
    await report([{ id: gone, status: "delivered" }]);
    expect(await proofs(lost)).toEqual([]);
  });
});

describe("the gateway", () => {
  test("is let in by its token alone", async () => {
    expect((await report([{ id: "x", status: "delivered" }], "another")).statusCode).toBe(401);
    const bare = await app.inject({ method: "POST", url: "/api/sms/reports", payload: { reports: [] } });
    expect(bare.statusCode).toBe(401);
  });

  test("that names no message of ours is heard, and the report set aside", async () => {
    expect((await report([{ id: "dispatch_unknown", status: "failed" }])).json()).toMatchObject({ setAside: 1 });
    expect(await store.prisma.smsReport.findMany({ where: { isKnown: false } })).toMatchObject([
      { dispatchId: "dispatch_unknown" },
    ]);
  });

  test("is told what it said wrong", async () => {
    expect((await report([{ id: "x'; DROP", status: "delivered" }])).statusCode).toBe(400);
    expect((await report([{ id: "x", status: "perhaps" }])).statusCode).toBe(400);
  });
});
