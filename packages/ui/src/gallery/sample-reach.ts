import type { DraftTrial } from "../desk/reach-draft.tsx";
import type { ReachProps } from "../desk/reach-page.tsx";

const jinshui = { zh: "金水区", en: "Jinshui District" };

export const reach: Omit<ReachProps, "context"> = {
  policy: {
    id: "zhengzhou-o10",
    title: { zh: "高企首次认定奖补", en: "Award for a first high-tech recognition" },
    version: 1,
  },
  asOf: "2025-11-03",
  firms: 100000,
  whole: { eligible: 1240, undetermined: 310 },
  regions: [
    { code: "", firms: 12, eligible: 0, undetermined: 12 },
    { code: "410105", name: jinshui, firms: 48_100, eligible: 900, undetermined: 120 },
    { code: "410199", firms: 51_888, eligible: 340, undetermined: 178 },
  ],
  conditions: [
    {
      name: "region",
      sentence: { zh: "登记地属于 郑州市", en: "Region of registration begins with Zhengzhou" },
      clause: "第一条",
      depth: 0,
      eligible: 99_988,
      undetermined: 12,
      lacksOnlyThis: 0,
    },
    {
      name: "either",
      sentence: { zh: "满足其中一项", en: "One of these" },
      depth: 0,
      eligible: 2010,
      undetermined: 400,
      lacksOnlyThis: 35,
    },
    {
      name: "recognised",
      sentence: { zh: "首次认定年份是 2020", en: "First recognised in 2020" },
      clause: "第三条",
      depth: 1,
      eligible: 2000,
      undetermined: 400,
    },
  ],
};

export const draftTried = {
  text: "id: zhengzhou-o10\nversion: 2\n",
  impact: {
    before: { eligible: 1240, undetermined: 310 },
    after: { eligible: 1302, undetermined: 300 },
    changed: { gained: 70, lost: 8, opened: 0, settled: 10 },
    regions: [
      {
        ...{ code: "410105", name: jinshui, gained: 70, lost: 8, opened: 0, settled: 10 },
        ...{ amountChanged: 4, differenceFen: "1260000000" },
      },
    ],
    sizes: [
      {
        ...{ code: "微型", name: { zh: "微型企业", en: "micro" }, gained: 70, lost: 0, opened: 0, settled: 4 },
        ...{ amountChanged: 4, differenceFen: "1400000000" },
      },
      { code: "", gained: 0, lost: 8, opened: 0, settled: 6, amountChanged: 0, differenceFen: "-140000000" },
    ],
    amountChanged: 4,
    beforeFen: "160000000",
    afterFen: "1420000000",
    differenceFen: "1260000000",
    notExact: 3,
    left: 2,
    wasRead: true,
  },
} satisfies DraftTrial;
