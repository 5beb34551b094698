import { type Bilingual, inLanguage } from "./bilingual.ts";
import type { Lang, Role } from "./page-context.ts";

const sources: Readonly<Record<string, Bilingual>> = {
  "market-regulation": { zh: "市场监管局", en: "Market regulation bureau" },
  tax: { zh: "税务局", en: "Tax bureau" },
  "human-resources": { zh: "人社局", en: "Human resources and social security bureau" },
  "bank-accounts": { zh: "人社局（社保缴费账户）", en: "Human resources bureau (social insurance account)" },
  industry: { zh: "工信局", en: "Industry and information technology bureau" },
  science: { zh: "科技局", en: "Science and technology bureau" },
  credit: { zh: "发改委（社会信用）", en: "Development and reform commission (social credit)" },
  emergency: { zh: "应急管理局", en: "Emergency management bureau" },
  finance: { zh: "财政局", en: "Finance bureau" },
  "former-names": { zh: "市场监管局（名称变更）", en: "Market regulation bureau (changes of names)" },
  controllers: { zh: "市场监管局（控制关系）", en: "Market regulation bureau (control of firms)" },
  predecessors: { zh: "市场监管局（主体承继）", en: "Market regulation bureau (successions)" },
  zones: { zh: "功能区管委会", en: "Committees of the zones" },
  "state-assets": { zh: "国资委（房屋租金）", en: "State assets commission (rents)" },
  residents: { zh: "人社局（惠民对象）", en: "Human resources bureau (persons)" },
  "disabled-persons": { zh: "残疾人联合会", en: "Disabled persons' federation" },
  "civil-affairs": { zh: "民政局", en: "Civil affairs bureau" },
  "person-accounts": { zh: "人社局（社会保障卡账户）", en: "Human resources bureau (social security cards)" },
  firm: { zh: "由您填写", en: "yourself" },
};

/** Who supplied a fact: known source ids in words, anything else as it is. A policy that knows no words for one gives its id. */
export function sourceName(source: Bilingual): Bilingual {
  return sources[inLanguage(source, "zh")] ?? source;
}

const roles: Readonly<Record<Role, Bilingual>> = {
  enterprise: { zh: "企业经办人", en: "Enterprise" },
  author: { zh: "政策制定", en: "Policy author" },
  "finance-maker": { zh: "财政经办", en: "Finance, maker" },
  "finance-checker": { zh: "财政复核", en: "Finance, checker" },
  auditor: { zh: "审计", en: "Auditor" },
  operator: { zh: "运行维护", en: "Operator" },
  "data-officer": { zh: "部门数据岗", en: "Department's data officer" },
  "window-clerk": { zh: "窗口人员", en: "Window clerk" },
  helper: { zh: "助企干部", en: "Helper cadre" },
  "hotline-agent": { zh: "12345 热线坐席", en: "Agent of hotline 12345" },
};

export function roleName(role: Role, lang: Lang): string {
  return inLanguage(roles[role], lang);
}

/** Source: GB/T 2260, the prefecture-level divisions of Henan, and cities elsewhere with policies in the collection. */
const divisions: Readonly<Record<string, Bilingual>> = {
  "4101": { zh: "郑州市", en: "Zhengzhou" },
  "4102": { zh: "开封市", en: "Kaifeng" },
  "4103": { zh: "洛阳市", en: "Luoyang" },
  "4104": { zh: "平顶山市", en: "Pingdingshan" },
  "4105": { zh: "安阳市", en: "Anyang" },
  "4106": { zh: "鹤壁市", en: "Hebi" },
  "4107": { zh: "新乡市", en: "Xinxiang" },
  "4108": { zh: "焦作市", en: "Jiaozuo" },
  "4109": { zh: "濮阳市", en: "Puyang" },
  "4110": { zh: "许昌市", en: "Xuchang" },
  "4111": { zh: "漯河市", en: "Luohe" },
  "4112": { zh: "三门峡市", en: "Sanmenxia" },
  "4113": { zh: "南阳市", en: "Nanyang" },
  "4114": { zh: "商丘市", en: "Shangqiu" },
  "4115": { zh: "信阳市", en: "Xinyang" },
  "4116": { zh: "周口市", en: "Zhoukou" },
  "4117": { zh: "驻马店市", en: "Zhumadian" },
  "4190": { zh: "济源市", en: "Jiyuan" },
  "3506": { zh: "漳州市", en: "Zhangzhou" },
  "3702": { zh: "青岛市", en: "Qingdao" },
  "4211": { zh: "黄冈市", en: "Huanggang" },
  "5101": { zh: "成都市", en: "Chengdu" },
  "5103": { zh: "自贡市", en: "Zigong" },
  "4100": { zh: "河南省", en: "Henan" },
};

/** A GB/T 2260 code as the city it lies in; codes from elsewhere stay codes. */
export function regionName(code: string, lang: Lang): string {
  const name = divisions[code.slice(0, 4)];
  return name === undefined ? code : inLanguage(name, lang);
}
