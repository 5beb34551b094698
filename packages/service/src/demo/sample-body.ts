import { type CreditCode, creditCodeCheckDigit, organisationCheckDigit } from "../kernel/credit-code.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import { driftTo } from "./sample-drift.ts";
import { places, type Subject, subjects, syllables, type Trade, trades } from "./sample-economy.ts";
import { type Finances, peopleAfter, type Staff } from "./sample-figures.ts";
import { type Random, randomFor } from "./sample-random.ts";

export type SampleSize = Readonly<{
  /** A few natural persons beside the firms. */
  withPersons?: boolean;
  seed: number;
  count: number;
  /** The day on which the story starts; what departments know is a few days older. */
  start: Day;
}>;

/** What is true of an invented subject, awards aside. */
export type SampleBody = Readonly<{
  /** From 1. */
  number: number;
  code: CreditCode;
  name: string;
  email: string;
  subjectType: string;
  status: string;
  /** GB/T 2260 */
  regionCode: string;
  trade: Trade;
  relocatedOn: Day | null;
  isAbnormal: boolean;
  isDishonest: boolean;
  hadAccident: boolean;
  evadedTax: boolean;
  staff: Staff;
  money: Finances;
  account: SampleAccount | undefined;
}>;

export type SampleAccount = Readonly<{ accountNo: string; bankName: string; bankCode: string }>;

/** The invented subject with this number: the same one for the same seed, however many there are. */
export function sampleBody({ seed, start }: SampleSize, number: number): SampleBody {
  const random = randomFor(seed, "firm", number);
  const subject = random.weighted(subjects);
  const { regionCode, city } = random.weighted(places);
  const trade = random.weighted(trades);
  const staff = staffOf(random);
  const first = {
    number,
    code: creditCodeOf(subject.prefix, regionCode, number),
    name: nameOf(city, trade, subject, number),
    email: `firm-${String(number).padStart(4, "0")}@firms.example`,
    subjectType: subject.type,
    status: random.weighted(statuses),
    regionCode,
    trade,
    relocatedOn: city === "郑州" && random.chance(0.04) ? addDays(start, -random.int(60, 1500)) : null,
    isAbnormal: random.chance(0.03),
    isDishonest: random.chance(0.015),
    hadAccident: random.chance(0.01),
    evadedTax: random.chance(0.01),
    staff,
    money: financesOf(random, trade, staff),
    account: random.chance(0.98) ? accountOf(random, city, number) : undefined,
  };
  return { ...first, ...driftTo(Number(start.slice(0, 4)), seed, number, first) };
}

const statuses = [
  ["在营", 96],
  ["歇业", 2],
  ["注销", 1],
  ["吊销", 1],
] as const;

function staffOf(random: Random): Staff {
  const yearStart = Math.max(1, Math.round(random.skewed(15, 2)));
  const change = random.weighted([
    [random.int(0, 12), 55],
    [-random.int(1, 5), 18],
    [-random.int(6, 30), 27],
  ] as const);
  return {
    yearStart,
    ...peopleAfter(random, yearStart, change),
    fullyPaidMonths: random.chance(0.36) ? random.int(0, 11) : random.int(12, 180),
    isLabourDispatch: random.chance(0.03),
  };
}

/** Source of the rates: 失业保险 in Henan, 0.7 % employer and 0.3 % employee. */
function financesOf(random: Random, { revenuePerHead }: Trade, { yearEnd, insured }: Staff): Finances {
  const wagesYuan = insured * random.int(48_000, 96_000);
  const revenueHundreds = Math.round(random.skewed((yearEnd * revenuePerHead) / 100, 0.7));
  const assetsHundreds = Math.round(revenueHundreds * (0.4 + 1.2 * random.next()));
  return {
    revenue: fen(BigInt(revenueHundreds) * 10_000n),
    totalAssets: fen(BigInt(assetsHundreds) * 10_000n),
    employerPremium: fen((BigInt(wagesYuan) * 100n * 7n) / 1000n + BigInt(random.int(0, 99))),
    employeePremium: fen((BigInt(wagesYuan) * 100n * 3n) / 1000n + BigInt(random.int(0, 99))),
    arrears: fen(random.chance(0.07) ? random.int(10_000, 3_000_000) : 0),
  };
}

/**
 * A credit code that is valid in both layers and belongs to nobody: organisation codes are not
 * issued in the series MX. Source: GB 32100-2015, GB 11714-1997.
 */
function creditCodeOf(prefix: string, regionCode: string, number: number): CreditCode {
  const organisation = `MX${sixCharacters(number)}`;
  const first17 = `${prefix}${regionCode}${organisation}${organisationCheckDigit(organisation)}`;
  return `${first17}${creditCodeCheckDigit(first17)}` as CreditCode;
}

/** A number below a million in digits; above, in letters and digits, none of which begins with a digit. */
function sixCharacters(number: number): string {
  if (number < 1_000_000) return String(number).padStart(6, "0");
  let rest = number - 1_000_000;
  let text = "";
  for (let place = 0; place < 5; place += 1) {
    text = `${characters.charAt(rest % characters.length)}${text}`;
    rest = Math.floor(rest / characters.length);
  }
  return `${characters.charAt(10 + rest)}${text}`;
}
const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Invented words, made unique by writing the number in syllables, and the word for "sample" in each. */
function nameOf(city: string, { word }: Trade, { ending }: Subject, number: number): string {
  const base = syllables.length;
  const syllable = (value: number) => syllables[value % base] ?? "";
  const written = (value: number): string => (value === 0 ? "" : syllable(value) + written(Math.floor(value / base)));
  const [high, top] = [Math.floor(number / base), Math.floor(number / base / base)];
  const invented = `${syllable(number)}${syllable(number + 7 + high * 5)}${written(top)}`;
  return `${city}${invented}示例${ending.length > 4 && !ending.endsWith("公司") ? "" : word}${ending}`;
}

function accountOf(random: Random, city: string, number: number): SampleAccount {
  const bank = random.int(1, 5);
  return {
    accountNo: `9${bank}00${String(random.int(0, 99_999_999)).padStart(8, "0")}${String(number).padStart(7, "0")}`,
    bankName: `示例${["第一", "第二", "第三", "第四", "第五"][bank - 1]}银行${city}分行`,
    bankCode: `99${bank}491000${String(random.int(0, 999)).padStart(3, "0")}`,
  };
}
