import { isDeepStrictEqual } from "node:util";
import type { Bilingual, Json } from "@apply-free/rules";
import { canonicalJson } from "../kernel/digest.ts";
import type { SubjectCode } from "../kernel/subject-code.ts";
import { type DeliverySource, registersFirms } from "./delivery-source.ts";
import type { DeliveredRow, ReadRows, RefusedRow } from "./read-rows.ts";
import { quoted, type RowIssue } from "./row-issue.ts";

/** What a delivery says in the end, once its rows are seen together and beside the register. */
export type Settled = Readonly<{
  facts: readonly DeliveredFact[];
  firms: readonly DeliveredFirm[];
  accounts: readonly DeliveredAccount[];
  rowsGood: number;
  rowsBad: number;
  issues: readonly RowIssue[];
}>;

export type DeliveredFact = Readonly<{ firmCode: string; factId: string; value: Json }>;
export type DeliveredFirm = Readonly<{
  code: string;
  name: string;
  regionCode: string;
  email?: string;
  phone?: string;
}>;
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
  const believed: FirmRows[] = [];
  const unreadable = new Set(read.refused.flatMap(({ firmCode }) => firmCode ?? []));
  const report = (line: number, severity: RowIssue["severity"], reason: Bilingual, field = source.key) =>
    issues.push({ line, field, severity, reason });

  for (const rows of Map.groupBy(read.rows, ({ firmCode }) => firmCode).values()) {
    const [first, ...others] = withoutRepeats(source, rows, (line, earlier) => {
      report(line, "warning", {
        zh: `与第${earlier}行完全重复，已忽略。`,
        en: `The same as line ${earlier}, ignored.`,
      });
    });
    if (!first) continue;
    const reason = whyNotBelieved(source, [first, ...others], registered, unreadable);
    if (reason === undefined) {
      believed.push([first, ...others]);
      const known = otherName(source, first, registered);
      if (known)
        report(
          first.line,
          "warning",
          { zh: `与登记名称${known}不一致。`, en: `The register has the name ${known}.` },
          source.name,
        );
    } else {
      for (const { line } of rows) report(line, "refused", reason);
      refused.push(...rows.map(({ line, firmCode }) => ({ line, firmCode })));
    }
  }

  const named = new Set(believed.map(([{ firmCode }]) => firmCode as string));
  const absent = isComplete ? absentFirms(source, named, refused, registered) : [];
  return {
    facts: [
      ...believed.flatMap((rows) => factsOf(source, rows)),
      ...absent.flatMap((firmCode) => [...source.absence].map(([factId, value]) => ({ firmCode, factId, value }))),
    ],
    firms: registersFirms(source) ? believed.map(([{ firmCode, firm }]) => firmOf(firmCode, firm)) : [],
    accounts: source.kind === "accounts" ? believed.map(([row]) => accountOf(row)) : [],
    rowsGood: read.rows.length + read.refused.length - refused.length,
    rowsBad: refused.length,
    issues: issues.sort((left, right) => left.line - right.line),
  };
}

/** All that a delivery says about one firm. */
type FirmRows = readonly [DeliveredRow, ...DeliveredRow[]];

/** The same row twice says nothing more; except in a ledger, where it may be a second payment. */
function withoutRepeats(
  { kind }: DeliverySource,
  rows: readonly DeliveredRow[],
  onRepeat: (line: number, earlier: number) => void,
): readonly DeliveredRow[] {
  if (kind === "records" || rows.length === 1) return rows;
  const kept = new Map<string, DeliveredRow>();
  for (const row of rows) {
    const content = contentOf(row);
    const earlier = kept.get(content);
    if (earlier) onRepeat(row.line, earlier.line);
    else kept.set(content, row);
  }
  return [...kept.values()];
}

function contentOf({ name, facts, record, firm, account }: DeliveredRow): string {
  return canonicalJson({ name, facts: [...facts], record, firm, account });
}

function whyNotBelieved(
  source: DeliverySource,
  rows: FirmRows,
  registered: ReadonlyMap<string, string>,
  unreadable: ReadonlySet<string>,
): Bilingual | undefined {
  const [first, ...others] = rows;
  if (!registersFirms(source) && !registered.has(first.firmCode)) {
    return { zh: "登记库中没有这家企业。", en: "The register does not know this firm." };
  }
  if (unreadable.has(first.firmCode)) {
    return {
      zh: "同一企业另有一行无法读取，全部暂不采用。",
      en: "Another row of this firm cannot be read, so none of them is used.",
    };
  }
  if (others.length === 0) return undefined;
  const lines = rows.map(({ line }) => line).join(", ");
  if (source.kind !== "records") {
    return {
      zh: `同一企业在第${lines}行重复且内容不同。`,
      en: `The same firm with different content in lines ${lines}.`,
    };
  }
  if (new Set(rows.map(contentOf)).size < rows.length) {
    return {
      zh: `第${lines}行中有完全相同的记录，请核对是否为两笔。`,
      en: `Lines ${lines} repeat a record: two, or one written twice?`,
    };
  }
  const differing = others.find(({ facts }) => !isDeepStrictEqual(facts, first.facts));
  if (differing) {
    return {
      zh: `同一企业第${first.line}行与第${differing.line}行说法不一。`,
      en: `Lines ${first.line} and ${differing.line} disagree about the firm.`,
    };
  }
  return undefined;
}

/** The registered name, where the department has another: renamed since, or the code of another firm by mistake. */
function otherName(
  { name: field }: DeliverySource,
  { firmCode, name }: DeliveredRow,
  registered: ReadonlyMap<string, string>,
): string | undefined {
  const known = registered.get(firmCode);
  const differs = field !== undefined && name !== "" && known !== undefined && known !== name;
  return differs ? quoted(known) : undefined;
}

function factsOf(source: DeliverySource, rows: FirmRows): DeliveredFact[] {
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

function firmOf(code: SubjectCode, { name = "", regionCode = "", email, phone }: DeliveredRow["firm"]): DeliveredFirm {
  return { code, name, regionCode, ...(email && { email }), ...(phone && { phone }) };
}

function accountOf({ line, firmCode, account }: DeliveredRow): DeliveredAccount {
  const { holderName = "", accountNo = "", bankName = "", bankCode = "" } = account;
  return { line, firmCode, holderName, accountNo, bankName, bankCode };
}
