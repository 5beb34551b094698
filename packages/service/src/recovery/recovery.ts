import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { type Fen, fen, lesserFen } from "../kernel/money.ts";
import type { Instalment } from "./instalments.ts";

/** Money of a paid award that has to come back (追缴): asked for, heard, decided by another person, received. */
export type Recovery = RecoveryTerms & Statement & RecoveryState;

export type RecoveryTerms = Readonly<{
  id: string;
  /** The paid award that it comes back from. */
  entitlementId: string;
  firmCode: string;
  budgetLine: string;
  /** What the firm writes on its transfer; nothing else makes a credit a repayment. */
  reference: string;
  ground: Ground;
  /** What turned out to be otherwise, in words for the firm. */
  facts: string;
  claimedFen: Fen;
  openedBy: string;
  openedAt: Date;
  /** Last day for the firm's statement (陈述申辩). */
  stateBy: Day;
  /** What later corrections have taken back of the claim. */
  correctedFen: Fen;
}>;

/** Why it is asked back. `document`: number of the paper (文号) that it rests on. */
export type Ground =
  | Readonly<{ kind: "review"; reassessmentId: string; document: string }>
  | Readonly<{ kind: "repealed-decision" | "revoked-title"; document: string }>;

export type Statement = Readonly<{ statement?: Readonly<{ text: string; by: string; at: Date }> }>;

export type Decision = Readonly<{
  decidedBy: string;
  decidedAt: Date;
  decidedFen: Fen;
  reasons: string;
  instalments: readonly Instalment[];
  /** The decision says that one instalment missed for too long makes the whole rest due. */
  callsInRest?: true;
}>;

/** How much has come back, and how. `heldFen` is kept back of a payment that has not left yet. */
export type Settled = Readonly<{ receivedFen: Fen; heldFen: Fen; offsetFen: Fen }>;

export type RecoveryState =
  | Readonly<{ status: "noticed" }>
  | (Readonly<{ status: "owed" }> & Decision & Settled)
  | (Readonly<{ status: "waived"; closedAt: Date }> & Decision)
  /** A newer correction left nothing to ask back, before anyone had decided. */
  | Readonly<{ status: "dropped"; closedAt: Date }>
  | (Readonly<{ status: "closed"; closedAt: Date }> & Decision & Settled);

export type RecoveryStatus = RecoveryState["status"];
export type OwedRecovery = Extract<Recovery, { status: "owed" }>;

/** The firm says what it has to say; once, and it stays as it was written. @throws DomainError recovery-not-open | bad-input */
export function stateView(current: Recovery, text: string, by: string, at: Date): Recovery {
  if (current.status !== "noticed") throw notOpen(current);
  if (current.statement) {
    throw new DomainError("recovery-not-open", "贵公司的陈述已经收到。The statement has been made.", {
      id: current.id,
    });
  }
  if (text.trim() === "") throw new DomainError("bad-input", "请写明陈述和申辩的内容。Say what you have to say.");
  return { ...current, statement: { text: text.trim(), by, at } };
}

/** Nobody is decided about unheard: either the firm has spoken, or its days are over. */
export function mayBeDecided({ status, statement, stateBy }: Recovery, today: Day): boolean {
  return status === "noticed" && (statement !== undefined || today > stateBy);
}

export type Ruling = Readonly<{
  by: string;
  at: Date;
  today: Day;
  /** At most what is asked; zero waives it. */
  decidedFen: Fen;
  reasons: string;
  instalments: readonly Instalment[];
  /** One instalment missed for too long makes the whole rest due. */
  callsInRest?: boolean;
}>;

/**
 * A second person confirms, reduces or waives it, and says why.
 * @throws DomainError recovery-not-open | maker-is-checker | hearing-not-over | bad-input
 */
export function decide(current: Recovery, ruling: Ruling): Recovery {
  const { by, at, today, decidedFen, reasons, instalments, callsInRest = false } = ruling;
  if (current.status !== "noticed") throw notOpen(current);
  const { id } = current;
  if (by === current.openedBy) {
    throw new DomainError("maker-is-checker", "提出追缴的人不能自己决定。Who asked for it does not decide it.", { id });
  }
  if (!mayBeDecided(current, today)) {
    throw new DomainError(
      "hearing-not-over",
      `陈述申辩期限到 ${current.stateBy}，企业还没有陈述。The firm may still be heard until ${current.stateBy}.`,
      { id, stateBy: current.stateBy },
    );
  }
  if (reasons.trim() === "") throw new DomainError("bad-input", "请写明理由。Say why.");
  if (decidedFen < 0n || decidedFen > claimOf(current)) {
    throw new DomainError("bad-input", "决定金额不能超过拟追缴金额。No more can be owed than was asked for.", { id });
  }
  if (sumOf(instalments) !== decidedFen) {
    throw new DomainError("bad-input", "各期金额之和应等于决定金额。The instalments have to add up to what is owed.", {
      id,
    });
  }
  const terms = { instalments, ...(callsInRest && { callsInRest }) };
  const decision: Decision = { decidedBy: by, decidedAt: at, decidedFen, reasons: reasons.trim(), ...terms };
  if (decidedFen === 0n) return { ...baseOf(current), ...decision, status: "waived", closedAt: at };
  return { ...baseOf(current), ...decision, ...nothingSettled, status: "owed" };
}

/** The bank has booked money for it. @throws Error where it is more than is owed: the caller sets it aside */
export function receive(current: OwedRecovery, amountFen: Fen, at: Date): Recovery {
  return settle(current, { ...settledOf(current), receivedFen: fen(current.receivedFen + amountFen) }, at);
}

/** So much of a later payment is kept back, until that payment is booked. */
export function hold(current: OwedRecovery, amountFen: Fen, at: Date): Recovery {
  return settle(current, { ...settledOf(current), heldFen: fen(current.heldFen + amountFen) }, at);
}

/** The payment that it was kept back of is booked. */
export function setOff(current: OwedRecovery, amountFen: Fen, at: Date): Recovery {
  const { heldFen, offsetFen } = current;
  const settled = { heldFen: fen(heldFen - amountFen), offsetFen: fen(offsetFen + amountFen) };
  return settle(current, { ...settledOf(current), ...settled }, at);
}

/** The payment that it was kept back of, or set off against, fell away: it is owed again. */
export function fallBack(
  current: Extract<Recovery, { status: "owed" | "closed" }>,
  amountFen: Fen,
  from: "held" | "offset",
  at: Date,
): Recovery {
  const settled = settledOf(current);
  const lessened =
    from === "held"
      ? { ...settled, heldFen: fen(settled.heldFen - amountFen) }
      : { ...settled, offsetFen: fen(settled.offsetFen - amountFen) };
  return settle({ ...baseOf(current), ...decisionOf(current), ...settled, status: "owed" }, lessened, at);
}

/** How much of the claim a newer correction may still take back: what has not come back yet, waived or not. */
export function correctableFen(current: Recovery): Fen {
  switch (current.status) {
    case "noticed":
    case "waived":
      return claimOf(current);
    case "owed": {
      const { receivedFen, heldFen, offsetFen } = current;
      return fen(claimOf(current) - receivedFen - heldFen - offsetFen);
    }
    case "closed":
      return fen(claimOf(current) - current.receivedFen - current.offsetFen);
    case "dropped":
      return fen(0);
  }
}

/** Facts changed again, in the firm's favour: so much was never owed. @throws Error beyond `correctableFen` */
export function correct(current: Recovery, amountFen: Fen, at: Date): Recovery {
  if (amountFen > correctableFen(current)) throw new Error(`${current.id}: ${amountFen} 分 cannot be taken back`);
  const corrected = { ...current, correctedFen: fen(current.correctedFen + amountFen) };
  if (corrected.status === "noticed" && claimOf(corrected) === 0n) {
    return { ...baseOf(corrected), status: "dropped", closedAt: at };
  }
  return corrected.status === "owed" ? settle(corrected, settledOf(corrected), at) : corrected;
}

/** What is still asked for. */
export function claimOf({ claimedFen, correctedFen }: RecoveryTerms): Fen {
  return fen(claimedFen - correctedFen);
}

/** What is owed in all: as decided, unless later corrections left less. */
export function debtOf(current: Recovery): Fen {
  if (current.status !== "owed" && current.status !== "closed") return fen(0);
  return lesserFen(claimOf(current), current.decidedFen);
}

/** What has come back. What is only held back has not. */
export function cameBackOf(current: Recovery): Fen {
  return current.status === "owed" || current.status === "closed"
    ? fen(current.receivedFen + current.offsetFen)
    : fen(0);
}

/** What may still be paid in, or set off: what is held back is spoken for. */
export function outstandingOf(current: Recovery): Fen {
  const heldFen = current.status === "owed" ? current.heldFen : fen(0);
  return fen(debtOf(current) - cameBackOf(current) - heldFen);
}

function settle(current: OwedRecovery, settled: Settled, at: Date): Recovery {
  const next: OwedRecovery = { ...current, ...settled };
  if (outstandingOf(next) < 0n || settled.heldFen < 0n || settled.offsetFen < 0n) {
    throw new Error(`${current.id}: ${JSON.stringify(settled, (_, value) => String(value))} is more than is owed`);
  }
  if (cameBackOf(next) < debtOf(next)) return next;
  return { ...baseOf(next), ...decisionOf(next), ...settled, status: "closed", closedAt: at };
}

const nothingSettled: Settled = { receivedFen: fen(0), heldFen: fen(0), offsetFen: fen(0) };

function settledOf({ receivedFen, heldFen, offsetFen }: Settled): Settled {
  return { receivedFen, heldFen, offsetFen };
}

function decisionOf({ decidedBy, decidedAt, decidedFen, reasons, instalments, callsInRest }: Decision): Decision {
  return { decidedBy, decidedAt, decidedFen, reasons, instalments, ...(callsInRest && { callsInRest }) };
}

function baseOf(current: Recovery): RecoveryTerms & Statement {
  const { id, entitlementId, firmCode, budgetLine, reference, ground, facts, claimedFen } = current;
  const { openedBy, openedAt, stateBy, correctedFen, statement } = current;
  const terms = { id, entitlementId, firmCode, budgetLine, reference, ground, facts, claimedFen };
  return { ...terms, openedBy, openedAt, stateBy, correctedFen, ...(statement && { statement }) };
}

function sumOf(instalments: readonly Instalment[]): bigint {
  return instalments.reduce((sum, { amountFen }) => sum + amountFen, 0n);
}

function notOpen({ id, status }: Recovery): DomainError {
  return new DomainError("recovery-not-open", `追缴当前状态不能这样办理。Not possible in state "${status}".`, {
    id,
    status,
  });
}
