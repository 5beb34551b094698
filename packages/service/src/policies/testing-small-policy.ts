import type { PolicyDocument } from "./policy-version.ts";

/** For tests: what one office knows of an enterprise, and a policy that looks at one of its facts. */

const label = { zh: "某项", en: "Something" };
const fact = { label, source: "people", maxAgeDays: 366, privacy: "business" };
const vocabulary = {
  sources: { people: { zh: "人社局", en: "People bureau" } },
  codeLists: { "subject-types": { 企业: { zh: "企业", en: "enterprise" } } },
  facts: {
    "ent.subjectType": { ...fact, type: "code", codes: "subject-types" },
    "ent.good": { ...fact, type: "boolean" },
    "ent.staff": { ...fact, type: "integer", min: 0 },
  },
};
const common = {
  version: 1,
  title: { zh: "试验政策", en: "Test" },
  document: { issuer: "某局" },
  validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
  subject: { types: ["企业"], clause: "一" },
  conditions: { all: [{ name: "good", clause: "一", fact: "ent.good", operator: "equal", value: true }] },
  benefit: { clause: "二", amount: 1000 },
};
const source = "## 一 资格 [资格]\n企业。\n\n## 二 金额 [金额]\n按比例。\n";

/** `parts` stand over what the small policy says of itself. */
export function smallPolicy(
  parts: Readonly<{ id: string; payout: Readonly<Record<string, unknown>> } & Record<string, unknown>>,
): Readonly<{ document: PolicyDocument; source: string }> {
  return { document: { policy: { ...common, ...parts }, vocabulary: [vocabulary] }, source };
}
