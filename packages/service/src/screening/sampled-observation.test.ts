import { expect, test } from "vitest";
import { sources } from "../facts/testing.fs.ts";
import { creditCodeCheckDigit } from "../kernel/credit-code.ts";
import { observe, type Said } from "./observation.ts";
import { isInSample, sampleOf, WHOLE } from "./sample.ts";
import { observingSample } from "./sampled-observation.ts";

const source = sources.get("tax");
if (!source) throw new Error("no source tax");
const rows = { rowsGood: 1, rowsBad: 0 };

/** As many firms, each with two facts. */
function saidOf(firms: number): Said[] {
  return Array.from({ length: firms }, (_, number) => {
    const first17 = `91410105MX${String(number).padStart(7, "0")}`;
    const firmCode = first17 + creditCodeCheckDigit(first17);
    return [
      { firmCode, id: "fin.revenue", value: String(number) },
      { firmCode, id: "tax.evasion3y", value: number % 2 === 0 },
    ];
  }).flat();
}

function observedOf(said: readonly Said[], firms: number) {
  const observer = observingSample(source as NonNullable<typeof source>);
  for (let start = 0; start < said.length; start += 1_000) observer.see(said.slice(start, start + 1_000));
  const sample = observer.narrowTo(firms);
  return { sample, observation: observer.observed(rows) };
}

const wholeOf = (said: readonly Said[], firms: number) => {
  const kept = said.filter(({ firmCode }) => isInSample(firmCode, sampleOf(firms)));
  return observe(source, { ...rows, said: kept });
};

test("few firms are all looked at", () => {
  const said = saidOf(1_000);
  expect(observedOf(said, 1_000).observation).toEqual(wholeOf(said, 1_000));
});

test("of many firms those are looked at that a sample taken at once would have, and no others are remembered", () => {
  const said = saidOf(WHOLE + 2_000);
  const { sample, observation } = observedOf(said, WHOLE + 2_000);
  expect(sample).toEqual({ ending: "7", ofEvery: 31 });
  expect(observation).toEqual(wholeOf(said, WHOLE + 2_000));
  expect(observation.firms.size).toBeLessThan(WHOLE / 20);
});

test("a small delivery after a large one is looked at in the sample of the large one", () => {
  const said = saidOf(3_000);
  expect(observedOf(said, WHOLE * 40)).toMatchObject({
    sample: { ending: "37" },
    observation: { firms: wholeOf(said, WHOLE * 40).firms },
  });
});

test("every sample lies within the one before it, so that narrowing forgets and never misses", () => {
  const endings = [1, WHOLE + 1, WHOLE * 31 + 1, Number.MAX_SAFE_INTEGER].map((firms) => sampleOf(firms).ending);
  expect(endings).toEqual(["", "7", "37", "37"]);
});
