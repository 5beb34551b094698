import type { GuideView } from "../portal/guide-card.tsx";

const steps: Readonly<Record<string, readonly string[]>> = {
  "": ["offered"],
  confirmed: ["paid", "withdrawn"],
  declined: ["offered"],
  offered: ["confirmed", "declined", "lapsed", "waitlisted", "withdrawn"],
  paid: ["confirmed", "received"],
  waitlisted: ["confirmed", "withdrawn"],
  withdrawn: ["offered"],
};

export const sampleGuide: GuideView = {
  conditions: 4,
  confirmWithinDays: 30,
  timeLimits: [
    {
      zh: "承诺时限：5 个工作日内到账，逾期自动公示。",
      en: "Promised within 5 working days; what is late is published.",
    },
  ],
  materials: [
    { name: { zh: "失业保险缴费证明", en: "Proof of premiums paid" }, waived: true },
    { name: { zh: "裁员情况说明", en: "Statement on layoffs" }, waived: false },
  ],
  department: { zh: "河南省人力资源和社会保障厅", en: "Henan human resources department" },
  contact: { zh: "12345 政务服务便民热线", en: "Government hotline 12345" },
  flow: Object.entries(steps).flatMap(([from, next]) => next.map((to) => ({ from, to }))),
};

export const policy = {
  id: "henan/o01",
  version: 1,
  title: { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" },
  summary: {
    zh: "不裁员、少裁员的参保企业，按上年度实缴失业保险费的 60% 返还。",
    en: "Insured firms that keep their staff get back 60% of the premiums they paid last year.",
  },
  kind: "cash" as const,
  issuer: { zh: "河南省人力资源和社会保障厅", en: "Henan human resources department" },
  validFrom: "2025-01-01",
  validTo: "2025-12-31",
  paidCount: 128,
  paidFen: "500000000",
};

export const taxRelief = {
  ...policy,
  id: "zhengzhou-relief",
  title: { zh: "小微企业税费减免", en: "Tax relief for small firms" },
  kind: "taxRelief" as const,
  regionCode: "410100",
};
