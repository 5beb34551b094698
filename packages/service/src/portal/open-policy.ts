import { type DescribedCondition, describePolicy } from "@apply-free/rules";
import { toDecimalYuan } from "../kernel/money.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import type { Paid } from "./policy-view.ts";
import { regionCodeOf } from "./policy-zone.ts";

/** A policy as open data: rule and guide in both languages, field by field, with the digest of its version. */
export function openPolicy(compiled: CompiledPolicy, paid: Paid, address: (path: string) => string) {
  const { policy, version } = compiled;
  const { requirements, benefit, money, timeLimits } = describePolicy(policy);
  const { guide, document, payout } = policy;
  const id = encodeURIComponent(policy.id);
  return {
    id: policy.id,
    version: policy.version,
    /** Every channel shows this one: the same digest, the same rule. */
    sha256: version.sha256,
    title: policy.title,
    kind: policy.benefit.kind,
    regionCode: regionCodeOf(compiled) ?? null,
    issuer: document.issuer,
    documentNo: document.no ?? null,
    validFrom: version.validFrom,
    validTo: version.validTo ?? null,
    requirements: requirements.map(openCondition),
    benefit,
    money,
    guide: {
      timeLimits,
      materials: (guide?.materials ?? []).map(({ name, how }) => ({ name, waived: how === "waived" })),
      department: document.issuer,
      contact: guide?.contact ?? null,
      confirmWithinDays: payout.confirmWithinDays,
    },
    paidCount: paid.count,
    paidYuan: toDecimalYuan(paid.fen),
    page: address(`/policies/${id}`),
  };
}

type OpenCondition = Readonly<{
  sentence: DescribedCondition["sentence"];
  clause: string | null;
  source: DescribedCondition["source"] | null;
  children: readonly OpenCondition[];
}>;

function openCondition({ sentence, clause, source, children }: DescribedCondition): OpenCondition {
  return { sentence, clause: clause ?? null, source: source ?? null, children: children.map(openCondition) };
}
