import { describe, expect, test } from "vitest";
import type { PageContext } from "../kit/page-context.ts";
import { type ReceiptLine, receiptPage } from "./receipt-page.tsx";

const context: PageContext = { lang: "zh", largeText: false, path: "/receipts/1", csrfToken: "t" };
const line = (amountFen: string, answer: ReceiptLine["answer"], more: Partial<ReceiptLine> = {}): ReceiptLine => ({
  ...{ entitlementId: `e${amountFen}`, title: "某补贴", amountFen, answer, policyVersion: 1 },
  ...more,
});
const page = (...lines: readonly ReceiptLine[]) =>
  receiptPage({
    ...{ context, receiptNo: "MSJX-1", firmName: "某公司", creditCode: "91410100MA0000001X" },
    ...{ at: "2025-11-04T02:12:00Z", actorName: "某人", lines },
  });
const text = (html: string) => html.replace(/<[^>]+>/g, "").replace(/\s+/g, " ");

describe("a receipt", () => {
  test("sums what is confirmed for payment, and apart from it what still waits for money", () => {
    const shown = text(page(line("10000", "confirmed"), line("700", "waitlisted"), line("5", "declined")));
    expect(shown).toMatch(/确认拨付\s*100\.00/);
    expect(shown).toMatch(/排队等资金\s*7\.00/);
    expect(shown).not.toContain("107.00");
  });
  test("of what only waits promises no payment", () => {
    const shown = text(page(line("700", "waitlisted")));
    expect(shown).toMatch(/在排队等资金：\s*7\.00/);
    expect(shown).not.toContain("财政拨付");
  });
  test("names a day of payment only where the policy sets one", () => {
    expect(text(page(line("100", "confirmed")))).not.toMatch(/工作日|承诺到账|最迟到账/);
    const promised = page(line("100", "confirmed", { payBy: { kind: "promised", on: "2025-11-11" } }));
    expect(text(promised)).toMatch(/承诺到账：.*11 月 11 日/);
  });
});
