import { type Clock, today } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { type ByteSource, type FileSurvey, toByteSource } from "./byte-source.ts";
import type { DeliverySource } from "./delivery-source.ts";
import { surveyOf } from "./survey-file.ts";

/** `bytes` read of the file, then `rows` settled beside the register. */
export type OnProgress = (what: "bytes" | "rows", done: number, all: number) => void;

export type DeliveryFile = Readonly<{
  sourceId: string;
  fileName: string;
  bytes: Uint8Array | ByteSource;
  /** The day that the file speaks of; unknown means the day it arrived. */
  asOf?: Day | undefined;
  /** Holds only some firms: absence says nothing. */
  isPartial?: boolean;
  importedBy: string;
  /** Hears how far a large file is. */
  onProgress?: OnProgress | undefined;
}>;

/** A file that is kept as it arrived, because people have a word to say before it is believed. */
export type KeptFile = Readonly<{
  id: string;
  sourceId: string;
  fileName: string;
  sha256: string;
  asOf: Day;
  isPartial: boolean;
  arrivedAt: Date;
  importedBy: string;
}>;

/** A file of which no row has been read yet: whose it is, of which day, and what only the whole of it tells. */
export type ResolvedDelivery = Readonly<{ source: DeliverySource; asOf: Day; now: Date }> & FileSurvey;

type ResolveDeps = Readonly<{ clock: Clock; sources: ReadonlyMap<string, DeliverySource> }>;

/** @throws DomainError delivery-source-unknown | bad-input */
export async function resolveDelivery(deps: ResolveDeps, file: DeliveryFile): Promise<ResolvedDelivery> {
  const [source, asOf] = [sourceOf(deps, file.sourceId), asOfOf(deps, file)];
  return { source, asOf, now: deps.clock.now(), ...(await surveyOf(toByteSource(file.bytes))) };
}

function sourceOf({ sources }: ResolveDeps, sourceId: string): DeliverySource {
  const source = sources.get(sourceId);
  if (source) return source;
  const known = [...sources.keys()].join(", ");
  throw new DomainError(
    "delivery-source-unknown",
    `没有来源“${sourceId}”。No source "${sourceId}"; one of: ${known}.`,
    { sourceId },
  );
}

function asOfOf({ clock }: ResolveDeps, { asOf }: DeliveryFile): Day {
  const now = today(clock);
  if (asOf === undefined || asOf <= now) return asOf ?? now;
  throw new DomainError("bad-input", `数据日期${asOf}在将来。The as-of day ${asOf} lies in the future.`, { asOf });
}
