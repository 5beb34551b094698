import type { StagedFirm } from "./delivery-stage.ts";
import type { StagedRows } from "./gather-rows.ts";
import { relapseIssue, withoutRelapses } from "./relapse.ts";
import type { RowIssue } from "./row-issue.ts";
import { type DeliveredAccount, type DeliveredFact, type DeliveredFirm, settleFirm } from "./settle-firm.ts";
import { factsOfAbsence } from "./settle-rows.ts";
import type { SettledContent, Settling } from "./settled-content.ts";

/** Settles a delivery of any size, some thousand firms at a time, with the same outcome as in memory. */
export async function settleStaged(
  { stage, rowCount, refusedCount, mayBeAnyone, issues: book }: StagedRows,
  { source, asOf, isComplete, takenBack, isLook, onSaid, onProgress = () => {} }: Settling,
): Promise<SettledContent> {
  const factIds = new Set<string>();
  let [rowsSeen, rowsBad, hasAccounts, hasFirms] = [0, refusedCount, false, false];
  const keep = async (said: readonly DeliveredFact[], lines: ReadonlyMap<string, number>) => {
    const { facts, relapses } = withoutRelapses(said, takenBack, asOf);
    for (const { factId } of facts) factIds.add(factId);
    if (!isLook) await stage.addFacts(facts);
    return { facts, issues: relapses.map((relapse) => relapseIssue(relapse, lines)) };
  };
  const note = async (issues: readonly RowIssue[]) => {
    book.add(issues);
    if (issues.length > 0) await stage.addIssues(issues);
  };

  for await (const batch of stage.firms()) {
    const settled = settleFirms(source, batch);
    const { facts, issues } = await keep(settled.facts, settled.lastLines);
    await note([...settled.issues, ...issues]);
    rowsSeen += settled.rowCount;
    rowsBad += settled.rowsBad;
    hasAccounts ||= settled.accounts.length > 0;
    hasFirms ||= settled.firms.length > 0;
    await onSaid({ facts, firms: settled.firms, accounts: settled.accounts });
    onProgress("rows", rowsSeen, rowCount);
  }
  if (isComplete && source.absence.size > 0 && !mayBeAnyone) {
    for await (const codes of stage.absent()) {
      const { facts, issues } = await keep(
        codes.flatMap((code) => factsOfAbsence(source, code)),
        new Map(),
      );
      await note(issues);
      await onSaid({ facts, firms: [], accounts: [] });
    }
  }

  const issues = book.first();
  const moreIssues = book.count() - issues.length;
  return {
    ...{ rowsGood: rowCount + refusedCount - rowsBad, rowsBad, issues, factIds, hasAccounts },
    ...(moreIssues > 0 && { moreIssues }),
    async *forRegister() {
      // Most departments say nothing of the register; their rows need not be read again for that.
      if (!hasFirms && !hasAccounts) return;
      for await (const batch of stage.firms()) yield settleFirms(source, batch);
    },
    async takeOver(delivery, further) {
      if (further.length > 0) await stage.addIssues(further);
      await stage.takeOver(delivery);
    },
    giveUp: () => stage.giveUp(),
  };
}

function settleFirms(source: Settling["source"], batch: readonly StagedFirm[]) {
  const facts: DeliveredFact[] = [];
  const firms: DeliveredFirm[] = [];
  const accounts: DeliveredAccount[] = [];
  const issues: RowIssue[] = [];
  const lastLines = new Map<string, number>();
  let [rowCount, rowsBad] = [0, 0];
  for (const { rows, beside } of batch) {
    const settled = settleFirm(source, rows, beside);
    for (const fact of settled.facts) facts.push(fact);
    firms.push(...settled.firms);
    accounts.push(...settled.accounts);
    for (const issue of settled.issues) issues.push(issue);
    rowCount += rows.length;
    if (!settled.isBelieved) rowsBad += rows.length;
    lastLines.set(rows[0].firmCode, rows.at(-1)?.line ?? 1);
  }
  return { facts, firms, accounts, issues, rowCount, rowsBad, lastLines };
}
