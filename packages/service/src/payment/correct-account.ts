import { z } from "zod";
import { redirect } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import { restsUntil } from "../facts/cool-down.ts";
import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { recordVoid } from "./draft-batch.ts";
import { NAMED_BY_FIRM, type PayeeAccount, type PayeeAccountStore } from "./payee-account.ts";
import { isLive, type Payment } from "./payment.ts";
import type { OwedStore, PaymentStore } from "./payment-store.ts";
import { accountDigest } from "./prepare-payment.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  owed: Pick<OwedStore, "lock">;
  payments: PaymentStore;
  payeeAccounts: PayeeAccountStore;
  journal: Journal;
}>;
export type CorrectDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** Blanks within an account number are how people read it out; they are not part of it. */
const named = z.strictObject({
  holderName: z.string().trim().min(2, "户名至少两个字").max(100, "户名太长"),
  accountNo: z
    .string()
    .transform((typed) => typed.replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{8,30}$/, "账号应为 8 到 30 位数字")),
  bankName: z.string().trim().min(2, "请填写开户行").max(100, "开户行名称太长"),
  bankCode: z
    .string()
    .trim()
    .regex(/^\d{12}$/, "联行号应为 12 位数字"),
});

export type Correction = Readonly<{ firmCode: string; actor: string; account: z.input<typeof named> }>;

/**
 * The firm names the account that its money shall go to, for everything that goes to an account and has not left yet.
 * What was prepared for the old account is dropped; what is at the bank stays with the bank until
 * it comes back. The new attempts follow from the events.
 *
 * @returns id of the account, now the firm's active one
 * @throws DomainError account-invalid: by field, or it is the very account that the bank refused
 */
export function correctAccount(
  { transaction, clock }: CorrectDeps,
  { firmCode, actor, account }: Correction,
): Promise<{ bankAccountId: string }> {
  const details = parse(account);
  return transaction(async (stores) => {
    const at = clock.now();
    const before = await stores.payeeAccounts.activeOf(firmCode);
    const open = await openEntitlements(stores, firmCode);
    const id = derivedId("bank-account", firmCode, NAMED_BY_FIRM, at.toISOString());
    const named = { id, firmCode, ...details, source: NAMED_BY_FIRM, recordedBy: actor, restsUntil: restsUntil(at) };
    const after = await stores.payeeAccounts.activate(named, at);
    for (const { attempts } of open) refuseRefused(attempts, after);
    if (after.id !== before?.id) await journalNamed(stores, before, after, actor, at);
    for (const each of open) await redirectOne(stores, each, after, actor, at);
    return { bankAccountId: after.id };
  });
}

type Open = Readonly<{ found: Versioned; attempts: readonly Payment[] }>;

/** Agreed to, and not at the bank. */
async function openEntitlements({ entitlements, owed, payments }: Stores, firmCode: string): Promise<Open[]> {
  await owed.lock((await entitlements.listOfFirm(firmCode)).map(({ entitlement }) => entitlement.id));
  const all = await entitlements.listOfFirm(firmCode);
  const agreed = all.filter(({ entitlement: { status } }) => status === "confirmed" || status === "waitlisted");
  const attempts = await payments.lockOf(agreed.map(({ entitlement }) => entitlement.id));
  const byEntitlement = Map.groupBy(attempts, ({ entitlementId }) => entitlementId);
  return agreed
    .map((found) => ({ found, attempts: byEntitlement.get(found.entitlement.id) ?? [] }))
    .filter((each) => each.attempts.every((payment) => !isLive(payment) || payment.status === "reserved"));
}

function refuseRefused(attempts: readonly Payment[], account: PayeeAccount): void {
  const last = attempts.at(-1);
  if (last?.status !== "rejected" && last?.status !== "returned") return;
  if (accountDigest(last) !== accountDigest(account)) return;
  throw new DomainError(
    "account-invalid",
    "这正是银行退回的账户，请核对户名和账号。This is the account that the bank refused; check its name and number.",
    { field: "accountNo" },
  );
}

async function journalNamed(
  { journal }: Stores,
  before: PayeeAccount | undefined,
  after: PayeeAccount,
  actor: string,
  at: Date,
) {
  const payload = { accountDigest: accountDigest(after), supersededDigest: before ? accountDigest(before) : null };
  await journal.append({ type: "account-named", subject: after.id, actor, at, payload });
}

async function redirectOne(stores: Stores, { found, attempts }: Open, to: PayeeAccount, actor: string, at: Date) {
  const { entitlement, rowVersion } = found;
  if (!("bankAccountId" in entitlement) || entitlement.bankAccountId === to.id) return;
  const from = await stores.payeeAccounts.get(entitlement.bankAccountId);
  // What goes to a bill, a loan's bank or a tax declaration goes to no account, whichever the firm names.
  if (from.channel) return;
  for (const payment of attempts.filter(isLive)) {
    await recordVoid(stores, payment, "the firm named another account", at, actor);
  }
  await stores.entitlements.save(redirect(entitlement, to.id), rowVersion);
  const payload = {
    entitlementId: entitlement.id,
    accountDigest: accountDigest(to),
    supersededDigest: accountDigest(from),
  };
  await stores.journal.append({ type: "account-corrected", subject: to.id, actor, at, payload });
}

function parse(account: Correction["account"]): z.output<typeof named> {
  const { success, data, error } = named.safeParse(account);
  if (success) return data;
  const [issue] = error.issues;
  const field = String(issue?.path[0] ?? "account");
  throw new DomainError("account-invalid", `${issue?.message ?? "账户有误"}。The account is not valid: ${field}.`, {
    field,
  });
}
