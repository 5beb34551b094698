import type { Json } from "../json.ts";
import type { Profile } from "../profile.ts";
import { exactNumber } from "../vocabulary/fact-value.ts";
import type { ObjectRef, PaidLedger, PaidLine } from "./paid-ledger.ts";
import type { StackingRule } from "./stacking-rule.ts";

/** The facts that hold what was paid before: to the firm, by family; for persons, loans and projects, by whomever. */
const PAID_LEDGER = "ledger.paid";
/** What the other members of a firm's group of companies were paid; unknown where it is not known who they are. */
export const GROUP_LEDGER = "group.paid";
/** Who controls a firm in the end; the firms under one are a group. */
export const CONTROLLER = "ent.controller";
const GRANTS_RECEIVED = "grants.received";
/** The lists that departments deliver of what was received. */
export const RECEIPTS = [PAID_LEDGER, GRANTS_RECEIVED] as const;
const objectKinds = ["person", "loan", "project"] as const;

/** The facts that rules have to look into. */
export function recordsOf(rules: readonly StackingRule[]): readonly string[] {
  const isOfFirm = ({ per }: StackingRule) => per === "firm" || per === "group";
  return [
    ...(rules.some(isOfFirm) ? [PAID_LEDGER] : []),
    ...(rules.some(({ per }) => per === "group") ? [GROUP_LEDGER] : []),
    ...(rules.some((rule) => !isOfFirm(rule)) ? [GRANTS_RECEIVED] : []),
  ];
}

/** The fact that tells who else counts, where a rule is about a group of companies. */
export function membershipIn(rules: readonly StackingRule[]): readonly string[] {
  return rules.some(({ per }) => per === "group") ? [CONTROLLER] : [];
}

/**
 * What departments delivered of a firm's receipts. A record that nobody delivered, or with a row that
 * cannot be read, is not whole: what it does show counts all the same. That of a group of companies is not
 * whole either while it is not known who belongs to it.
 */
export function historyIn(profile: Profile): PaidLedger {
  const firm = linesIn(profile, PAID_LEDGER);
  const group = linesIn(profile, GROUP_LEDGER);
  const objects = linesIn(profile, GRANTS_RECEIVED);
  return {
    lines: [
      ...firm.lines.map((line): PaidLine => ({ ...line, of: "firm", isSum: true })),
      ...group.lines.map((line): PaidLine => ({ ...line, of: "group", isSum: true })),
      ...objects.lines.map((line): PaidLine => ({ ...line, of: "other" })),
    ],
    isWhole: {
      firm: firm.isWhole,
      group: group.isWhole,
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
