import { addDays } from "../kernel/day.ts";
import { toDecimalYuan } from "../kernel/money.ts";
import type { SampleSize } from "./sample-body.ts";
import type { SampleFirm } from "./sample-firms.ts";
import { junk } from "./sample-junk.ts";
import { randomFor } from "./sample-random.ts";
import type { SampleRow, SampleTable } from "./sample-table.ts";

/** What each department hands over, in the order in which to import: the register first. */
export function sampleTables(size: SampleSize, firms: readonly SampleFirm[]): SampleTable[] {
  const day = (daysBefore: number) => addDays(size.start, -daysBefore);
  const table = (sourceId: string, daysBefore: number, format: SampleTable["format"], rows: readonly SampleRow[]) => ({
    sourceId,
    asOf: day(daysBefore),
    format,
    isPartial: false,
    rows: [...rows, ...(size.count >= 100 ? junk(sourceId, firms) : [])],
  });
  const stale = firms.filter(({ flaw }) => flaw.kind === "stale");
  return [
    table("market-regulation", 3, "csv-utf8-bom", [registerHeader, ...firms.map(registerRow)]),
    table("former-names", 3, "csv-utf8", [formerNameHeader, ...firms.flatMap((firm) => formerNameRows(firm, size))]),
    table("zones", 6, "csv-utf8", [zoneHeader, ...firms.flatMap((firm) => zoneRows(firm, size))]),
    table("tax", 4, "csv-gbk", [taxHeader, ...firms.filter(isKnownToTax).map((firm) => taxRow(firm, size.seed))]),
    {
      ...table("human-resources", 640, "csv-utf8", [staffHeader, ...stale.map(staffRow)]),
      rows: [staffHeader, ...stale.map(staffRow)],
      isPartial: true,
    },
    table("human-resources", 5, "xlsx", [staffHeader, ...firms.filter(isKnownToHumanResources).map(staffRow)]),
    table("industry", 6, "xlsx", [["智能制造称号企业名单"], titleHeader, ...firms.flatMap(titleRows)]),
    table("science", 7, "csv-utf8", [recognitionHeader, ...firms.flatMap(recognitionRows)]),
    table("credit", 3, "csv-gbk", [listHeader, ...firms.filter(({ isDishonest }) => isDishonest).map(listRow)]),
    table("emergency", 3, "csv-utf8", [
      accidentHeader,
      ...firms.filter(({ hadAccident }) => hadAccident).map(accidentRow),
    ]),
    table("finance", 4, "xlsx", [ledgerHeader, ...firms.flatMap(ledgerRows)]),
    table("bank-accounts", 5, "xlsx", [accountHeader, ...firms.flatMap(accountRows)]),
  ].filter(({ rows, isPartial }) => !isPartial || rows.length > 1);
}

const registerHeader = [
  "序号",
  "统一社会信用代码",
  "企业名称",
  "主体类型",
  "登记状态",
  "住所行政区划代码",
  "行业大类代码",
  "整体迁入日期",
  "列入经营异常名录",
  "联系邮箱",
];

function registerRow(firm: SampleFirm): SampleRow {
  const abnormal = isMissing(firm, "abnormal") ? "" : yesNo(firm.isAbnormal);
  const { number, code, name, subjectType, status, regionCode, trade, relocatedOn, email } = firm;
  return [number, code, name, subjectType, status, regionCode, trade.industry, relocatedOn ?? "无", abnormal, email];
}

const formerNameHeader = ["统一社会信用代码", "原名称", "变更日期"];

/** Some were called otherwise once; the one whose account has another name was until lately. */
function formerNameRows({ code, name, holderName, number }: SampleFirm, { seed, start }: SampleSize): SampleRow[] {
  const random = randomFor(seed, "former-name", number);
  if (name !== holderName) return [[code, holderName, addDays(start, -random.int(20, 90))]];
  return random.chance(0.04) ? [[code, name.replace("示例", "老示例"), addDays(start, -random.int(400, 3000))]] : [];
}

const zoneHeader = ["统一社会信用代码", "企业名称", "功能区", "入区日期", "迁出日期"];
const zonesOfZhengzhou = [
  "郑州高新技术产业开发区",
  "郑州经济技术开发区",
  "郑州航空港经济综合实验区",
  "郑东新区",
  "自贸试验区郑州片区",
] as const;

/** Every third firm of the city lies in a zone; a few have left it. */
function zoneRows({ code, name, regionCode, number }: SampleFirm, { seed, start }: SampleSize): SampleRow[] {
  const random = randomFor(seed, "zone", number);
  if (!regionCode.startsWith("4101") || !random.chance(0.33)) return [];
  const left = random.chance(0.06) ? addDays(start, -random.int(10, 300)) : "在区";
  return [[code, name, random.pick(zonesOfZhengzhou), addDays(start, -random.int(400, 4000)), left]];
}

const taxHeader = [
  "纳税人识别号",
  "纳税人名称",
  "失业保险费欠费（元）",
  "上年单位缴纳失业保险费（元）",
  "上年个人缴纳失业保险费（元）",
  "上年营业收入（万元）",
  "认定前一年销售收入（万元）",
  "上年末资产总额（万元）",
  "近三年偷漏税",
  "上年末从业人数",
];

function taxRow(firm: SampleFirm, seed: number): SampleRow {
  const { code, name, money, hte, staff, evadedTax, flaw, number } = firm;
  const counted = randomFor(seed, "tax-return", number).chance(0.5) ? staff.yearEnd : "";
  const premium = toDecimalYuan(money.employerPremium);
  const damaged = flaw.kind === "damaged" ? flaw.row : undefined;
  return [
    code,
    name,
    isMissing(firm, "arrears") ? "" : toDecimalYuan(money.arrears),
    isMissing(firm, "premium") ? "" : damaged === "tax-decimals" ? `${premium}5` : premium,
    toDecimalYuan(money.employeePremium),
    isMissing(firm, "revenue") ? "" : damaged === "tax-separators" ? "12,345.67" : tenThousands(money.revenue),
    hte ? tenThousands(hte.salesPrevYear) : "",
    tenThousands(money.totalAssets),
    yesNo(evadedTax),
    flaw.kind === "contradiction" ? flaw.staffOnTaxReturn : counted,
  ];
}

const staffHeader = [
  "统一社会信用代码",
  "单位名称",
  "足额缴费月数",
  "失业保险参保人数",
  "裁员率（%）",
  "上年初职工人数",
  "上年末职工人数",
  "劳务派遣单位",
];

function staffRow(firm: SampleFirm): SampleRow {
  const { code, name, staff, flaw } = firm;
  const damaged = flaw.kind === "damaged" ? flaw.row : undefined;
  const rate = damaged === "human-resources-bounds" ? 155 : Number(staff.layoffRate);
  return [
    code,
    name,
    staff.fullyPaidMonths,
    damaged === "human-resources-words" ? "约三十" : staff.insured,
    isMissing(firm, "layoffRate") ? "" : rate,
    staff.yearStart,
    staff.yearEnd,
    yesNo(staff.isLabourDispatch),
  ];
}

const titleHeader = ["序号", "统一社会信用代码", "企业名称", "称号", "认定日期", "有效期至", "现场核查正常经营"];

function titleRows({ code, name, titles, operatesNormally }: SampleFirm): SampleRow[] {
  return titles.map(({ title, recognisedOn, expiresOn }, place) => [
    place + 1,
    code,
    name,
    title,
    recognisedOn,
    expiresOn ?? "长期",
    yesNo(operatesNormally),
  ]);
}

const recognitionHeader = ["统一社会信用代码", "企业名称", "首次认定年度", "认定时住所行政区划代码"];

function recognitionRows({ code, name, hte }: SampleFirm): SampleRow[] {
  return hte ? [[code, name, hte.firstYear, hte.regionCode]] : [];
}

const listHeader = ["统一社会信用代码", "主体名称", "名单类别"];

function listRow({ code, name }: SampleFirm): SampleRow {
  return [code, name, "市场监督管理严重违法失信名单"];
}

const accidentHeader = ["统一社会信用代码", "单位名称", "事故等级"];

function accidentRow({ code, name }: SampleFirm): SampleRow {
  return [code, name, "重大"];
}

const ledgerHeader = ["统一社会信用代码", "收款单位", "奖补类别", "兑付金额（元）", "兑付日期"];

function ledgerRows({ code, name, ledger }: SampleFirm): SampleRow[] {
  return ledger.map(({ category, amount, paidOn }) => [code, name, category, Number(amount) / 100, paidOn]);
}

const accountHeader = ["统一社会信用代码", "单位名称", "账户名称", "银行账号", "开户银行", "联行号"];

function accountRows({ code, name, holderName, account }: SampleFirm): SampleRow[] {
  return account ? [[code, name, holderName, account.accountNo, account.bankName, account.bankCode]] : [];
}

function isKnownToTax(firm: SampleFirm): boolean {
  return !isMissing(firm, "tax");
}

function isKnownToHumanResources(firm: SampleFirm): boolean {
  return firm.flaw.kind !== "stale" && !isMissing(firm, "human-resources");
}

function isMissing({ flaw }: SampleFirm, what: string): boolean {
  return flaw.kind === "missing" && flaw.what === what;
}

function yesNo(answer: boolean): string {
  return answer ? "是" : "否";
}

/** 分 in whole hundreds of 元 → 万元 with two decimals. */
function tenThousands(amount: bigint): string {
  return toDecimalYuan(amount / 10_000n);
}
