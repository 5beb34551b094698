import type { FundAccount, FundEntriesProps, FundEntry } from "@apply-free/ui";
import type { StaffPrincipal } from "../access/account.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { cursorAt, parseCursor } from "../kernel/cursor.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Posting } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { titlesOfVersions } from "../portal/firm-views.prisma.ts";
import { balanceOf } from "./funds-view.prisma.ts";

type Deps = Readonly<{ db: Tx; compiled: CompiledPolicies }>;
type Wanted = Readonly<{ line: string; account: FundAccount; cursor?: string | undefined }>;

const PAGE = 50;

/**
 * The entries that a figure of a budget line is the sum of, newest first, each with the benefit that it
 * is about. The sum is added up anew from all of them and stands beside the balance.
 *
 * @throws DomainError budget-line-unknown | bad-input: the cursor
 */
export async function fundEntriesOf(
  { db, compiled }: Deps,
  { line: id, account, cursor }: Wanted,
  role: StaffPrincipal["role"],
): Promise<Omit<FundEntriesProps, "context">> {
  const line = await db.budgetLine.findUnique({ where: { id } });
  if (!line) throw new DomainError("budget-line-unknown", "没有这条预算指标。No such budget line.", { id });
  const all = { budgetLine: id, bucket: account };
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  // The bound on the instant alone lets the index begin there.
  const before = after && { at: { lte: after.at }, OR: [{ at: { lt: after.at } }, { id: { lt: after.id } }] };
  const [sum, rows] = await Promise.all([
    db.posting.aggregate({ where: all, _sum: { amountFen: true } }),
    db.posting.findMany({
      where: { ...all, ...before },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: PAGE + 1,
    }),
  ]);
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  const next = last && new URLSearchParams({ account, cursor: cursorAt(last) });
  const about = await subjectsOf(db, compiled, shown, role);
  // The treasury's side is negative in the books: what it gave.
  const sign = account === "source" ? -1n : 1n;
  return {
    lineTitle: line.title,
    account,
    sumFen: String((sum._sum.amountFen ?? 0n) * sign),
    balanceFen: String(balanceOf(line, account)),
    entries: shown.map((posting) => ({
      id: posting.id,
      at: posting.at.toISOString(),
      businessKey: posting.businessKey,
      amountFen: String(posting.amountFen * sign),
      ...about(posting),
    })),
    nextHref: next && `/desk/funds/${encodeURIComponent(id)}?${next}`,
  };
}

/** Ids in a business key: `reserve:<entitlement>:<consent>`, `settle:<payment>`, `claim:<recovery>`, … */
const idsIn = ({ businessKey }: Posting) => businessKey.split(":").slice(1);

async function subjectsOf(
  db: Tx,
  compiled: CompiledPolicies,
  postings: readonly Posting[],
  role: StaffPrincipal["role"],
): Promise<(posting: Posting) => Pick<FundEntry, "about" | "links">> {
  const named = { in: [...new Set(postings.flatMap(idsIn))] };
  const [payments, lines, offsets] = await Promise.all([
    db.payment.findMany({ where: { id: named }, select: { id: true, entitlementId: true, batchId: true } }),
    db.statementLine.findMany({ where: { id: named }, select: { id: true, recoveryId: true } }),
    db.recoveryOffset.findMany({ where: { id: named }, select: { id: true, recoveryId: true } }),
  ]);
  const recoveryIds = [...named.in, ...[...lines, ...offsets].flatMap(({ recoveryId }) => recoveryId ?? [])];
  const recoveries = await db.recovery.findMany({
    where: { id: { in: recoveryIds } },
    select: { id: true, entitlementId: true },
  });
  const entitlementIds = [...named.in, ...[...payments, ...recoveries].map(({ entitlementId }) => entitlementId)];
  const entitlements = await db.entitlement.findMany({ where: { id: { in: entitlementIds } } });
  const titles = await titlesOfVersions(db, compiled, [...new Set(entitlements.map((each) => each.policyVersionId))]);
  const nameOf = await firmNames(
    db,
    entitlements.map(({ firmCode }) => firmCode),
  );
  return (posting) => {
    const ids = new Set(idsIn(posting));
    const payment = payments.find(({ id }) => ids.has(id));
    const recoveryId = [...lines, ...offsets].find(({ id }) => ids.has(id))?.recoveryId;
    const recovery = recoveries.find(({ id }) => ids.has(id) || id === recoveryId);
    const owed = payment?.entitlementId ?? recovery?.entitlementId;
    const entitlement = entitlements.find(({ id }) => id === owed || ids.has(id));
    const { batchId } = payment ?? { batchId: null };
    return {
      about: entitlement && {
        firmName: nameOf.get(entitlement.firmCode) ?? entitlement.firmCode,
        policyTitle: titles.get(entitlement.policyVersionId) ?? entitlement.policyId,
      },
      links: [
        // Whole cases are for auditors, who give a reason for looking.
        ...(entitlement && role === "auditor" ? [linkTo("case", "/audit/cases", entitlement.id)] : []),
        ...(batchId !== null ? [linkTo("batch", "/desk/batches", batchId)] : []),
        ...(recovery ? [linkTo("recovery", "/desk/recoveries", recovery.id)] : []),
      ],
    };
  };
}

function linkTo(kind: FundEntry["links"][number]["kind"], path: string, id: string): FundEntry["links"][number] {
  return { kind, href: `${path}/${encodeURIComponent(id)}` };
}
