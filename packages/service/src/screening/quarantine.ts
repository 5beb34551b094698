import type { KeptFile } from "../facts/delivery-file.ts";
import { DomainError, unreachable } from "../kernel/errors.ts";
import type { Finding } from "./finding.ts";

/** A delivery that arrived whole and is not believed yet: nothing of it is known to any decision. */
export type Quarantined = QuarantineTerms & QuarantineState;

export type QuarantineTerms = KeptFile &
  Readonly<{
    /** Why it is held; never empty. */
    findings: readonly Finding[];
    /** Policies in force decide on its facts, so two people have to release it. */
    pays: boolean;
  }>;

export type QuarantineState =
  | Readonly<{ status: "held" }>
  | (Readonly<{ status: "endorsed" }> & Endorsement)
  | (Readonly<{ status: "released"; endorsement?: Endorsement; deliveryId: string }> & Verdict)
  | (Readonly<{ status: "rejected"; endorsement?: Endorsement }> & Verdict);

export type Endorsement = Readonly<{ endorsedBy: string; endorsedAt: Date }>;
export type Verdict = Readonly<{ decidedBy: string; decidedAt: Date; reason: string }>;

/** A data steward's word on a held delivery. */
export type Word = Readonly<{ by: string; reason: string; at: Date }>;

/**
 * A steward says that the delivery is right. Facts that pay need a second one, who is someone else.
 * @param deliveryId under which it would be taken over
 * @throws DomainError quarantine-not-open | maker-is-checker | bad-input
 */
export function release(current: Quarantined, { by, reason, at }: Word, deliveryId: string): Quarantined {
  requireReason(reason);
  switch (current.status) {
    case "held":
      return current.pays
        ? { ...termsOf(current), status: "endorsed", endorsedBy: by, endorsedAt: at }
        : { ...termsOf(current), status: "released", deliveryId, decidedBy: by, decidedAt: at, reason };
    case "endorsed": {
      const { endorsedBy, endorsedAt } = current;
      if (endorsedBy === by) {
        throw new DomainError(
          "maker-is-checker",
          "放行需要两个人，请由另一位数据管理员确认。Releasing takes two people; someone else has to confirm.",
          { id: current.id },
        );
      }
      const endorsement = { endorsedBy, endorsedAt };
      return {
        ...termsOf(current),
        ...{ status: "released" as const, deliveryId, endorsement, decidedBy: by, decidedAt: at, reason },
      };
    }
    case "released":
    case "rejected":
      throw notOpen(current);
    default:
      return unreachable(current);
  }
}

/** A steward sends the delivery back; one is enough, for it stays without effect. @throws DomainError quarantine-not-open | bad-input */
export function reject(current: Quarantined, { by, reason, at }: Word): Quarantined {
  requireReason(reason);
  switch (current.status) {
    case "held":
      return { ...termsOf(current), status: "rejected", decidedBy: by, decidedAt: at, reason };
    case "endorsed": {
      const { endorsedBy, endorsedAt } = current;
      const endorsement = { endorsedBy, endorsedAt };
      return { ...termsOf(current), status: "rejected", endorsement, decidedBy: by, decidedAt: at, reason };
    }
    case "released":
    case "rejected":
      throw notOpen(current);
    default:
      return unreachable(current);
  }
}

function termsOf(current: Quarantined): QuarantineTerms {
  const { id, sourceId, fileName, sha256, asOf, isPartial, arrivedAt, importedBy, findings, pays } = current;
  return { id, sourceId, fileName, sha256, asOf, isPartial, arrivedAt, importedBy, findings, pays };
}

function requireReason(reason: string): void {
  if (reason.trim() === "") throw new DomainError("bad-input", "请写明理由。Say why.");
}

function notOpen({ id, status }: Quarantined): DomainError {
  return new DomainError("quarantine-not-open", "这次交付已经处理过。This delivery was dealt with already.", {
    id,
    status,
  });
}
