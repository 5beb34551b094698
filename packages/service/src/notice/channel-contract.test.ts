import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Refused } from "./channel.ts";
import { codeMessage } from "./code-message.ts";
import { mailReceiver, type Receiver, SECRET, smsReceiver, webhookReceiver } from "./testing-receivers.ts";

const receivers = { email: mailReceiver, sms: smsReceiver, webhook: webhookReceiver };

const IMPATIENCE_MS = 300;

/** What every way out promises, each against a real server of its kind. */
describe.each(Object.entries(receivers))("the channel %s", (name, open) => {
  let receiver: Receiver;
  let isOpen: boolean;
  beforeEach(async () => {
    receiver = await open();
    isOpen = true;
  });
  afterEach(() => (isOpen ? receiver.close() : undefined));

  const body = name === "webhook" ? '{"specversion":"1.0"}' : "贵公司符合 1 项补贴条件 & <b>";
  const send = (id = "dispatch_1", { channel, recipient } = receiver) =>
    channel.send({
      ...{ id, recipient, subject: "主题", body, secrets: [SECRET] },
      at: new Date("2025-11-04T09:00:00+08:00"),
    });
  const failure = (to = receiver) =>
    send("dispatch_1", to).then(
      () => undefined,
      (cause: unknown) => cause,
    );

  test("says its name", () => expect(receiver.channel.name).toBe(name));

  test("hands over what it was given, to whom it was given for, whole", async () => {
    await send();
    expect(receiver.taken).toHaveLength(1);
    expect(receiver.taken[0]?.text).toContain(body);
    expect(receiver.recipient).toContain(receiver.taken[0]?.to ?? "nobody");
  });

  test("gives one message one id, so that the receiver folds repetitions", async () => {
    await send();
    await send();
    await send("dispatch_2");
    expect(receiver.taken.map(({ id }) => id)).toEqual(["dispatch_1", "dispatch_1", "dispatch_2"]);
  });

  test("tells trouble that passes from a refusal for good", async () => {
    receiver.be("busy");
    const passing = await failure();
    expect(passing).toBeInstanceOf(Error);
    expect(passing).not.toBeInstanceOf(Refused);
    receiver.be("refuses");
    expect(await failure()).toBeInstanceOf(Refused);
    expect(receiver.taken).toEqual([]);
  });

  test("does not wait for ever for who says nothing, and it may be tried again", async () => {
    const silent = await open(IMPATIENCE_MS);
    silent.be("silent");
    const began = performance.now();
    const gaveUp = await failure(silent);
    expect(gaveUp).toBeInstanceOf(Error);
    expect(gaveUp).not.toBeInstanceOf(Refused);
    expect(performance.now() - began).toBeGreaterThanOrEqual(IMPATIENCE_MS - 50);
    await silent.close();
  });

  test("says so when nobody is there, and it may be tried again", async () => {
    await receiver.close();
    isOpen = false;
    const gone = await failure();
    expect(gone).toBeInstanceOf(Error);
    expect(gone).not.toBeInstanceOf(Refused);
  });

  test.skipIf(name === "email")("follows nobody elsewhere", async () => {
    receiver.be("redirects");
    expect(await failure()).toBeInstanceOf(Error);
    expect(receiver.asked()).toBe(1);
  });
});

test("a text message says who speaks, and the gateway is told who asks", async () => {
  const receiver = await smsReceiver();
  const message = {
    id: "dispatch_1",
    recipient: receiver.recipient,
    subject: "",
    body: "贵公司有 1 条补贴消息",
    at: new Date(0),
  };
  await receiver.channel.send(message);
  expect(receiver.taken).toMatchObject([
    {
      text: "【河南政务】贵公司有 1 条补贴消息",
      headers: { authorization: "Bearer t", "idempotency-key": "dispatch_1" },
    },
  ]);
  const leading = { ...message, body: "请点击 https://a.example" };
  await expect(receiver.channel.send(leading)).rejects.toBeInstanceOf(Refused);
  expect(receiver.asked()).toBe(1);
  // A code goes only in the message that is made for it, and nothing else goes in its name.
  const { body } = codeMessage("sign-in", "012345", 5, "zh", "sms");
  await expect(receiver.channel.send({ ...message, body })).rejects.toBeInstanceOf(Refused);
  await expect(receiver.channel.send({ ...leading, kind: "code" })).rejects.toBeInstanceOf(Refused);
  await receiver.channel.send({ ...message, id: "code_1", body, kind: "code" });
  expect(receiver.taken[1]?.text).toBe(`【河南政务】${body}`);
  await receiver.close();
});
