import { isDeepStrictEqual } from "node:util";
import type { Json } from "@apply-free/rules";
import type { CreditCode } from "../kernel/credit-code.ts";
import { type DeliverySource, registersFirms } from "./delivery-source.ts";
import type { DeliveredRow, ReadRows, RefusedRow } from "./read-rows.ts";
import type { RowIssue } from "./row-issue.ts";

/** What a delivery says in the end, once its rows are seen together and beside the register. */
export type Settled = Readonly<{
  facts: readonly DeliveredFact[];
  firms: readonly DeliveredFirm[];
  accounts: readonly DeliveredAccount[];
  rowsGood: number;
  rowsBad: number;
  /** Registered firms that the delivery does not name, and of whom that says something. */
  absentFirms: number;
  issues: readonly RowIssue[];
}>;

export type DeliveredFact = Readonly<{ firmCode: string; factId: string; value: Json }>;
export type DeliveredFirm = Readonly<{ code: string; name: string; regionCode: string; email?: string }>;
export type DeliveredAccount = Readonly<{
  line: number;
  firmCode: string;
  holderName: string;
  accountNo: string;
  bankName: string;
  bankCode: string;
}>;

/**
 * Sees the rows of a delivery together. A firm is only believed when everything the delivery says
 * about it can be read: half a ledger would pay twice, and one of two differing rows is wrong.
 * @param registered credit code → name of every firm in the register
 * @param isComplete whether the delivery claims to hold everything that the department knows
 */
export function settleRows(
  source: DeliverySource,
  read: ReadRows,
  registered: ReadonlyMap<string, string>,
  isComplete: boolean,
): Settled {
  const issues: RowIssue[] = [...read.issues];
  const refused: RefusedRow[] = [...read.refused];
  const refuse = ({ line, firmCode }: DeliveredRow, reason: string) => {
    issues.push({ line, field: source.key, severity: "refused", reason });
    refused.push({ line, firmCode });
  };

  const believed: (readonly [DeliveredRow, ...DeliveredRow[]])[] = [];
  const unreadable = new Set(read.refused.flatMap(({ firmCode }) => firmCode ?? []));
  let repeated = 0;
  for (const rows of Map.groupBy(read.rows, ({ firmCode }) => firmCode).values()) {
    const [first, ...others] = withoutRepeats(rows, (row, line) => {
      repeated += 1;
      const reason = `与第${line}行完全重复，已忽略。The same as line ${line}, ignored.`;
      issues.push({ line: row.line, field: source.key, severity: "warning", reason });
    });
    if (!first) continue;
    const reason = whyNotBelieved(source, [first, ...others], registered, unreadable);
    if (reason) for (const row of [first, ...others]) refuse(row, reason);
    else believed.push([first, ...others]);
  }

  const named = new Set([...believed.map(([{ firmCode }]) => firmCode as string)]);
  const absent = isComplete ? absentFirms(source, named, refused, registered) : [];
  return {
    facts: [
      ...believed.flatMap((rows) => factsOf(source, rows)),
      ...absent.flatMap((firmCode) => [...source.absence].map(([factId, value]) => ({ firmCode, factId, value }))),
    ],
    firms: registersFirms(source) ? believed.map(([{ firmCode, firm }]) => firmOf(firmCode, firm)) : [],
    accounts: source.kind === "accounts" ? believed.map(([row]) => accountOf(row)) : [],
    rowsGood: believed.reduce((count, rows) => count + rows.length, repeated),
    rowsBad: refused.length,
    absentFirms: absent.length,
    issues: issues.sort((left, right) => left.line - right.line),
  };
}

function withoutRepeats(
  rows: readonly DeliveredRow[],
  onRepeat: (row: DeliveredRow, line: number) => void,
): DeliveredRow[] {
  const kept: DeliveredRow[] = [];
  for (const row of rows) {
    const same = kept.find((earlier) => isDeepStrictEqual({ ...earlier, line: 0 }, { ...row, line: 0 }));
    if (same) onRepeat(row, same.line);
    else kept.push(row);
  }
  return kept;
}

function whyNotBelieved(
  source: DeliverySource,
  rows: readonly [DeliveredRow, ...DeliveredRow[]],
  registered: ReadonlyMap<string, string>,
  unreadable: ReadonlySet<string>,
): string | undefined {
  const [{ firmCode }] = rows;
  const lines = rows.map(({ line }) => line).join(", ");
  if (!registersFirms(source) && !registered.has(firmCode)) {
    return "登记库中没有这家企业。The register does not know this firm.";
  }
  if (unreadable.has(firmCode)) {
    return "同一企业另有一行无法读取，全部暂不采用。Another row of this firm cannot be read, so none of them is used.";
  }
  if (source.kind !== "records" && rows.length > 1) {
    return `同一企业在第${lines}行重复且内容不同。The same firm with different content in lines ${lines}.`;
  }
  const differing = [...rows[0].facts.keys()].find((factId) =>
    rows.some(({ facts }) => !isDeepStrictEqual(facts.get(factId), rows[0].facts.get(factId))),
  );
  if (differing) return `同一企业各行的“${differing}”不一致。The rows of this firm disagree on ${differing}.`;
  return undefined;
}

function factsOf(source: DeliverySource, rows: readonly [DeliveredRow, ...DeliveredRow[]]): DeliveredFact[] {
  const [{ firmCode, facts }] = rows;
  const own: DeliveredFact[] = source.fact
    ? [
        {
          firmCode,
          factId: source.fact.id,
          value: source.kind === "records" ? rows.map(({ record }) => record) : true,
        },
      ]
    : [];
  return [...own, ...[...facts].map(([factId, value]) => ({ firmCode, factId, value }))];
}

/**
 * The firms whose absence says something. A row that cannot be read may be about any firm that has
 * its code or its name; if it has neither, it may be about anyone, and absence says nothing.
 */
function absentFirms(
  { absence }: DeliverySource,
  named: ReadonlySet<string>,
  refused: readonly RefusedRow[],
  registered: ReadonlyMap<string, string>,
): string[] {
  if (absence.size === 0 || refused.some(({ firmCode, name }) => !firmCode && !name)) return [];
  const codes = new Set(refused.flatMap(({ firmCode }) => firmCode ?? []) as string[]);
  const names = new Set(refused.flatMap(({ firmCode, name }) => (firmCode ? [] : (name ?? []))));
  return [...registered]
    .filter(([code, name]) => !named.has(code) && !codes.has(code) && !names.has(name))
    .map(([code]) => code);
}

function firmOf(code: CreditCode, { name = "", regionCode = "", email }: DeliveredRow["firm"]): DeliveredFirm {
  return { code, name, regionCode, ...(email && { email }) };
}

function accountOf({ line, firmCode, account }: DeliveredRow): DeliveredAccount {
  const { holderName = "", accountNo = "", bankName = "", bankCode = "" } = account;
  return { line, firmCode, holderName, accountNo, bankName, bankCode };
}
