import { type Fund, isWindowed } from "../allocation/fund.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/** Words of a clause that carry each rule, and each answer to those whom the fund does not reach. */
const ruleWords: Readonly<Record<Fund["rule"], RegExp>> = {
  "first-come": /先到先|先后|顺序|次序|额满|用完/,
  "pro-rata": /比例|折算/,
  ranked: /排序|得分|评分|从高到低|择优/,
  lottery: /摇号|抽签|随机/,
};
const shortWords: Readonly<Record<Fund["whenShort"], RegExp>> = {
  "waiting-list": /轮候|候补|排队|顺延|递补|结转|下一?年/,
  "turned-away": /截止|终止|不再|不予|额满|用完/,
  reduced: /比例|折算/,
};

/**
 * What a policy has to say about its money, since money can be short and late: by which rule it is
 * given out, what becomes of those it does not reach, and by when it is paid.
 */
export function findFundGaps(policy: Policy): Finding[] {
  const { fund, benefit, payout } = policy;
  const isTreasuryMoney = benefit.kind === "cash" && benefit.term !== undefined && !payout.payer;
  const untimed = isTreasuryMoney && !policy.timeLimits ? [unlimited] : [];
  if (!fund) return isTreasuryMoney ? [undeclared, ...untimed] : [];
  return [
    ...untimed,
    ...(isTreasuryMoney ? [] : [withoutMoney]),
    ...findSilentClause(policy, fund),
    ...findWindowOutside(policy, fund),
  ];
}

const undeclared: Finding = {
  level: "warning",
  code: "fund-undeclared",
  where: "fund",
  message:
    "does not say what happens when the money is short; firms would be served as they agree, and then wait. Declare it with its clause.",
};

const unlimited: Finding = {
  level: "warning",
  code: "time-limit-undeclared",
  where: "timeLimits",
  message: "does not say by when it is paid; the promise of the house applies. Declare the limits with their clause.",
};

const withoutMoney: Finding = {
  level: "error",
  code: "fund-without-money",
  where: "fund",
  message: "gives out a fund, though no money of the treasury is paid; leave it out.",
};

function findSilentClause({ clauses }: Policy, { rule, whenShort, clause }: Fund): Finding[] {
  const text = clauses.get(clause)?.text ?? "";
  const silent = [
    ...(ruleWords[rule].test(text) ? [] : [`the rule ${rule}`]),
    ...(shortWords[whenShort].test(text) ? [] : [`the answer ${whenShort}`]),
  ];
  return silent.map((what) => {
    return { level: "warning", code: "fund-clause-silent", where: clause, message: `does not speak of ${what}.` };
  });
}

/** A window that closes when the policy is not in force collects nothing, or collects too late. */
function findWindowOutside({ validity, payout }: Policy, fund: Fund): Finding[] {
  if (!validity || !isWindowed(fund) || payout.period === "year") return [];
  const { closes } = fund;
  if (closes >= validity.from && (validity.to === undefined || closes <= validity.to)) return [];
  const message = `closes on ${closes}, when the policy is not in force.`;
  return [{ level: "error", code: "fund-window-outside-validity", where: "fund.closes", message }];
}
