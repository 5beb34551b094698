import type { StaffPrincipal } from "../access/account.ts";

/**
 * Where somebody at the finance desk may look closer at the firm behind a payment. Whole cases are for
 * auditors, who give a reason for looking; everybody else at the desk has the register.
 */
export function firmHrefFor(
  role: StaffPrincipal["role"],
  { id, firmCode }: Readonly<{ id: string; firmCode: string }>,
): string {
  return role === "auditor"
    ? `/audit/cases/${encodeURIComponent(id)}`
    : `/desk/register?find=${encodeURIComponent(firmCode)}`;
}
