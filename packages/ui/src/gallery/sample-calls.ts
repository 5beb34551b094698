import type { OpenedCall } from "../desk/call-view.ts";

export const openedCall: OpenedCall = {
  id: "call_1",
  firmCode: "91410100MA0000000X",
  firmName: "郑州示例机械有限公司",
  phone: "0371-00000000",
  email: "firm@firms.example",
  reason: "unproved",
  status: "open",
  openedAt: "2025-11-11T16:05:00Z",
  attempts: 1,
  offers: [
    {
      id: "entitlement_1",
      title: { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" },
      amountFen: "1260000",
      lastDay: "2025-11-25",
    },
  ],
  tried: [
    { id: "a2", at: "2025-11-12T02:00:00Z", channel: "person", result: "no-answer", note: "下午再打" },
    { id: "a1", at: "2025-11-04T00:10:00Z", channel: "email", result: "refused", note: "550 no such user" },
  ],
  mayRecord: true,
};
