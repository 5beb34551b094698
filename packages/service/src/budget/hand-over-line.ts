import { z } from "zod";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { BudgetStore } from "./budget-store.ts";

type Stores = Readonly<{ budget: Pick<BudgetStore, "lock" | "assign">; journal: Journal }>;
export type HandOverDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

const department = z.string().trim().min(1).max(100);

/**
 * Another office answers for a line from now on (机构改革、职能划转). Everything owed from it stays owed, by the line.
 *
 * @throws DomainError bad-input | budget-line-unknown
 */
export function handOverLine(
  { transaction, clock }: HandOverDeps,
  { line, to, document, actor }: Readonly<{ line: string; to: string; document: string; actor: string }>,
): Promise<void> {
  const { success, data } = department.safeParse(to);
  if (!success) throw new DomainError("bad-input", "请写明接收部门。Name the office that takes over.", { line });
  return transaction(async ({ budget, journal }) => {
    const { department: from } = await budget.lock(line);
    if (from === data) return;
    await budget.assign(line, data);
    const at = clock.now();
    const payload = { from: from ?? null, to: data, document };
    await journal.append({ type: "line-handed-over", subject: line, actor, at, payload });
  });
}
