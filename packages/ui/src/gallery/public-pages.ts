import { policiesPage } from "../portal/policies-page.tsx";
import { policyPage } from "../portal/policy-page.tsx";
import { publicListPage } from "../portal/public-list-page.tsx";
import { widgetPage } from "../portal/widget-page.tsx";
import { publishedComments } from "./comment-pages.ts";
import type { GalleryPage } from "./gallery-page.ts";
import { fund } from "./sample-benefits.ts";
import { policy, sampleGuide, taxRelief } from "./sample-policy.ts";

const zone = {
  filter: {},
  regions: ["410000", "410100"],
  kinds: ["cash", "taxRelief", "billDeduction", "rentReduction", "qualification"],
  jsonHref: "/policies.json",
} as const;

/** What anybody may open. */
export const publicPages: readonly GalleryPage[] = [
  {
    name: "results",
    render: (context) =>
      publicListPage({
        context,
        policies: [policy],
        filter: { q: "精密" },
        count: 128,
        totalFen: "500000000",
        files: { csv: "/results.csv?q=a", json: "/results.json?q=a", atom: "/results.atom?q=a" },
        nextHref: "/results?cursor=2",
        rows: [
          {
            id: "d1",
            maskedName: "河南示例**机械有限公司",
            maskedCode: "9141**********00XX",
            policyId: policy.id,
            policyTitle: policy.title,
            regionCode: "410100",
            amountFen: "1260000",
            paidOn: "2025-11-06",
          },
        ],
      }),
  },
  {
    name: "results-empty",
    render: (context) =>
      publicListPage({
        context,
        policies: [policy],
        filter: {},
        count: 0,
        totalFen: "0",
        files: { csv: "/results.csv", json: "/results.json", atom: "/results.atom" },
        rows: [],
      }),
  },
  {
    name: "policies",
    render: (context) =>
      policiesPage({
        context,
        policies: [policy, taxRelief],
        ...zone,
      }),
  },
  { name: "widget", render: (context) => widgetPage({ context, policy, href: "/policies/o01" }) },
  { name: "widget-gone", render: (context) => widgetPage({ context, href: "/policies" }) },
  {
    name: "policies-none",
    render: (context) => policiesPage({ context, policies: [], ...zone, filter: { kind: "cash" } }),
  },
  {
    name: "policy",
    render: (context) =>
      policyPage({
        history: [
          { version: 2, validFrom: "2025-01-01", validTo: "2025-12-31", publishedOn: "2025-03-01" },
          { version: 1, validFrom: "2025-01-01", publishedOn: "2025-01-02" },
        ],
        comments: publishedComments,
        isCommented: true,
        context,
        policy,
        fund,
        money: [
          {
            zh: "资金不足时，所有确认的企业按同一比例兑付。",
            en: "When the money is short, every firm gets the same part.",
          },
          { zh: "承诺时限：5 个工作日内到账，逾期自动公示。", en: "Promised within 5 working days." },
        ],
        guide: sampleGuide,
        widget: "https://portal.example/widget/henan-o01?lang=zh",
        document: "《示例办法》（豫示〔2025〕1 号）",
        benefit: {
          zh: "大型企业返还上年度实缴失业保险费的 30%，中小微企业返还 60%。",
          en: "Large firms get back 30% of last year's premiums, small ones 60%.",
        },
        rule: [
          {
            sentence: { zh: "裁员率不高于 20%", en: "Layoff rate not above 20%" },
            clause: "第四条（一）",
            source: "human-resources",
            children: [{ sentence: { zh: "30 人以下的企业同样适用", en: "Also for firms of up to 30 persons" } }],
          },
        ],
        clauses: [{ name: "第四条（一）", text: "大型企业按 30% 返还，中小微企业按 60% 返还。" }],
      }),
  },
];
