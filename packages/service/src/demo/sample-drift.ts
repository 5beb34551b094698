import { type Fen, fen } from "../kernel/money.ts";
import { type Finances, peopleAfter, type Staff } from "./sample-figures.ts";
import { type Random, randomFor } from "./sample-random.ts";

/** The year as of which bodies are drawn; later ones grow out of it. */
const FIRST_YEAR = 2025;

type Moving = Readonly<{ staff: Staff; money: Finances; status: string }>;

/** What has become of a subject by a later year: people come and go, business grows or shrinks, a few close. */
export function driftTo(year: number, seed: number, number: number, first: Moving): Moving {
  let moving = first;
  for (let next = FIRST_YEAR + 1; next <= year; next += 1)
    moving = yearOn(randomFor(seed, "year", next, number), moving);
  return moving;
}

function yearOn(random: Random, { staff, money, status }: Moving): Moving {
  const isOpen = status === "在营" || status === "歇业";
  const nextStaff = staffYearOn(random, staff);
  const growth = random.skewed(1.03, 0.12);
  return {
    staff: nextStaff,
    money: moneyYearOn(random, money, growth, nextStaff.insured / staff.insured),
    status: isOpen && random.chance(0.015) ? "注销" : status,
  };
}

function staffYearOn(random: Random, { yearEnd: yearStart, fullyPaidMonths, isLabourDispatch }: Staff): Staff {
  const change = random.weighted([
    [random.int(0, 8), 60],
    [-random.int(1, 5), 25],
    [-random.int(6, 20), 15],
  ] as const);
  return {
    yearStart,
    ...peopleAfter(random, yearStart, change),
    fullyPaidMonths: fullyPaidMonths + (random.chance(0.95) ? 12 : random.int(0, 11)),
    isLabourDispatch,
  };
}

/** Wages rise by a few per cent on top of what people came and went. */
function moneyYearOn(random: Random, money: Finances, growth: number, people: number): Finances {
  const wages = people * (1.01 + 0.05 * random.next());
  const scaled = (amount: Fen, factor: number, unit: number) =>
    fen(BigInt(Math.max(1, Math.round((Number(amount) / unit) * factor))) * BigInt(unit));
  return {
    revenue: scaled(money.revenue, growth, 10_000),
    totalAssets: scaled(money.totalAssets, 1 + (growth - 1) / 2, 10_000),
    employerPremium: scaled(money.employerPremium, wages, 1),
    employeePremium: scaled(money.employeePremium, wages, 1),
    arrears: random.chance(0.8) ? money.arrears : fen(random.chance(0.07) ? random.int(10_000, 3_000_000) : 0),
  };
}
