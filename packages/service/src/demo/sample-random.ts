import { sha256 } from "../kernel/digest.ts";

/** Numbers that look random and are the same for the same seed, on every machine. */
export type Random = Readonly<{
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number between the two, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the items, as often as its weight says. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item;
  /** Positive, skewed to the right: half of the values lie below `median`. */
  skewed(median: number, spread: number): number;
  shuffled<Item>(items: readonly Item[]): Item[];
}>;

/**
 * A stream of its own for each purpose, so that drawing one more number for one thing leaves all
 * other things as they were. The generator is sfc32.
 */
export function randomFor(seed: number, ...purpose: readonly (string | number)[]): Random {
  const hash = sha256([seed, ...purpose].join("/"));
  let [a = 0, b = 0, c = 0, counter = 1] = [0, 8, 16, 24].map((at) => Number.parseInt(hash.slice(at, at + 8), 16) | 0);
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    weighted<Item>(items: readonly (readonly [Item, number])[]): Item {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items)[0];
    },
    skewed(median, spread) {
      // Twelve uniform draws sum to nearly a normal one; Math.log and Math.cos differ between engines.
      let normal = -6;
      for (let draw = 0; draw < 12; draw += 1) normal += next();
      return median * 2 ** (normal * spread);
    },
    shuffled<Item>(items: readonly Item[]): Item[] {
      const order = items.map((item) => ({ item, key: next() }));
      return order.sort((left, right) => left.key - right.key).map(({ item }) => item);
    },
  };
}
