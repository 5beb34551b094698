import { awardsOf, type SampleAwards } from "./sample-awards.ts";
import { type SampleBody, type SampleSize, sampleBody } from "./sample-body.ts";
import { flawsOf, type SampleFlaw } from "./sample-flaws.ts";

/** An invented subject of Henan: what is true of it, and what departments get wrong about it. */
export type SampleFirm = SampleBody & SampleAwards & Readonly<{ flaw: SampleFlaw; holderName: string }>;

/** Invented firms, the same ones for the same seed. `before`: how many came before them, so that numbers go on. */
export function sampleFirms(size: SampleSize, before = 0): SampleFirm[] {
  const bodies = Array.from({ length: size.count }, (_, index) => sampleBody(size, before + index + 1));
  const awards = awardsOf(size, bodies);
  const flaw = flawsOf(size, bodies);
  const firms = bodies.map((body) => ({ ...body, ...awards(body), flaw: flaw(body), holderName: body.name }));
  const renamed = firms.find(surelyRefunded);
  // The department still has the name from before a change of name, so the bank will return the payment.
  return firms.map((firm) => (firm === renamed ? { ...firm, holderName: formerName(firm.name) } : firm));
}

/** The one firm whose delivered account has another holder name than the bank knows. */
export function renamedFirm(firms: readonly SampleFirm[]): SampleFirm | undefined {
  return firms.find(({ name, holderName }) => name !== holderName);
}

/**
 * Whether nothing stands between the firm and its refund of unemployment insurance, and nothing
 * else is due to it: exactly one of its payments will be made.
 */
function surelyRefunded(firm: SampleFirm): boolean {
  const { staff, money, trade, subjectType, status, titles, hte, ledger, account, flaw } = firm;
  const { isAbnormal, isDishonest, hadAccident, evadedTax } = firm;
  return (
    subjectType === "企业" &&
    status === "在营" &&
    flaw.kind === "none" &&
    account !== undefined &&
    !(isAbnormal || isDishonest || hadAccident || evadedTax) &&
    staff.fullyPaidMonths >= 12 &&
    staff.yearEnd >= staff.yearStart &&
    staff.yearEnd < 300 &&
    !staff.isLabourDispatch &&
    money.arrears === 0n &&
    trade.isManufacturing &&
    titles.length + ledger.length === 0 &&
    hte === undefined
  );
}

function formerName(name: string): string {
  return name.replace("示例", "旧名示例");
}
