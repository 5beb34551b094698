import type { PaymentStopView } from "@apply-free/ui";
import type { StaffPrincipal } from "../access/account.ts";
import { paymentStops } from "../payment/payment-stop.prisma.ts";
import type { Tx } from "../platform/store.prisma.ts";

/** Why no money leaves, for those whose work is money. */
export async function stopFor(db: Tx, role: StaffPrincipal["role"]): Promise<PaymentStopView | undefined> {
  if (!watching.has(role)) return undefined;
  const stop = await paymentStops(db).open();
  return (
    stop && {
      stoppedAt: stop.stoppedAt.toISOString(),
      causes: stop.causes,
      mayResume: role === "finance-checker",
    }
  );
}

const watching: ReadonlySet<StaffPrincipal["role"]> = new Set([
  "finance-maker",
  "finance-checker",
  "operator",
  "auditor",
]);
