import { z } from "zod";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { fen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type BudgetStore, levels } from "./budget-store.ts";
import type { PayerAccountStore } from "./payer-account.ts";
import { appropriation } from "./posting.ts";

type Stores = Readonly<{ budget: BudgetStore; payerAccounts: PayerAccountStore; journal: Journal }>;
export type FundDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** One budget document (指标文) gives a line an amount; a line may get several. */
export type Appropriation = z.input<typeof appropriated>;

/** What a line is: its id here, and as the treasury knows it. */
export const lineTerms = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,79}$/, "lower-case words and digits, joined by hyphens"),
  title: z.string().trim().min(1).max(200),
  year: z.int().min(2000).max(2100),
  level: z.enum(levels).optional(),
  code: z.string().trim().min(1).max(60).optional(),
  department: z.string().trim().min(1).max(100).optional(),
});

const appropriated = z.strictObject({
  line: lineTerms,
  payer: z.strictObject({
    name: z.string().trim().min(1).max(140),
    accountNo: z.string().regex(/^\d{8,30}$/, "8 to 30 digits"),
    bankCode: z.string().regex(/^\d{12}$/, "12 digits (CNAPS)"),
  }),
  /** In 分. */
  amountFen: z
    .bigint()
    .positive()
    .max(10n ** 17n),
  /** Number of the budget document. The same one again changes nothing. */
  document: z.string().trim().min(1).max(80),
  actor: z.string().min(1),
});

/**
 * Appropriates money to a budget line, and opens the line with its payer account when it is new.
 *
 * @throws DomainError bad-input | request-key-reused: the document is known with another amount |
 *   account-invalid: the line is paid from another account
 */
export async function fundLine({ transaction, clock }: FundDeps, input: Appropriation): Promise<void> {
  const { line, payer, amountFen, document, actor } = parse(input);
  await transaction(async ({ budget, payerAccounts, journal }) => {
    const at = clock.now();
    await budget.open(line);
    await payerAccounts.assign({ budgetLine: line.id, ...payer });
    const moved = await budget.move([appropriation({ line: line.id, amountFen: fen(amountFen) }, document)], at);
    if (moved === 0) return;
    const payload = { amountFen: String(amountFen), document };
    await journal.append({ type: "line-funded", subject: line.id, actor, at, payload });
  });
}

function parse(input: Appropriation) {
  const { success, data, error } = appropriated.safeParse(input);
  if (success) return data;
  const places = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new DomainError("bad-input", `预算下达内容有误。The appropriation is not valid: ${places}.`);
}
