import { type Constraint, keepsOne } from "./constraint.ts";
import { largestPayment, somePatience } from "./largest-payment.ts";
import { deducts } from "./limit.ts";

/** So many ways to choose are tried, where choices meet deductions. */
const MOST_WAYS = 500;

/**
 * The best payment of parts that rules connect: the largest total; among equals more for the earlier.
 * Nothing is forgone to enlarge something else that could be claimed all the same the next day: what
 * deducts others is subsidiary, so that they are granted first and as far as they can be; and of 就高
 * the highest is not left for a lower one. Which of several that exclude each other is taken is free.
 *
 * @param open the most of each part, in 分
 * @param depths of each part: how many deductions lie below it
 * @returns `undefined` when the rules are too entangled to be settled
 */
export function settleComponent(
  open: readonly bigint[],
  constraints: readonly Constraint[],
  depths: readonly number[],
): readonly bigint[] | undefined {
  const sums = constraints.flatMap(({ sum }) => sum ?? []);
  const choices = constraints.flatMap(({ choice }) => (choice ? [choice] : []));
  const isFlat = new Set(depths).size <= 1;
  const isFree = constraints.every(({ choice, limit }) => !choice || limit.rule.kind !== "highest");
  if (isFlat && isFree) return largestPayment({ most: open, sums, choices });
  const ways = choices.reduce((product, sides) => product * sides.length, 1);
  if (ways > MOST_WAYS) return undefined;
  const patience = somePatience();
  let best: readonly bigint[] | undefined;
  for (const most of waysThrough(open, choices)) {
    const paid = largestPayment({ most, sums, choices, levels: depths }, patience);
    if (!paid) return undefined;
    if (!canBeClaimed(paid, open, constraints) && (!best || isBetter(paid, best))) best = paid;
  }
  return best;
}

/** For each way to choose, what may be paid at most. */
function waysThrough(
  open: readonly bigint[],
  choices: readonly (readonly (readonly number[])[])[],
): (readonly bigint[])[] {
  const [choice, ...rest] = choices;
  if (!choice) return [open];
  return choice.flatMap((kept) => {
    const others = new Set(choice.flat().filter((part) => !kept.includes(part)));
    return waysThrough(
      open.map((fen, part) => (others.has(part) ? 0n : fen)),
      rest,
    );
  });
}

/** Whether, once this is paid, something that was left out could be had all the same. */
function canBeClaimed(paid: readonly bigint[], open: readonly bigint[], constraints: readonly Constraint[]): boolean {
  return paid.some((fen, part) => {
    if (fen > 0n || (open[part] ?? 0n) === 0n) return false;
    const more = paid.with(part, 1n);
    return constraints.every((each) => keepsOne(each, more) || !holdsBack(each, part, paid, constraints));
  });
}

/** A deduction holds back only what deducts; of 就高, one that is paid holds back only what is not higher. */
function holdsBack(
  { limit, sum, choice }: Constraint,
  part: number,
  paid: readonly bigint[],
  constraints: readonly Constraint[],
): boolean {
  if (deducts(limit.rule)) return sum?.when?.includes(part) ?? false;
  if (!choice || limit.rule.kind !== "highest") return true;
  const inLimit = constraints.filter((each) => each.limit === limit && each.standardFen !== undefined);
  const isAmong = ({ sum: own }: Constraint, isMeant: (place: number) => boolean) =>
    [...(own?.weights.keys() ?? [])].some(isMeant);
  const rest = inLimit.find((each) => isAmong(each, (place) => place === part))?.sum?.bound ?? 0n;
  const granted = inLimit.filter((each) => isAmong(each, (place) => (paid[place] ?? 0n) > 0n));
  return granted.reduce((sumSoFar, { standardFen = 0n }) => sumSoFar - standardFen, rest) < 1n;
}

function isBetter(a: readonly bigint[], b: readonly bigint[]): boolean {
  const total = (paid: readonly bigint[]) => paid.reduce((sum, fen) => sum + fen, 0n);
  if (total(a) !== total(b)) return total(a) > total(b);
  const at = a.findIndex((fen, part) => fen !== b[part]);
  return at !== -1 && (a[at] ?? 0n) > (b[at] ?? 0n);
}
