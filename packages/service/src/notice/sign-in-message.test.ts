import { describe, expect, test } from "vitest";
import { textMessageFlaw } from "./letter.ts";
import { signInMessage, signInMessageFlaw } from "./sign-in-message.ts";

describe("the message with a sign-in code", () => {
  test.each(["zh", "en"] as const)("keeps its own rule in %s, and could never be sent as a notice", (language) => {
    const { body, subject } = signInMessage("012345", 5, language, "sms");
    expect(signInMessageFlaw(body)).toBeUndefined();
    expect(textMessageFlaw(body)).toBe("code");
    expect([body.includes("012345"), subject]).toEqual([true, ""]);
  });

  test("by mail shows its code in the letter, not on a locked screen", () => {
    expect(signInMessage("012345", 5, "zh", "email").subject).not.toContain("012345");
  });

  test.each([
    ["link", "登录验证码 012345，请点 https://a.example"],
    ["link", "登录验证码 012345，请点 a.example/x"],
    ["code", "贵公司符合 3 项补贴条件"],
    ["code", "登录验证码 012345，或 678901"],
    ["code", "登录验证码 0123456"],
    ["long", `登录验证码 012345${"，".repeat(160)}`],
  ])("with a flaw (%s) is none", (flaw, text) => {
    expect(signInMessageFlaw(text)).toBe(flaw);
  });
});
