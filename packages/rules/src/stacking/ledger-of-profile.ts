import type { Json } from "../json.ts";
import type { Profile } from "../profile.ts";
import { exactNumber } from "../vocabulary/fact-value.ts";
import type { ObjectRef, PaidLedger, PaidLine } from "./paid-ledger.ts";
import type { StackingRule } from "./stacking-rule.ts";

/** The facts that hold what was paid before: to the firm, by family; for persons, loans and projects, by whomever. */
const PAID_LEDGER = "ledger.paid";
const GRANTS_RECEIVED = "grants.received";
const objectKinds = ["person", "loan", "project"] as const;

/** The facts that rules have to look into. */
export function recordsOf(rules: readonly StackingRule[]): readonly string[] {
  const isOfFirm = ({ per }: StackingRule) => per === "firm" || per === "group";
  return [
    ...(rules.some(isOfFirm) ? [PAID_LEDGER] : []),
    ...(rules.some((rule) => !isOfFirm(rule)) ? [GRANTS_RECEIVED] : []),
  ];
}

/**
 * What departments delivered of a firm's receipts. A record that nobody delivered, or with a row that
 * cannot be read, is not whole: what it does show counts all the same. Of a group of companies nothing
 * is delivered.
 */
export function historyIn(profile: Profile): PaidLedger {
  const firm = linesIn(profile, PAID_LEDGER);
  const objects = linesIn(profile, GRANTS_RECEIVED);
  return {
    lines: [
      ...firm.lines.map((line): PaidLine => ({ ...line, of: "firm", isSum: true })),
      ...objects.lines.map((line): PaidLine => ({ ...line, of: "other" })),
    ],
    isWhole: {
      firm: firm.isWhole,
      group: false,
      objects: objects.isWhole && objects.lines.every((line) => line.objects?.length !== 0),
    },
  };
}

type Found = Readonly<{ lines: readonly Omit<PaidLine, "of">[]; isWhole: boolean }>;

function linesIn(profile: Profile, fact: string): Found {
  const state = Object.hasOwn(profile, fact) ? profile[fact] : undefined;
  if (state?.state !== "known") return { lines: [], isWhole: false };
  // "Looked up, and there is none" of a list is the empty list.
  if (state.value === null) return { lines: [], isWhole: true };
  if (!Array.isArray(state.value)) return { lines: [], isWhole: false };
  const read = (state.value as readonly Json[]).map(lineFrom);
  const lines = read.filter((line) => line !== undefined);
  return { lines, isWhole: lines.length === read.length };
}

function lineFrom(row: Json): Omit<PaidLine, "of"> | undefined {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return undefined;
  const { family, amount, paidOn, ...rest } = row as Readonly<Record<string, Json>>;
  const fen = exactNumber(amount ?? null)?.mul(100);
  if (typeof family !== "string" || fen?.d !== 1n) return undefined;
  const objects = objectKinds.flatMap((kind): ObjectRef[] => {
    const id = rest[kind];
    return typeof id === "string" ? [{ kind, id }] : [];
  });
  return { names: [family], fen: fen.s * fen.n, objects, ...(typeof paidOn === "string" && { paidOn }) };
}
