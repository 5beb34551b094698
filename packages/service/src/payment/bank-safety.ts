import { DomainError } from "../kernel/errors.ts";
import type { Bank } from "./bank-port.ts";

/**
 * After a lost answer there must be a way on that cannot pay twice: to ask, or to give the same
 * message again. A bank that offers neither is not used at all.
 *
 * @throws DomainError bank-unsafe: it names the bank
 */
export function refuseUnsafeBank({ name, declares: { deduplicates, queries } }: Pick<Bank, "name" | "declares">): void {
  if (deduplicates || queries) return;
  throw new DomainError(
    "bank-unsafe",
    `银行接口“${name}”既不能识别重复报文，也不能查询，断线后可能重复付款，不予启用。Bank "${name}" neither recognises a repeated message nor answers a query; it could pay twice and is not used.`,
    { bank: name },
  );
}
