import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { fc, test as property } from "@fast-check/vitest";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { Refused } from "./channel.ts";
import { endpointProblem, webhookChannel } from "./endpoint.webhook.ts";
import { isPublicAddress } from "./public-address.webhook.ts";
import { SECRET, webhookReceiver } from "./testing-receivers.ts";
import { signatureHeaders, webhookSecret } from "./webhook-signature.ts";

const message = (recipient: string, secrets: readonly string[] = [SECRET]) => ({
  ...{ id: "dispatch_1", recipient, subject: "", body: '{"a":"贵公司"}', secrets },
  at: new Date("2025-11-04T09:00:00+08:00"),
});
/** A resolver that answers what a test says, as the system's would. */
const answering =
  (...answers: readonly LookupAddress[][]): LookupFunction =>
  (_hostname, _options, callback) =>
    callback(null, [...((answers.length > 1 ? (answers as LookupAddress[][]).shift() : answers[0]) ?? [])] as never);
const v4 = (address: string) => ({ address, family: 4 });

describe("an endpoint that a firm names", () => {
  test.each([
    ["http://firm.example/hook", /https/],
    ["ftp://firm.example/hook", /https/],
    ["not an address", /read/],
    ["https://user:pass@firm.example/", /password/],
    ["https://127.0.0.1/", /public/],
    ["https://[::1]/", /public/],
    ["https://[::ffff:10.0.0.1]/", /public/],
    ["https://169.254.169.254/latest/meta-data", /public/],
    ["https://2130706433/", /public/],
    ["https://0x7f.1/", /public/],
    ["https://10.0.0.8:8443/", /public/],
  ])("%s is refused as it is written", async (address, problem) => {
    expect(endpointProblem(address)).toMatch(problem);
    if (URL.canParse(address)) {
      await expect(webhookChannel().send(message(address))).rejects.toBeInstanceOf(Refused);
    }
  });

  test("may be on the public network by https", () => {
    expect(endpointProblem("https://firm.example/hook?x=1")).toBeUndefined();
    expect(endpointProblem("https://93.184.216.34:8443/")).toBeUndefined();
  });

  test("on this machine is possible only where that was configured, and for nothing beside it", async () => {
    expect(endpointProblem("http://127.0.0.1:8080/", true)).toBeUndefined();
    expect(endpointProblem("http://localhost:8080/", true)).toBeUndefined();
    expect(endpointProblem("http://10.0.0.1/", true)).toMatch(/https/);
    expect(endpointProblem("https://10.0.0.1/", true)).toMatch(/public/);
    const receiver = await webhookReceiver();
    await expect(webhookChannel().send(message(receiver.recipient))).rejects.toBeInstanceOf(Refused);
    expect(receiver.asked()).toBe(0);
    await receiver.close();
  });
});

describe("a name", () => {
  test.each([
    ["leads inside", [v4("10.1.2.3")]],
    ["leads to the machine's own services", [v4("127.0.0.1")]],
    ["leads inside by one of its addresses", [v4("93.184.216.34"), v4("192.168.0.1")]],
    ["leads inside through translation", [{ address: "64:ff9b::a00:1", family: 6 }]],
    ["leads nowhere", []],
  ])("that %s is not connected to", async (_what, addresses) => {
    const channel = webhookChannel({ lookup: answering(addresses), patienceMs: 500 });
    await expect(channel.send(message("https://firm.example/hook"))).rejects.toBeInstanceOf(Refused);
  });

  test("is judged when the connection is made: one that changed its mind since is found out", async () => {
    const receiver = await webhookReceiver();
    const { port } = new URL(receiver.recipient);
    const lookup = answering([v4("127.0.0.1")], [v4("10.0.0.1")]);
    const channel = webhookChannel({ allowLoopback: true, lookup, patienceMs: 500 });
    await channel.send(message(`http://localhost:${port}/hook`));
    await expect(channel.send(message(`http://localhost:${port}/hook`))).rejects.toBeInstanceOf(Refused);
    expect(receiver.asked()).toBe(1);
    await receiver.close();
  });
});

describe("an address", () => {
  test.each(["93.184.216.34", "1.1.1.1", "223.5.5.5", "2606:2800:220:1::1", "240e:ff::1"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ...["0.0.0.0", "10.255.255.255", "100.64.0.1", "127.1.2.3", "169.254.169.254", "172.31.0.1", "192.168.1.1"],
    ...["192.0.0.8", "198.19.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:8.8.8.8"],
    ...["64:ff9b::808:808", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::", "fc00::1", "fe80::1", "ff02::1", "x"],
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  property.prop([fc.ipV4()])("written inside an IPv6 one is never public", (address) => {
    expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
    expect(isPublicAddress(`64:ff9b::${address}`)).toBe(false);
  });
});

describe("the signature", () => {
  property.prop([fc.string({ maxLength: 300 }), fc.uint8Array({ minLength: 24, maxLength: 64 })])(
    "is one that the library of Standard Webhooks verifies, and no other body's",
    (body, key) => {
      const secret = `whsec_${Buffer.from(key).toString("base64")}`;
      const now = new Date();
      const headers = signatureHeaders("msg_1", now, body, [secret]);
      const webhook = new Webhook(secret);
      const payload = JSON.stringify({ body });
      const signed = signatureHeaders("msg_1", now, payload, [SECRET, secret]);
      expect(webhook.verify(payload, signed)).toEqual({ body });
      expect(() => webhook.verify(`${payload} `, signed)).toThrow();
      expect(() => webhook.verify(payload, headers)).toThrow();
    },
  );

  test("comes with the body as it was signed, over the wire", async () => {
    const receiver = await webhookReceiver();
    const at = new Date();
    await receiver.channel.send({ ...message(receiver.recipient), at });
    const [taken] = receiver.taken;
    const headers = taken?.headers as Record<string, string>;
    expect(headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    expect(new Webhook(SECRET).verify(taken?.text ?? "", headers)).toEqual({ a: "贵公司" });
    await receiver.close();
  });

  test("is made with a secret of 256 bits from the house's own dice", () => {
    const secret = webhookSecret(Buffer.alloc(32, 9).toString("base64url"));
    expect(Buffer.from(secret.slice("whsec_".length), "base64")).toHaveLength(32);
  });

  test("is missing for a firm that took its endpoint back, and then nothing is sent", async () => {
    const receiver = await webhookReceiver();
    await expect(receiver.channel.send(message(receiver.recipient, []))).rejects.toBeInstanceOf(Refused);
    expect(receiver.asked()).toBe(0);
    await receiver.close();
  });
});
