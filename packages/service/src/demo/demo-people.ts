import type { Role } from "../access/account.ts";

/** The officials of a demonstration. Who approves is never who proposed. */
export const officials = [
  { id: "account-author", login: "author", role: "author", displayName: "政策岗 甲" },
  { id: "account-reviewer", login: "reviewer", role: "author", displayName: "政策岗 乙（复核）" },
  { id: "account-maker", login: "maker", role: "finance-maker", displayName: "财政经办岗" },
  { id: "account-checker", login: "checker", role: "finance-checker", displayName: "财政复核岗" },
  { id: "account-checker-2", login: "checker2", role: "finance-checker", displayName: "财政复核岗（大额）" },
  { id: "account-auditor", login: "auditor", role: "auditor", displayName: "审计岗" },
  { id: "account-operator", login: "operator", role: "operator", displayName: "运行维护岗" },
  {
    ...{ id: "account-officer-tax", login: "officer-tax", role: "data-officer", displayName: "税务局数据岗" },
    sourceId: "tax",
  },
  {
    ...{ id: "account-officer-hr", login: "officer-hr", role: "data-officer", displayName: "人社局数据岗" },
    sourceId: "human-resources",
  },
  { id: "account-clerk", login: "clerk", role: "window-clerk", displayName: "政务大厅窗口" },
  { id: "account-agent", login: "agent", role: "hotline-agent", displayName: "12345 热线坐席" },
  { id: "account-helper", login: "helper", role: "helper", displayName: "助企干部" },
] as const satisfies readonly Readonly<{
  id: string;
  login: string;
  role: Role;
  displayName: string;
  sourceId?: string;
}>[];

export const MAKER = "account-maker";
export const CHECKER = "account-checker";
/** Looks at large batches after the first. */
export const SECOND_CHECKER = "account-checker-2";

/** Everybody's password here: a demonstration keeps no secrets. */
export const DEMO_PASSWORD = "demo";

/** The firm's person; signs in with the credit code. */
export function clerkOf(firmCode: string) {
  return { id: `account-${firmCode}`, login: firmCode, role: "enterprise" as const, displayName: "会计", firmCode };
}
