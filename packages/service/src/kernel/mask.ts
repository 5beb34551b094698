import { isPersonCode } from "./subject-code.ts";

/**
 * How identifying values are shown to eyes that need not know them in full. Published lists and
 * the auditor's pages use the same masks, so that what is hidden here is hidden there too.
 */

const HIDDEN = "****";

/** The last four digits, enough for the payee to recognise the account. `"6222…8888"` → `"****8888"`. */
export function maskAccountNo(accountNo: string): string {
  return accountNo.length > 8 ? HIDDEN + accountNo.slice(-4) : HIDDEN;
}

/**
 * A unified social credit code: what kind of body, where it was registered, and for companies the
 * last two characters. Individual businesses (92…) stand for one person and keep no tail; nor do
 * registration numbers of 15 digits, which they alone still have: those keep the place.
 */
export function maskSubjectCode(code: string): string {
  if (isPersonCode(code)) return HIDDEN;
  const head = code.slice(0, code.length === 15 ? 6 : 8);
  const tail = code.length === 15 || code.startsWith("92") ? "" : code.slice(-2);
  return head + "*".repeat(code.length - head.length - tail.length) + tail;
}

/** The family name's first character, for who knows the person already: `张小明` → `张**`. */
export function maskPersonName(name: string): string {
  const [first = "", ...others] = [...name.trim()];
  return first + "*".repeat(Math.max(1, others.length));
}

/**
 * A firm's name reduced to its place and its legal form: `郑州星河科技有限公司` → `郑州****有限公司`.
 * Everything between is hidden, because the names of shops, studios and law firms often are
 * people's names. What is not known to be a place or a form is hidden: `张三` → `****`.
 */
export function maskFirmName(name: string): string {
  const plain = name.trim();
  const form = forms.find((candidate) => plain.endsWith(candidate)) ?? "";
  const proper = plain.slice(0, plain.length - form.length);
  if (proper === "") return HIDDEN;
  return placeAtStartOf(proper) + HIDDEN + form;
}

function placeAtStartOf(text: string): string {
  let end = 0;
  for (let place = leadingPlace(text); place !== ""; place = leadingPlace(text.slice(end))) end += place.length;
  // A name that is nothing but a place would be shown whole.
  return end < text.length ? text.slice(0, end) : "";
}

function leadingPlace(text: string): string {
  const place = places.find((candidate) => text.startsWith(candidate));
  if (!place) return "";
  const next = text.charAt(place.length);
  return place + ("省市县区".includes(next) ? next : "");
}

/** Legal forms and kinds of premises. */
const forms = longestFirst(`
  股份有限公司 有限责任公司 有限公司 集团有限公司 分公司 个人独资企业 合伙企业（有限合伙） 合伙企业（普通合伙）
  农民专业合作社 专业合作社 联合社 律师事务所 会计师事务所 事务所 基金会 协会 商会 学会 联合会 促进会 研究院 研究所
  （个体工商户） (个体工商户) 服务中心 中心 学校 幼儿园 医院 工作室 经营部 服务部 门市部 商店 超市 商行 饭店 餐馆 药店
  小吃店 店 厂 行`);

/** The province, its cities, and districts behind them. Source: GB/T 2260, 410000. */
const places = longestFirst(`
  河南 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源
  中原区 二七区 管城回族区 管城区 金水区 上街区 惠济区 郑东新区 中牟县 巩义市 荥阳市 新密市 新郑市 登封市
  文峰区 北关区 殷都区 龙安区 安阳县 汤阴县 滑县 内黄县 林州市 红旗区 卫滨区 凤泉区 牧野区 新乡县 获嘉县 原阳县
  延津县 封丘县 卫辉市 辉县市 长垣市 驿城区`);

function longestFirst(words: string): readonly string[] {
  return words
    .trim()
    .split(/\s+/)
    .sort((a, b) => b.length - a.length);
}
