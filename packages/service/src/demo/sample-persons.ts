import { addDays, type Day } from "../kernel/day.ts";
import { checkCharacterOf, type IdentityNumber } from "../kernel/identity-number.ts";
import type { SampleAccount } from "./sample-body.ts";
import type { SampleRow, SampleTable } from "./sample-table.ts";

/** An invented person. No identity number begins with the place 999999, so nobody has this one. */
export type SamplePerson = Readonly<{
  identityNo: IdentityNumber;
  name: string;
  who: string;
  phone: string;
  disability?: Readonly<{ level: string; certifiedOn: Day; needsCare: boolean }>;
  onMinimumLiving: boolean;
  account: SampleAccount;
}>;

/** Who is granted something, a mother, her son of ten, and somebody whose business neither is. */
export const samplePersons = {
  cared: person(1, "示例甲", "有一项个人补贴待确认", "19680214", { level: "一级", certifiedOn: "2019-05-06" as Day }),
  mother: person(2, "示例乙", "监护示例丙，替孩子确认", "19860713"),
  child: person(3, "示例丙", "十岁，由监护人办理", "20150901", { level: "二级", certifiedOn: "2021-03-18" as Day }),
  stranger: person(4, "示例丁", "没有可领的补贴", "19900101"),
} as const;

function person(
  serial: number,
  name: string,
  who: string,
  bornOn: string,
  certificate?: Readonly<{ level: string; certifiedOn: Day }>,
): SamplePerson {
  const first17 = `999999${bornOn}${String(serial).padStart(3, "0")}`;
  return {
    identityNo: (first17 + checkCharacterOf(first17)) as IdentityNumber,
    name,
    who,
    phone: `1390000000${serial}`,
    ...(certificate && { disability: { ...certificate, needsCare: true } }),
    onMinimumLiving: serial === 3,
    account: {
      accountNo: `62299900000000000${serial}`,
      bankName: "示例银行郑州社保卡支行",
      bankCode: "313491000003",
    },
  };
}

/** What departments hand over about people: the register first, for the others speak of whom it knows. */
export function personTables(start: Day): SampleTable[] {
  const people = Object.values(samplePersons);
  const table = (sourceId: string, daysBefore: number, rows: readonly SampleRow[]): SampleTable => ({
    ...{ sourceId, asOf: addDays(start, -daysBefore), format: "csv-utf8", isPartial: false, rows },
  });
  return [
    table("residents", 3, [registerHeader, ...people.map(registerRow)]),
    table("disabled-persons", 4, [certificateHeader, ...people.map(certificateRow)]),
    table("civil-affairs", 4, [assistanceHeader, ...people.map(assistanceRow)]),
    table("person-accounts", 5, [accountHeader, ...people.map(accountRow)]),
  ];
}

const registerHeader = ["公民身份号码", "姓名", "主体类型", "户籍行政区划代码", "联系电话", "领取工伤保险生活护理费"];
const registerRow = ({ identityNo, name, phone }: SamplePerson): SampleRow => [
  ...[identityNo, name, "自然人", "410105", phone, "否"],
];

const certificateHeader = ["公民身份号码", "姓名", "残疾等级", "首次发证日期", "需要长期照护"];
const certificateRow = ({ identityNo, name, disability }: SamplePerson): SampleRow => [
  ...[identityNo, name, disability?.level ?? "无", disability?.certifiedOn ?? "无"],
  disability?.needsCare ? "是" : "否",
];

const assistanceHeader = ["公民身份号码", "姓名", "最低生活保障家庭", "孤儿基本生活保障", "特困人员救助供养"];
const assistanceRow = ({ identityNo, name, onMinimumLiving }: SamplePerson): SampleRow => [
  ...[identityNo, name, onMinimumLiving ? "是" : "否", "否", "否"],
];

const accountHeader = ["公民身份号码", "姓名", "账户名称", "银行账号", "开户银行", "联行号"];
const accountRow = ({ identityNo, name, account }: SamplePerson): SampleRow => [
  ...[identityNo, name, name, account.accountNo, account.bankName, account.bankCode],
];
