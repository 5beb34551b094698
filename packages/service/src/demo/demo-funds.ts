import type { Appropriation } from "../budget/fund-line.ts";

type DemoFund = Pick<Appropriation, "line" | "payer" | "amountFen" | "document">;

/** Invented appropriations for the three policies of a demonstration: the amounts are not from any budget. */
export const demoFunds: readonly DemoFund[] = [
  fund(
    "henan-2025-unemployment-insurance-fund",
    "失业保险基金·稳岗返还（演示）",
    1,
    60_000_000n,
    "演示指标〔2025〕1号",
  ),
  fund("zhengzhou-2025-industry-titles", "智能制造称号奖励（演示）", 2, 40_000_000n, "演示指标〔2025〕2号"),
  fund("zhengzhou-2025-science", "高新技术企业认定奖补（演示）", 3, 12_000_000n, "演示指标〔2025〕3号"),
];

/** For the benefits of persons, where the demonstration has some. */
export const demoPersonFunds: readonly DemoFund[] = [
  fund("henan-2025-disability-allowances", "残疾人两项补贴（演示）", 4, 2_000_000n, "演示指标〔2025〕4号"),
];

function fund(id: string, title: string, number: number, yuan: bigint, document: string): DemoFund {
  return {
    line: { id, title, year: 2025 },
    payer: { name: "示例市国库支付中心", accountNo: `62000000000000${number}0`, bankCode: "102491000001" },
    amountFen: yuan * 100n,
    document,
  };
}
