import { isDeepStrictEqual } from "node:util";
import type { Bilingual, Json } from "@apply-free/rules";
import { canonicalJson } from "../kernel/digest.ts";
import { type DeliverySource, registersFirms } from "./delivery-source.ts";
import type { DeliveredRow } from "./read-rows.ts";
import { quoted, type RowIssue } from "./row-issue.ts";

export type DeliveredFact = Readonly<{ firmCode: string; factId: string; value: Json }>;
export type DeliveredFirm = Readonly<{
  code: string;
  name: string;
  regionCode: string;
  email?: string;
  phone?: string;
  /** Of a natural person. */
  identityNo?: string;
}>;
export type DeliveredAccount = Readonly<{
  line: number;
  firmCode: string;
  holderName: string;
  accountNo: string;
  bankName: string;
  bankCode: string;
}>;

/** What is known of a firm beside its rows that can be read. */
export type BesideRows = Readonly<{
  /** Absent: the register does not know the firm. */
  registeredName: string | undefined;
  /** Another row about it cannot be read. */
  hasUnreadable: boolean;
}>;

/** What one firm's rows come to. `isBelieved` false: all of them are refused. */
export type SettledFirm = Readonly<{
  isBelieved: boolean;
  facts: readonly DeliveredFact[];
  firms: readonly DeliveredFirm[];
  accounts: readonly DeliveredAccount[];
  issues: readonly RowIssue[];
}>;

/**
 * Sees all rows about one firm together. A firm is only believed when everything the delivery says
 * about it can be read: half a ledger would pay twice, and one of two differing rows is wrong.
 * @param rows in the order of the file
 */
export function settleFirm(source: DeliverySource, rows: FirmRows, beside: BesideRows): SettledFirm {
  const issues: RowIssue[] = [];
  const report = (line: number, severity: RowIssue["severity"], reason: Bilingual, field = source.key) =>
    issues.push({ line, field, severity, reason });
  const kept = withoutRepeats(source, rows, (line, earlier) => {
    report(line, "warning", {
      zh: `与第${earlier}行完全重复，已忽略。`,
      en: `The same as line ${earlier}, ignored.`,
    });
  });
  const reason = whyNotBelieved(source, kept, beside);
  if (reason !== undefined) {
    for (const { line } of rows) report(line, "refused", reason);
    return { isBelieved: false, facts: [], firms: [], accounts: [], issues };
  }
  const [first] = kept;
  const known = otherName(source, first, beside);
  if (known) {
    const differs = { zh: `与登记名称${known}不一致。`, en: `The register has the name ${known}.` };
    report(first.line, "warning", differs, source.name);
  }
  return {
    isBelieved: true,
    facts: factsOf(source, kept),
    firms: registersFirms(source) ? [firmOf(first)] : [],
    accounts: source.kind === "accounts" ? [accountOf(first)] : [],
    issues,
  };
}

/** All that a delivery says about one firm. */
export type FirmRows = readonly [DeliveredRow, ...DeliveredRow[]];

/** The same row twice says nothing more; except in a ledger, where it may be a second payment. */
function withoutRepeats(
  { kind }: DeliverySource,
  rows: FirmRows,
  onRepeat: (line: number, earlier: number) => void,
): FirmRows {
  const [first, ...others] = rows;
  if (kind === "records" || others.length === 0) return rows;
  const kept = new Map([[contentOf(first), first]]);
  for (const row of others) {
    const content = contentOf(row);
    const earlier = kept.get(content);
    if (earlier) onRepeat(row.line, earlier.line);
    else kept.set(content, row);
  }
  return [first, ...[...kept.values()].slice(1)];
}

function contentOf({ name, facts, record, firm, account }: DeliveredRow): string {
  return canonicalJson({ name, facts: [...facts], record, firm, account });
}

function whyNotBelieved(
  source: DeliverySource,
  rows: FirmRows,
  { registeredName, hasUnreadable }: BesideRows,
): Bilingual | undefined {
  const [first, ...others] = rows;
  if (!registersFirms(source) && registeredName === undefined) {
    return { zh: "登记库中没有这家企业。", en: "The register does not know this firm." };
  }
  if (hasUnreadable) {
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
  { name }: DeliveredRow,
  { registeredName: known }: BesideRows,
): string | undefined {
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
  const others = [...facts].map(([factId, value]) => ({ firmCode, factId, value }));
  return [...own, ...others].sort((left, right) => (left.factId < right.factId ? -1 : 1));
}

function firmOf({ firmCode: code, firm, identityNo }: DeliveredRow): DeliveredFirm {
  const { name = "", regionCode = "", email, phone } = firm;
  return {
    ...{ code, name, regionCode },
    ...(email && { email }),
    ...(phone && { phone }),
    ...(identityNo && { identityNo }),
  };
}

function accountOf({ line, firmCode, account }: DeliveredRow): DeliveredAccount {
  const { holderName = "", accountNo = "", bankName = "", bankCode = "" } = account;
  return { line, firmCode, holderName, accountNo, bankName, bankCode };
}
