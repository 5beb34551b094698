import type { ReceiptLine, ReceiptProps } from "../portal/receipt-page.tsx";

/** More than one act is likely to hold: ten benefits with titles as long as the longest among the policies, and long names. */
export const longestReceipt: Omit<ReceiptProps, "context"> = {
  receiptNo: "MSJX-20251104-7K3M9Q2X",
  firmName: "河南示例黄河流域高端智能装备研究制造集团股份有限公司郑州航空港经济综合实验区第一分公司",
  creditCode: "91410100MA3X0000XX",
  at: "2025-11-04T02:12:00Z",
  actorName: "政务大厅窗口代办（凭确认书 QRS-2025-0117，办理人王某某）",
  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  account: {
    holderName: "河南示例黄河流域高端智能装备研究制造集团股份有限公司郑州航空港经济综合实验区第一分公司",
    accountNoMasked: "6217 **** **** 0123",
    bankName: "示例银行股份有限公司郑州航空港经济综合实验区支行",
    source: "bank-accounts",
  },
  lines: Array.from(
    { length: 10 },
    (_, nth): ReceiptLine => ({
      entitlementId: `ent_L${nth}`,
      title: {
        zh: "中小微工业企业水电气补助（2025 年第二季度）",
        en: "Electricity, water and gas of small industry (Q2 2025)",
      },
      amountFen: "12345678901",
      answer: nth === 8 ? "waitlisted" : nth === 9 ? "declined" : "confirmed",
      policyVersion: 12,
      ...(nth < 8 && { payBy: { kind: "promised" as const, on: "2025-11-11" } }),
    }),
  ),
};
