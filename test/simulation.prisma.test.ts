import { afterAll, expect, test } from "vitest";
import { openTestStore } from "../packages/service/src/platform/testing.prisma.ts";
import { live } from "./simulation/life.ts";
import type { Lived } from "./simulation/world.ts";
import { faults } from "./unruly-bank/faults.ts";

/** A thousand days where the same seed gives the same life; on a server two sessions race besides, and no life repeats. */
const onServer = Boolean(process.env.APPLY_FREE_TEST_SERVER);
const lives = onServer ? 2 : 4;
const days = Number(process.env.SIMULATION_DAYS ?? (onServer ? 120 : 250));
const seeds = Array.from({ length: lives }, (_, nth) => Number(process.env.SIMULATION_SEED ?? 1) + nth);
const lived: Lived[] = [];

test.each(seeds)(
  `${days} days with two instances whose power fails and a careless bank (seed %i): each firm is paid once, the books close to the fen`,
  {
    timeout: 3_600_000,
  },
  async (seed) => {
    const store = await openTestStore();
    try {
      const life = await live(store, { seed, days });
      expect(life.paid).toBe(life.firms);
      expect(life.attempts).toBeGreaterThan(life.firms);
      lived.push(life);
    } finally {
      await store.close();
    }
  },
);

// Only where every life can be lived again, since which places two racing sessions pass is up to them; and only
// when it is long enough to come past every place.
if (!onServer && lives * days >= 1_000) {
  test("in these lives the power failed at every place where it can, and the bank made every mistake", () => {
    const cut = new Set(lived.flatMap(({ places, neverCut }) => places.filter((place) => !neverCut.includes(place))));
    const spared = new Set(lived.flatMap(({ neverCut }) => neverCut).filter((place) => !cut.has(place)));
    expect([...spared]).toEqual([]);
    expect(cut.size).toBeGreaterThan(90);
    const happened = new Set(lived.flatMap((life) => life.happened));
    expect([...happened].sort()).toEqual([...faults, "unreached", "reply-lost"].sort());
  });
}

afterAll(() => {
  const sum = (pick: (life: Lived) => number) => lived.reduce((total, life) => total + pick(life), 0);
  process.stderr.write(
    `${sum((life) => life.days)} days, ${sum((life) => life.cuts)} power cuts, ${sum((life) => life.attempts)} payments for ` +
      `${sum((life) => life.firms)} firms: 0 paid twice, 0 not paid, books closed\n`,
  );
});
