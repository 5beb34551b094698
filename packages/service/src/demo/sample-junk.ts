import type { SampleFirm } from "./sample-firms.ts";
import type { SampleRow } from "./sample-table.ts";

/** Rows at the end of a delivery that no department should send and every department does. */
export function junk(sourceId: string, firms: readonly SampleFirm[]): readonly SampleRow[] {
  const recognised = firms.find(({ hte }) => hte !== undefined && hte.firstYear > 2021);
  const titled = firms.findLast(({ titles }) => titles.length > 0);
  switch (sourceId) {
    case "market-regulation":
      return [["", "9141010MX12345", "郑州缺位示例商贸有限公司", "企业", "在营", "410105", "51", "无", "否", ""]];
    case "tax":
      // Nobody has registered this firm, and its check digit should be another one.
      return [
        ["91410105MX9999990A", "郑州未登记示例商贸有限公司", "0.00", "100.00", "40.00", "12.00", "", "8.00", "否", ""],
      ];
    case "industry":
      return titled ? [[2, titled.code, titled.name, "省级智能车间", "2025-02-30", "长期", "是"]] : [];
    case "science":
      return recognised ? [[recognised.code, recognised.name, 2018, "410105"]] : [];
    case "bank-accounts":
      return [
        [
          "91410105MX9999990A",
          "郑州未登记示例商贸有限公司",
          "郑州未登记示例商贸有限公司",
          "12345",
          "示例第一银行郑州分行",
          "991491000001",
        ],
      ];
    case "finance":
      return [["91410105MX9999990A", "郑州未登记示例商贸有限公司", "智能制造称号奖励", 300000, "2024-13-01"]];
    default:
      return [];
  }
}
