import type { DeliverySource } from "../facts/delivery-source.ts";
import { type Observer, observing, type Said } from "./observation.ts";
import { isInSample, narrower, type Sample, sampleOf, WHOLE } from "./sample.ts";

/** An observer that needs the same memory for a village and for a nation. */
export type SampledObserver = Omit<Observer, "firmCount" | "keepOnly"> &
  Readonly<{
    /** Looks at the firms that suit this many, and tells which they are. */
    narrowTo(firms: number): Sample;
  }>;

/**
 * Looks at all firms while they are few, and from then on at those that stand for them: what does not
 * belong to the smaller sample is forgotten, and who belongs to it was always looked at.
 */
export function observingSample(source: DeliverySource): SampledObserver {
  const { see, firmCount, keepOnly, observed } = observing(source);
  let sample = sampleOf(0);
  const narrow = (to: Sample) => {
    sample = to;
    keepOnly((firmCode) => isInSample(firmCode, to));
  };
  return {
    observed,
    see(said) {
      see(said.filter(({ firmCode }) => isInSample(firmCode, sample)).map(detached));
      if (firmCount() > WHOLE && narrower(sample) !== sample) narrow(narrower(sample));
    },
    narrowTo(firms) {
      const wanted = sampleOf(firms);
      if (wanted.ofEvery > sample.ofEvery) narrow(wanted);
      return sample;
    },
  };
}

/** A code that was cut out of a text holds on to all of it; a copy does not. */
function detached({ firmCode, id, value }: Said): Said {
  return { firmCode: Buffer.from(firmCode).toString(), id, value };
}
