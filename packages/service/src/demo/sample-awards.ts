import { addDays, type Day } from "../kernel/day.ts";
import { type Fen, fen } from "../kernel/money.ts";
import type { SampleBody, SampleSize } from "./sample-body.ts";
import { type Random, randomFor } from "./sample-random.ts";

/** Titles, recognitions and earlier payments of an invented firm. */
export type SampleAwards = Readonly<{
  titles: readonly SampleTitle[];
  /** On-site check; only title holders are visited. */
  operatesNormally: boolean;
  hte: Readonly<{ firstYear: number; regionCode: string; salesPrevYear: Fen }> | undefined;
  ledger: readonly SamplePayment[];
}>;

export type SampleTitle = Readonly<{ title: string; recognisedOn: Day; expiresOn: Day | null }>;
export type SamplePayment = Readonly<{ category: string; amount: Fen; paidOn: Day }>;

export const noAwards: SampleAwards = { titles: [], operatesNormally: true, hte: undefined, ledger: [] };

/** The ladder of titles with what each is worth, 元. Source: 郑政文〔2022〕126号, list of awards. */
const ladder = [
  ["省级智能车间", 300_000],
  ["省级智能工厂", 500_000],
  ["省级智能制造标杆", 1_000_000],
  ["国家级智能制造应用场景", 1_000_000],
  ["国家级智能制造示范工厂", 3_000_000],
] as const;

/** Titles go to some manufacturers of Zhengzhou, first recognitions to some of its tech firms. */
export function awardsOf(size: SampleSize, bodies: readonly SampleBody[]): (body: SampleBody) => SampleAwards {
  const random = randomFor(size.seed, "awards");
  const local = bodies.filter(({ regionCode, status }) => regionCode.startsWith("4101") && status === "在营");
  const company = local.filter(({ subjectType }) => subjectType === "企业");
  const makers = random.shuffled(company.filter(({ trade }) => trade.isManufacturing));
  const tech = random.shuffled(company.filter(({ trade }) => trade.isTech));
  const titled = new Set(makers.slice(0, Math.round(size.count * 0.068)).map(({ number }) => number));
  const recognised = new Set(tech.slice(0, Math.round(size.count * 0.088)).map(({ number }) => number));
  return (body) => {
    const own = randomFor(size.seed, "awards", body.number);
    const other = own.chance(0.05) ? [otherPayment(own, size.start)] : [];
    const title = titled.has(body.number) ? titleAwards(own, size.start) : {};
    const hte = recognised.has(body.number) ? recognitionOf(own, body) : undefined;
    const awards: SampleAwards = { ...noAwards, ...title, hte };
    return { ...awards, ledger: [...awards.ledger, ...other] };
  };
}

/** Most hold one title that is not paid yet; some climbed and were paid for the lower one; a few were paid in full. */
function titleAwards(random: Random, start: Day): Pick<SampleAwards, "titles" | "operatesNormally" | "ledger"> {
  const story = random.weighted([
    ["new", 52],
    ["climbed", 30],
    ["paid", 10],
    ["closed", 8],
  ] as const);
  const place = random.weighted([
    [0, 40],
    [1, 30],
    [2, 12],
    [3, 12],
    [4, 6],
  ] as const);
  const high = Math.max(place, story === "climbed" ? 1 : 0);
  const low = high === 1 ? 0 : random.int(0, 1);
  const recognisedOn = addDays(start, -random.int(40, 260));
  const titles = [titleAt(high, recognisedOn)];
  if (story === "climbed") titles.unshift(titleAt(low, addDays(recognisedOn, -random.int(400, 700))));
  const paidPlace = story === "climbed" ? low : story === "paid" ? high : undefined;
  const ledger = paidPlace === undefined ? [] : [titlePayment(paidPlace, addDays(start, -random.int(10, 30)), story)];
  return { titles, operatesNormally: story !== "closed", ledger };
}

function titleAt(place: number, recognisedOn: Day): SampleTitle {
  const expiresOn = place >= 3 ? null : addDays(recognisedOn, 3 * 365);
  return { title: ladder[place]?.[0] ?? ladder[0][0], recognisedOn, expiresOn };
}

function titlePayment(place: number, recently: Day, story: string): SamplePayment {
  const amount = fen((ladder[place]?.[1] ?? 0) * 100);
  return { category: "智能制造称号奖励", amount, paidOn: story === "paid" ? recently : addDays(recently, -380) };
}

/** Around the steps of the policy, 200万 and 1000万, with some exactly on them. */
function recognitionOf(random: Random, { regionCode }: SampleBody): SampleAwards["hte"] {
  const hundreds = random.weighted([
    [random.int(3_000, 19_999), 30],
    [random.int(20_000, 99_999), 40],
    [random.int(100_000, 2_000_000), 26],
    [20_000, 2],
    [100_000, 2],
  ] as const);
  return {
    firstYear: random.weighted([
      [random.int(2019, 2021), 74],
      [random.int(2022, 2024), 16],
      [random.int(2012, 2018), 10],
    ] as const),
    regionCode: random.chance(0.06) ? "410302" : regionCode,
    salesPrevYear: fen(BigInt(hundreds) * 10_000n),
  };
}

function otherPayment(random: Random, start: Day): SamplePayment {
  const paidOn = addDays(start, -random.int(100, 900));
  return { category: "研发费用补助", amount: fen(random.int(20, 900) * 100_000), paidOn };
}
