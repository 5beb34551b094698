import type { DeliverySource } from "./delivery-source.ts";
import type { ReadRows, RefusedRow } from "./read-rows.ts";
import type { RowIssue } from "./row-issue.ts";
import { type DeliveredAccount, type DeliveredFact, type DeliveredFirm, settleFirm } from "./settle-firm.ts";

/** What a delivery says in the end, once its rows are seen together and beside the register. */
export type Settled = Readonly<{
  facts: readonly DeliveredFact[];
  firms: readonly DeliveredFirm[];
  accounts: readonly DeliveredAccount[];
  rowsGood: number;
  rowsBad: number;
  issues: readonly RowIssue[];
}>;

/**
 * Sees the rows of a delivery together that is small enough to be in memory.
 * @param registered credit code → name of every firm in the register that matters here
 * @param isComplete whether the delivery claims to hold everything that the department knows
 */
export function settleRows(
  source: DeliverySource,
  read: ReadRows,
  registered: ReadonlyMap<string, string>,
  isComplete: boolean,
): Settled {
  const issues: RowIssue[] = [...read.issues];
  const facts: DeliveredFact[] = [];
  const firms: DeliveredFirm[] = [];
  const accounts: DeliveredAccount[] = [];
  let rowsBad = read.refused.length;
  const unreadable = new Set(read.refused.flatMap(({ firmCode }) => firmCode ?? []));
  const byFirm = Map.groupBy(read.rows, ({ firmCode }) => firmCode);
  for (const [firmCode, [first, ...others]] of byFirm) {
    if (!first) continue;
    const beside = { registeredName: registered.get(firmCode), hasUnreadable: unreadable.has(firmCode) };
    const settled = settleFirm(source, [first, ...others], beside);
    issues.push(...settled.issues);
    facts.push(...settled.facts);
    firms.push(...settled.firms);
    accounts.push(...settled.accounts);
    if (!settled.isBelieved) rowsBad += 1 + others.length;
  }
  const absent = isComplete && absenceSpeaks(source, read.refused) ? absentFirms(byFirm, read.refused, registered) : [];
  return {
    facts: [...facts, ...absent.flatMap((code) => factsOfAbsence(source, code))],
    ...{ firms, accounts, rowsBad },
    rowsGood: read.rows.length + read.refused.length - rowsBad,
    issues: issues.sort((left, right) => left.line - right.line),
  };
}

/** A row that has neither a code nor a name may be about anyone, so that absence says nothing. */
export function absenceSpeaks({ absence }: DeliverySource, refused: readonly RefusedRow[]): boolean {
  return absence.size > 0 && refused.every(({ firmCode, name }) => firmCode || name);
}

export function factsOfAbsence({ absence }: DeliverySource, firmCode: string): DeliveredFact[] {
  return [...absence].map(([factId, value]) => ({ firmCode, factId, value }));
}

/** Of whom no row speaks. One that cannot be read may be about any firm that has its code or its name. */
function absentFirms(
  named: ReadonlyMap<string, unknown>,
  refused: readonly RefusedRow[],
  registered: ReadonlyMap<string, string>,
): string[] {
  const codes = new Set(refused.flatMap(({ firmCode }) => firmCode ?? []) as string[]);
  const names = new Set(refused.flatMap(({ firmCode, name }) => (firmCode ? [] : (name ?? []))));
  return [...registered]
    .filter(([code, name]) => !named.has(code) && !codes.has(code) && !names.has(name))
    .map(([code]) => code);
}
