import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueCredential, revokeCredential } from "../access/service-credential.ts";
import { openTown, type Town } from "../testing-town.prisma.ts";

/** A department's own system, over a real connection. */

let town: Town;
let address: string;
let token: string;
let id: string;
let code: string;

beforeAll(async () => {
  town = await openTown(120);
  await town.app.listen({ port: 0, host: "127.0.0.1" });
  address = `http://127.0.0.1:${(town.app.server.address() as AddressInfo).port}`;
  const issued = await issue("human-resources");
  token = issued.token;
  id = issued.credential.id;
  code = (await db().firm.findFirstOrThrow({ orderBy: { code: "asc" } })).code;
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const issue = (sourceId: string) => {
  const { transaction, clock } = town.world.house;
  const random = { token: () => `secret-of-${sourceId}-that-is-long-enough` };
  return issueCredential({ transaction, clock, random }, { sourceId, label: "test", by: "account-operator" });
};

async function send(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${token}`;
  const response = await fetch(`${address}${path}`, {
    method: "POST",
    body: body as BodyInit,
    headers: { authorization, "content-type": "text/csv", ...headers },
  });
  return {
    status: response.status,
    json: (await response.json()) as Record<string, unknown>,
    type: response.headers.get("content-type"),
  };
}

const staff = (months: string) => `统一社会信用代码,足额缴费月数\n${code},${months}\n91410000170001401D,12\n`;
const deliveries = "/api/deliveries/human-resources?partial=true&asOf=2025-11-02";

test("a delivery is taken as at the desk, with the report of its rows, and once", async () => {
  const first = await send(`${deliveries}&file=staff.csv`, staff("11"));
  expect(first).toMatchObject({
    status: 201,
    json: {
      outcome: "imported",
      source: "human-resources",
      file: "staff.csv",
      asOf: "2025-11-02",
      rowsGood: 1,
      rowsBad: 1,
    },
  });
  expect(first.json.issues).toMatchObject([{ line: 3, severity: "refused" }]);
  const facts = await db().fact.findMany({ where: { deliveryId: String(first.json.deliveryId) } });
  expect(facts).toMatchObject([{ firmCode: code, factId: "ui.fullyPaidMonths", value: 11 }]);
  const again = await send(deliveries, staff("11"));
  expect(again).toMatchObject({ status: 200, json: { outcome: "repeated", deliveryId: first.json.deliveryId } });
  const report = await fetch(`${address}/api/deliveries/human-resources/${first.json.deliveryId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await report.json()).toMatchObject({ rowsGood: 1, rowsBad: 1, issues: [{ line: 3 }] });
  expect(await db().delivery.findUnique({ where: { id: String(first.json.deliveryId) } })).toMatchObject({
    importedBy: id,
  });
});

test("lines of JSON are taken as well, and bytes of no known kind are refused by name", async () => {
  const line = JSON.stringify({ 统一社会信用代码: code, 足额缴费月数: 10 });
  expect(await send(deliveries, `${line}\n`, { "content-type": "application/x-ndjson" })).toMatchObject({
    status: 201,
  });
  expect(await send(deliveries, Uint8Array.of(0xff, 0xfe, 0x00, 0x01))).toMatchObject({
    status: 422,
    json: { code: "delivery-unreadable" },
  });
  expect(await send(deliveries, "")).toMatchObject({ status: 422, json: { code: "delivery-unreadable" } });
  expect(await send("/api/deliveries/human-resources?asOf=2025-02-30", staff("9"))).toMatchObject({ status: 400 });
});

test("a credential delivers for its own source only", async () => {
  const refused = await send("/api/deliveries/tax", staff("12"));
  expect(refused).toMatchObject({ status: 403, json: { code: "not-allowed" } });
  expect(refused.type).toContain("application/problem+json");
});

test.each([
  ["none", ""],
  ["another scheme", "Basic dXNlcjpwYXNz"],
  ["an unknown id", "Bearer credential_X.secret-of-human-resources-that-is-long-enough"],
  ["a mistyped secret", "wrong"],
])("%s as a credential is refused, and which part is wrong is not said", async (_, authorization) => {
  const given =
    authorization === "wrong" ? `Bearer ${id}.secret-of-human-resources-that-is-long-enougH` : authorization;
  const { status, json } = await send(deliveries, staff("8"), { authorization: given });
  expect([status, json.code]).toEqual([401, "credential-refused"]);
  expect(JSON.stringify(json)).not.toContain("secret");
});

test("a revoked credential is refused from the next request on", async () => {
  await revokeCredential(town.world.house, { id, by: "account-operator" });
  await revokeCredential(town.world.house, { id, by: "account-operator" });
  expect(await send(deliveries, staff("7"))).toMatchObject({ status: 401 });
  expect(await db().journalEvent.count({ where: { type: "credential-revoked", subject: id } })).toBe(1);
});

test("the database knows the digest of a secret and not the secret", async () => {
  const [row] = await db().$queryRaw<
    { text: string }[]
  >`SELECT c::text AS text FROM service_credential c WHERE id = ${id}`;
  expect(row?.text).toMatch(/[0-9a-f]{64}/);
  expect(row?.text).not.toContain("long-enough");
});
