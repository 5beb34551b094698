import { amountOf } from "./amount.ts";
import type { Benefit } from "./benefit/benefit.ts";
import { smallest } from "./benefit/conditional.ts";
import { cut } from "./benefit/shares.ts";
import type { Amount, Decision } from "./decision.ts";
import type { Scope } from "./formula/evaluate.ts";
import { NOTHING, type Value } from "./formula/value.ts";

/** The amount in 元 as far as it can be told; what a published table leaves of the most that the text allows. */
export function grantedValue({ term, discretion }: Benefit, scope: Scope): Value {
  if (!term) return NOTHING;
  const most = term.amount(scope);
  return discretion?.term ? smallest([most, discretion.term.amount(scope)]) : most;
}

/** The amount that a value stands for. Where an office decides freely it lies anywhere up to the most. */
export function grantedAmount({ term, discretion }: Benefit, value: Value): Amount {
  if (!term) return { kind: "none" };
  const amount = amountOf(value);
  if (!discretion || discretion.term) return amount;
  if (amount.kind === "exact") return amount.fen === "0" ? amount : upTo(amount.fen);
  return amount.kind === "range" ? upTo(amount.maxFen) : amount;
}

const upTo = (maxFen: string): Amount => ({ kind: "range", minFen: "0", maxFen });

/** When it is paid, and by whom: only of an exact amount, and always to the last 分. */
export function partsOf({ instalments, split }: Benefit, amount: Amount): Pick<Decision, "schedule" | "split"> {
  if (amount.kind !== "exact") return {};
  const parts = (shares: Parameters<typeof cut>[1]) => cut(BigInt(amount.fen), shares).map(String);
  const due = instalments?.parts ?? [];
  const sums = due.length > 0 ? parts(due.map(({ share }) => share)) : [];
  const payers = split && parts(split.map(({ share }) => share));
  return {
    ...(due.length > 0 && {
      schedule: due.map(({ year, afterMonths }, place) => {
        const fen = sums[place] ?? "0";
        return afterMonths % 12 === 0 ? { year, fen } : { year, afterMonths, fen };
      }),
    }),
    ...(payers && { split: split.map(({ payer }, place) => ({ payer, fen: payers[place] ?? "0" })) }),
  };
}
