import { describe, expect, test } from "vitest";
import { codeMessage, codeMessageFlaw } from "./code-message.ts";
import { textMessageFlaw } from "./letter.ts";

describe("the message with a code", () => {
  test.each([
    ["zh", "sign-in"],
    ["en", "sign-in"],
    ["zh", "contact"],
    ["en", "contact"],
  ] as const)("keeps its own rule in %s for %s, and could never be sent as a notice", (language, purpose) => {
    const { body, subject } = codeMessage(purpose, "012345", 5, language, "sms");
    expect(codeMessageFlaw(body)).toBeUndefined();
    expect(textMessageFlaw(body)).toBe("code");
    expect([body.includes("012345"), subject]).toEqual([true, ""]);
  });

  test("by mail shows its code in the letter, not on a locked screen", () => {
    expect(codeMessage("sign-in", "012345", 5, "zh", "email").subject).not.toContain("012345");
  });

  test.each([
    ["link", "登录验证码 012345，请点 https://a.example"],
    ["link", "登录验证码 012345，请点 a.example/x"],
    ["code", "贵公司符合 3 项补贴条件"],
    ["code", "登录验证码 012345，或 678901"],
    ["code", "登录验证码 0123456"],
    ["long", `登录验证码 012345${"，".repeat(160)}`],
  ])("with a flaw (%s) is none", (flaw, text) => {
    expect(codeMessageFlaw(text)).toBe(flaw);
  });
});
