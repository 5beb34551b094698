import type { ChannelKind } from "@apply-free/rules";

/** Channels beside the bank transfer: each speaks in tables of its own words, by one contract. */
export type OtherChannel = Exclude<ChannelKind, "bank-transfer">;

export const otherChannels = ["bill-deduction", "loan-interest", "tax-receipt"] as const satisfies OtherChannel[];

export type ChannelTables = Readonly<{
  /** Title of the list that goes out, of the answer to it, and of the statement that proves what was done. */
  order: string;
  result: string;
  statement: string;
  /** What the firm's number, and the institution's, are called there. */
  number: string;
  institution: string;
  /** How a statement says that it was done, and that it was undone. */
  done: string;
  undone: string;
  /** Sets its references apart from those of other channels. */
  prefix: string;
}>;

export const channelTables: Readonly<Record<OtherChannel, ChannelTables>> = {
  "bill-deduction": {
    ...{ order: "账单抵扣清单", result: "抵扣受理结果", statement: "账单抵扣回单", prefix: "BD" },
    ...{ number: "户号", institution: "供应单位代码", done: "已抵扣", undone: "已冲回" },
  },
  "loan-interest": {
    ...{ order: "贷款贴息清单", result: "贴息受理结果", statement: "贴息入账回单", prefix: "LI" },
    ...{ number: "贷款编号", institution: "经办银行行号", done: "已冲减", undone: "已冲回" },
  },
  "tax-receipt": {
    ...{ order: "享受名单", result: "享受受理结果", statement: "享受回执", prefix: "TR" },
    ...{ number: "纳税人识别号", institution: "税务机关代码", done: "已享受", undone: "已更正" },
  },
};
