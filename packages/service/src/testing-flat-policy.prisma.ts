import { type Json, parsePolicy, parseVocabulary } from "@apply-free/rules";
import { fundLine } from "./budget/fund-line.ts";
import { fen } from "./kernel/money.ts";
import type { PolicyDocument } from "./policies/policy-version.ts";
import { publishPolicy } from "./policies/publish-policy.ts";
import type { Town } from "./testing-town.prisma.ts";

/** For tests: policies that give every enterprise of Henan the same amount, and say something of each other. */
export type FlatPolicy = Readonly<{ id: string; amount: number; stacking: readonly Json[]; budgetLine: string }>;

export async function publishFlat({ world: { house } }: Town, { id, amount, stacking, budgetLine }: FlatPolicy) {
  const { document } = await house.db.policyVersion.findFirstOrThrow({
    where: { policyId: { startsWith: "zhengzhou-o07a" } },
  });
  const { vocabulary } = document as unknown as PolicyDocument;
  const written = {
    ...{ id, version: 1, title: { zh: id, en: id }, document: { issuer: "某局" }, stacking: [...stacking] },
    validity: { from: "2020-01-01", governs: "decision-day", clause: "一" },
    subject: { types: ["企业"], clause: "一" },
    conditions: { all: [{ name: "ours", clause: "一", fact: "ent.regionCode", operator: "startsWith", value: "41" }] },
    benefit: { clause: "二", amount },
    payout: { budgetLine, period: "year", confirmWithinDays: 15 },
  };
  const source = "## 一 资格 [资格]\n本地企业。\n\n## 二 金额 [金额]\n合计最高 2000 元。\n";
  const policy = parsePolicy(written, parseVocabulary(vocabulary), source);
  const signed = { publishedBy: "author", approvedBy: "reviewer" };
  await publishPolicy(house, { policy, document: { policy: written, vocabulary }, source, ...signed });
}

/** Enough for everybody. */
export async function fundFlat({ world: { house } }: Town, id: string): Promise<void> {
  const payer = { name: "试验国库", accountNo: "6200000000000099", bankCode: "102491000001" };
  const line = { id, title: id, year: 2025 };
  await fundLine(house, { line, payer, amountFen: fen(100_000_000n), document: "试验1号", actor: "finance" });
}

/** Of two decisions of one instant nobody could say which is the newer: each night has a minute of its own. */
export async function matchAt({ world }: Town, minute: number): Promise<void> {
  world.play.clock.moveTo(new Date(`2025-11-03T02:0${minute}:00+08:00`));
  await world.house.jobs.find(({ name }) => name === "match")?.run(`2025-11-03T04:0${minute}`);
}
