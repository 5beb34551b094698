import type { UnreachedRow } from "../desk/unreached-page.tsx";
import type { NearBenefit } from "../portal/nearly-page.tsx";

const hiring = { zh: "一次性吸纳就业补贴", en: "One-off subsidy for hiring" };
const titles = { zh: "智能制造称号奖励", en: "Award for titles of intelligent manufacturing" };
const refund = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };
const since = "2025-11-02T18:00:00Z";

export const nearBenefits: readonly NearBenefit[] = [
  {
    ...{ policyId: "henan-o02", title: hiring, kind: "change", since, until: "2025-12-31" },
    gain: { fromFen: "100000", toFen: "100000" },
    steps: [
      {
        zh: "新招用人数 0 人，需为 1 人（差 1 人）",
        en: "Newly hired: 0 people, would have to be 1 people (1 people short)",
      },
      { zh: "相当于新招用人数增加 1 人", en: "that is 1 people more of: Newly hired" },
    ],
    onDay: "2026-03-01",
    fact: { label: { zh: "新招用人数", en: "Newly hired" } },
  },
  {
    ...{ policyId: "zhengzhou-o07a", title: titles, kind: "credit", since, steps: [] },
    gain: { fromFen: "50000000", toFen: "100000000" },
    fact: {
      label: { zh: "列入严重失信主体名单", en: "On a list of seriously dishonest subjects" },
      source: { zh: "发改委（社会信用）", en: "Development and reform commission (social credit)" },
    },
    repair: {
      keptAt: { zh: "“信用中国”网站", en: "Credit China website" },
      how: { zh: "纠正后在网站提交信用修复材料", en: "Put it right, then ask for repair on the website" },
      term: { zh: "公示期一年至三年", en: "Shown for one to three years" },
      basis: "国办发〔2025〕22号",
    },
  },
  {
    ...{ policyId: "henan-o01", title: refund, kind: "missing", since, steps: [] },
    fact: { label: { zh: "年末职工人数", en: "Staff at year's end" }, source: { zh: "人社局", en: "People bureau" } },
  },
];

export const metBenefits = [{ policyId: "henan-o01", title: refund, on: "2025-11-03" }];

export const unreachedCounts = {
  unreached: { firms: 2, benefits: 3 },
  unconfirmed: { firms: 1_204, benefits: 1_377 },
  nearly: { firms: 62, benefits: 108 },
};

export const unreachedRows: readonly UnreachedRow[] = [
  {
    ...{ id: "entitlement_1", firmCode: "91410105MA3XXXXX01", firmName: "郑州星河科技有限公司", title: refund, since },
    ...{ amountFen: "1234500", lastDay: "2025-12-02" },
  },
  {
    ...{ id: "entitlement_2", firmCode: "91410105MA3XXXXX02", firmName: "郑州北辰商贸有限公司", title: refund, since },
    ...{ amountFen: "34500", lastDay: "2025-12-02", callId: "call_1" },
  },
];

export const nearRows: readonly UnreachedRow[] = [
  {
    ...{ id: "near_1", firmCode: "91410105MA3XXXXX03", firmName: "郑州南山制造有限公司", title: titles, since },
    short: { kind: "credit", label: { zh: "列入严重失信主体名单", en: "On a list of seriously dishonest subjects" } },
  },
];
