import { AGENCY_RESULT, AGENCY_STATEMENT, readAgencyResult, readAgencyStatement } from "./agency-report-csv.ts";
import { isTitled } from "./agency-table.ts";
import { invalid, readBankXml } from "./bank-xml.ts";
import { CAMT_053, readCamt053, type StatementEntry } from "./camt053.ts";
import { PAIN_002, readPain002, type StatusReport } from "./pain002.ts";

/** What a file of the bank says, in whatever form; `kind` names it after its ISO 20022 message. */
export type ReadReport =
  | Readonly<{ kind: "pain.002"; report: StatusReport }>
  | Readonly<{ kind: "camt.053"; entries: readonly StatementEntry[] }>;

/** @throws DomainError bank-file-invalid, naming the place */
export function readBankReport(bytes: Uint8Array): ReadReport {
  if (isTitled(bytes, AGENCY_RESULT)) return { kind: "pain.002", report: readAgencyResult(bytes) };
  if (isTitled(bytes, AGENCY_STATEMENT)) return { kind: "camt.053", entries: readAgencyStatement(bytes) };
  const xml = readBankXml(bytes);
  if (xml.namespace === PAIN_002) return { kind: "pain.002", report: readPain002(xml) };
  if (xml.namespace === CAMT_053) return { kind: "camt.053", entries: readCamt053(xml) };
  throw invalid("Document", `is "${xml.namespace}"; expected ${PAIN_002} or ${CAMT_053}`);
}
