/** What the sample economy looks like: places, trades and kinds of subjects with their weights. */

export type Trade = Readonly<{
  /** GB/T 4754-2017, two digits. */
  industry: string;
  /** Word in the name of a firm. */
  word: string;
  isManufacturing: boolean;
  isTech: boolean;
  /** Median yearly revenue per head, 元. */
  revenuePerHead: number;
}>;

export type Subject = Readonly<{ type: string; prefix: string; ending: string }>;

type Weighted<Item> = readonly (readonly [Item, number])[];

/** GB/T 2260 → place as written in names, weighted towards the capital. Source: GB/T 2260, Henan. */
export const places: Weighted<Readonly<{ regionCode: string; city: string }>> = [
  ...(
    [
      ["410102", 9],
      ["410103", 8],
      ["410104", 7],
      ["410105", 17],
      ["410106", 2],
      ["410108", 4],
      ["410122", 5],
      ["410181", 4],
      ["410182", 3],
      ["410183", 2],
      ["410184", 4],
      ["410185", 2],
    ] as const
  ).map(([regionCode, weight]) => [{ regionCode, city: "郑州" }, weight] as const),
  [{ regionCode: "410302", city: "洛阳" }, 6],
  [{ regionCode: "410702", city: "新乡" }, 5],
  [{ regionCode: "410502", city: "安阳" }, 4],
  [{ regionCode: "411002", city: "许昌" }, 3],
  [{ regionCode: "411302", city: "南阳" }, 4],
  [{ regionCode: "410202", city: "开封" }, 3],
  [{ regionCode: "411402", city: "商丘" }, 3],
  [{ regionCode: "411702", city: "驻马店" }, 3],
  [{ regionCode: "411602", city: "周口" }, 2],
];

export const trades: Weighted<Trade> = [
  [made("35", "智能装备"), 7],
  [made("34", "通用机械"), 6],
  [made("39", "电子"), 4],
  [made("38", "电气"), 4],
  [made("36", "汽车零部件"), 3],
  [made("27", "医药", 900_000), 2],
  [made("14", "食品", 800_000), 5],
  [made("30", "新型材料"), 4],
  [made("33", "金属制品"), 3],
  [trade("51", "商贸", 2_500_000), 12],
  [trade("52", "百货", 900_000), 10],
  [trade("48", "建设工程", 900_000), 8],
  [trade("54", "运输", 500_000), 4],
  [trade("59", "仓储", 450_000), 2],
  [trade("61", "酒店", 220_000), 2],
  [trade("62", "餐饮", 180_000), 4],
  [trade("64", "网络", 450_000, true), 2],
  [trade("65", "软件", 420_000, true), 7],
  [trade("72", "商务服务", 350_000), 7],
  [trade("73", "科技研究", 380_000, true), 4],
  [trade("80", "居民服务", 200_000), 3],
  // No statistical size class exists for these two, so an amount that depends on it stays open.
  [trade("83", "培训", 200_000), 1],
  [trade("84", "健康", 300_000), 1],
];

/** Subject type → first two characters of its credit code, and ending of its name. Source: GB 32100. */
export const subjects: Weighted<Subject> = [
  [{ type: "企业", prefix: "91", ending: "有限公司" }, 82],
  [{ type: "企业", prefix: "91", ending: "股份有限公司" }, 5],
  [{ type: "个体工商户", prefix: "92", ending: "经营部" }, 4],
  [{ type: "社会团体", prefix: "51", ending: "协会" }, 1],
  [{ type: "社会服务机构", prefix: "52", ending: "服务中心" }, 1.5],
  [{ type: "律师事务所", prefix: "31", ending: "律师事务所" }, 1],
  [{ type: "会计师事务所", prefix: "91", ending: "会计师事务所" }, 1],
  [{ type: "农民专业合作社", prefix: "93", ending: "专业合作社" }, 2],
  [{ type: "事业单位", prefix: "12", ending: "事务中心" }, 2],
];

/** Characters that pair into words no dictionary has; every name also says that it is a sample (示例). */
export const syllables = [..."澄垣翎珩朔霁岑湉筠砚棠桐沐岚骁煦屿瑄峤澍沅祎钲朗"];

function made(industry: string, word: string, revenuePerHead = 700_000): Trade {
  return { industry, word, isManufacturing: true, isTech: true, revenuePerHead };
}

function trade(industry: string, word: string, revenuePerHead: number, isTech = false): Trade {
  return { industry, word, isManufacturing: false, isTech, revenuePerHead };
}
