import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { type Fen, formatYuan } from "../kernel/money.ts";
import { isPersonCode } from "../kernel/subject-code.ts";

/** What a firm's representative lets another person of the firm do (授权经办). */
export type Delegation = Readonly<{
  id: string;
  firmCode: string;
  /** Of the person who may act. */
  accountId: string;
  policies: DelegatedPolicies;
  /** The most that one confirmation may come to. */
  capFen: Fen;
  /** The last day on which it holds. */
  expiresOn: Day;
  grantedBy: string;
  grantedAt: Date;
  revoked?: Readonly<{ by: string; at: Date }>;
}>;

/** Policy ids, or every policy. */
export type DelegatedPolicies = "all" | readonly string[];

/** A year at most, so that somebody looks at it again; a `CHECK` repeats the number. */
export const LONGEST_DELEGATION_DAYS = 366;

/** Delegations as one transaction sees them. */
export type DelegationStore = {
  /** What bounds a person: `undefined` for the representative, `none` where nothing is granted any more. */
  boundsOf(accountId: string): Promise<Delegation | "none" | undefined>;
  find(id: string): Promise<Delegation | undefined>;
  /** Locks the firm, and answers how many people it has by now. */
  countPeople(firmCode: string): Promise<number>;
  /** Who can do what a delegate cannot: display names. */
  representativesOf(firmCode: string): Promise<string[]>;
  insert(delegation: Delegation): Promise<void>;
  revoke(id: string, by: string, at: Date): Promise<void>;
};

type Asked = Readonly<{ policyIds: readonly string[]; totalFen?: Fen; day: Day }>;

/**
 * Refuses by name what a delegate may not answer for the firm, and says who can.
 *
 * @throws DomainError delegation-expired | delegation-out-of-scope | delegation-cap-exceeded
 */
export async function refuseBeyondDelegation(
  store: DelegationStore,
  accountId: string,
  { policyIds, totalFen, day }: Asked,
): Promise<void> {
  const bounds = await refuseExpired(store, accountId, day);
  if (!bounds) return;
  const breach = breachOf(bounds, policyIds, totalFen);
  if (breach) throw new DomainError(breach.code, breach.message + (await whoCan(store, bounds.firmCode)));
}

/** @throws DomainError delegation-expired, also where nothing is granted any more */
export async function refuseExpired(
  store: DelegationStore,
  accountId: string,
  day: Day,
): Promise<Delegation | undefined> {
  const bounds = await store.boundsOf(accountId);
  if (bounds === undefined) return undefined;
  if (bounds !== "none" && day <= bounds.expiresOn) return bounds;
  const who = bounds === "none" ? "" : await whoCan(store, bounds.firmCode);
  throw new DomainError("delegation-expired", `您的授权已到期。Your delegation has run out.${who}`);
}

type Breach = Readonly<{ code: "delegation-out-of-scope" | "delegation-cap-exceeded"; message: string }>;

/** The cap itself may still be confirmed, and no 分 beyond it. */
export function breachOf(
  { policies, capFen }: Pick<Delegation, "policies" | "capFen">,
  policyIds: readonly string[],
  totalFen?: Fen,
): Breach | undefined {
  if (policies !== "all" && !policyIds.every((id) => policies.includes(id))) {
    return {
      code: "delegation-out-of-scope",
      message: "所选补贴不全在您的授权范围内。Not all of these are within your delegation.",
    };
  }
  if (totalFen === undefined || totalFen <= capFen) return undefined;
  const [total, cap] = [formatYuan(totalFen), formatYuan(capFen)];
  return {
    code: "delegation-cap-exceeded",
    message: `合计 ${total} 元，超过您的授权上限 ${cap} 元。CNY ${total} is beyond your cap of CNY ${cap}.`,
  };
}

async function whoCan(store: DelegationStore, firmCode: string): Promise<string> {
  if (isPersonCode(firmCode)) {
    return "请由本人办理，或到政务大厅窗口办理。The person itself, or a service hall, can do it.";
  }
  const names = (await store.representativesOf(firmCode)).join("、");
  return `请由法定代表人（${names}）办理或重新授权。The legal representative (${names}) can do it, or delegate anew.`;
}
