/**
 * How identifying values are shown to eyes that need not know them in full. Published lists and
 * the auditor's pages use the same masks, so that what is hidden here is hidden there too.
 */

const STARS = "****";

/** The last four digits, enough for the payee to recognise the account. `"6222…8888"` → `"****8888"`. */
export function maskAccountNo(accountNo: string): string {
  return accountNo.length > 8 ? STARS + accountNo.slice(-4) : STARS;
}

/**
 * A unified social credit code: what kind of body, where it was registered, and for companies the
 * last two characters. Individual businesses (92…) stand for one person and keep no tail.
 */
export function maskCreditCode(code: string): string {
  return code.startsWith("92") ? `${code.slice(0, 8)}**********` : `${code.slice(0, 8)}********${code.slice(-2)}`;
}

/**
 * A firm's name reduced to its place and its legal form: `郑州星河科技有限公司` → `郑州****有限公司`.
 * Everything between is hidden, because the names of shops, studios and law firms often are
 * people's names. What is not known to be a place or a form is hidden: `张三` → `****`.
 */
export function maskFirmName(name: string): string {
  const plain = name.trim();
  const form = forms.find((candidate) => plain.endsWith(candidate)) ?? "";
  const rest = plain.slice(0, plain.length - form.length);
  return placeAtStartOf(rest) + STARS + form;
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
  const suffix = ["自治区", "省", "市", "县", "区"].find((candidate) => text.startsWith(candidate, place.length)) ?? "";
  return place + suffix;
}

/** Legal forms and kinds of premises, longest first so that the whole form is kept. */
const forms = byLength([
  ..."股份有限公司 有限责任公司 有限公司 集团有限公司 分公司 合伙企业（有限合伙） 合伙企业（普通合伙） 个人独资企业".split(
    " ",
  ),
  ..."农民专业合作社 专业合作社 联合社 律师事务所 会计师事务所 事务所 基金会 协会 商会 学会 联合会 促进会 研究院 医院".split(
    " ",
  ),
  ..."服务中心 研究所 中心 学校 幼儿园 工作室 经营部 服务部 门市部 商店 超市 商行 饭店 餐馆 药店 小吃店 店 厂 行".split(
    " ",
  ),
]);

/** Henan and its cities; a county is recognised behind its city. Source: GB/T 2260. */
const places = byLength([
  ..."河南 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源".split(" "),
  ..."中原区 二七区 管城回族区 管城区 金水区 上街区 惠济区 中牟县 巩义市 荥阳市 新密市 新郑市 登封市 郑东新区".split(
    " ",
  ),
  ..."文峰区 北关区 殷都区 龙安区 红旗区 卫滨区 凤泉区 牧野区 驿城区 长垣市 林州市 滑县 汤阴县 内黄县 卫辉市 辉县市".split(
    " ",
  ),
]);

function byLength(words: readonly string[]): readonly string[] {
  return words.toSorted((a, b) => b.length - a.length);
}
