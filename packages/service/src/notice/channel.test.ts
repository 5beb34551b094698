import { describe, expect, test } from "vitest";
import { nextChannel } from "./channel.ts";
import { needsPerson, topicOf } from "./topic.ts";

const both = new Set(["email", "sms"] as const);
const contact = { email: "a@firms.example", phone: "13800000000" };

describe("a letter goes", () => {
  test("by mail first, then by text message, then by nobody", () => {
    expect(nextChannel(contact, both, new Set())).toEqual({ channel: "email", recipient: contact.email });
    expect(nextChannel(contact, both, new Set(["email"]))).toEqual({ channel: "sms", recipient: contact.phone });
    expect(nextChannel(contact, both, both)).toBeUndefined();
  });

  test("by text message only to a number that takes one", () => {
    expect(nextChannel({ phone: "0371-00000000" }, both, new Set())).toBeUndefined();
  });

  test("by no channel that is closed here", () => {
    expect(nextChannel(contact, new Set(["sms"]), new Set())).toMatchObject({ channel: "sms" });
  });
});

test("what must be told has a topic that cannot be turned off", () => {
  for (const kind of ["offer", "withdrawn", "lapsed", "returned", "dispute-answered"] as const) {
    expect(topicOf(kind)).toBe("decisions");
  }
});

test("progress alone never makes anybody call", () => {
  expect(needsPerson(["paid", "confirmed", "reminder"], true)).toBe(false);
  expect(needsPerson(["paid", "withdrawn"], false)).toBe(true);
});
