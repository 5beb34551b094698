import Fraction from "fraction.js";
import { concatenate, extreme, map, overList } from "../formula/collection.ts";
import { alternativesOf, becauseOf, list, num, union, type Value } from "../formula/value.ts";
import { ZERO } from "./conditional.ts";

export type Awards = ReadonlyMap<string, Value>;

/** Title or level → 元 of a full award. */
export function awardsOf(table: Readonly<Record<string, string>>): Awards {
  return new Map(Object.entries(table).map(([level, amount]) => [level, num(new Fraction(amount))]));
}

/** The award of the highest title of a list; zero when none of them is in the table. */
export function highestAward(titles: Value, awards: Awards): Value {
  return overList(titles, (all) => {
    const earned = map(all, (each) => awardOf(each, awards));
    return extreme("max", concatenate(list([{ value: ZERO }]), earned));
  });
}

/** A title that the table lacks earns nothing. */
function awardOf(title: Value, awards: Awards): Value {
  const choices = alternativesOf(title);
  if (!choices) return union([...awards.values(), ZERO], becauseOf(title));
  const amounts = choices.map((each) => (each.kind === "text" ? awards.get(each.text) : undefined) ?? ZERO);
  return union(amounts, becauseOf(title));
}
