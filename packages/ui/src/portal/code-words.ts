import { catalogue } from "../kit/reader.ts";

export const codeWords = catalogue(
  {
    back: "登录",
    title: "收验证码登录",
    lead: "验证码发到贵公司在登记部门留的手机或邮箱，由法定代表人使用。",
    login: "统一社会信用代码",
    way: "发到哪里",
    ways: { sms: "手机短信", email: "邮箱" },
    send: "发送验证码",
    delegates: "经办人没有验证码，请用授权时得到的登录名和密码。",
    enterTitle: "填写验证码",
    sent: "如果这个代码有账户并留过联系方式，6 位验证码已经发出，5 分钟内有效。",
    code: "6 位验证码",
    codeHint: "可以粘贴。任何人向您要验证码都不要给，我们的工作人员也不会要。",
    submit: "登录",
    nothing: "没有收到？",
    nothingHint:
      "请等两分钟再重新获取。联系方式变了或没有留过的，请带营业执照和身份证到政务大厅窗口登记，或拨 12345 问最近的窗口。",
    again: "重新获取",
    problemWord: "错误：",
    problem: {
      "bad-input": "请填写统一社会信用代码。",
      "code-wrong": (left: number) => `验证码不对，还可以试 ${left} 次。`,
      "code-expired": "这个验证码已经用过、过期，或者试错太多次。请重新获取。",
      "too-many-tries": "次数太多，先锁一会儿，到时间自动解开，不用联系我们。可以再试的时间：",
    },
  },
  {
    back: "Sign in",
    title: "Sign in by a code",
    lead: "The code goes to the telephone or e-mail that your firm has registered, and is for the legal representative.",
    login: "Unified social credit code",
    way: "Where to",
    ways: { sms: "Text message", email: "E-mail" },
    send: "Send a code",
    delegates: "Delegates get no code: they use the login and password from their delegation.",
    enterTitle: "Enter the code",
    sent: "If this code of a firm has an account and a registered contact, six digits are on their way, valid for 5 minutes.",
    code: "Six digits",
    codeHint: "Pasting is fine. Give the code to nobody who asks for it; our staff never do.",
    submit: "Sign in",
    nothing: "Nothing came?",
    nothingHint:
      "Wait two minutes, then ask for another. If your contact has changed or was never registered, bring business licence and identity card to a service hall, or call 12345 for the nearest.",
    again: "Ask for another",
    problemWord: "Error: ",
    problem: {
      "bad-input": "Please enter the unified social credit code.",
      "code-wrong": (left) => `The code is wrong; you may try ${left} more ${left === 1 ? "time" : "times"}.`,
      "code-expired": "This code was used, has expired, or was tried too often. Ask for another.",
      "too-many-tries":
        "Too many tries. This is locked for a while and opens by itself; there is nobody you need to call. You may try again at:",
    },
  },
);
