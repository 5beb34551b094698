import { Buffer } from "node:buffer";
import type { ColumnImage, TableImage } from "@apply-free/rules";
import { z } from "zod";
import { sha256 } from "../kernel/digest.ts";

/** All firms as columns on one day, without the policies they were read for. */
export type KeptFirms = Readonly<{
  image: TableImage;
  /** Row of each firm in the image; the other lists are in the same order. */
  rows: Int32Array;
  codes: readonly string[];
  regions: readonly string[];
  /** The first day on which time alone may change an answer about it; empty where none does. */
  dueOn: readonly string[];
  /** Forebear → those who carry its history on. */
  heirs: ReadonlyMap<string, ReadonlySet<string>>;
  /** How the policies that it was read for depend on the day. */
  uses: readonly string[];
}>;

/** How far in the journal the firms go, and on what they rest. */
export type Placed = Readonly<{
  /** Engine, format and vocabulary; other ones mean other codes. */
  ground: string;
  /** Versions of the policies in force. */
  versions: string;
  mark: bigint;
  /** Hash of the seal at the mark: the journal that it was read from, and no other. */
  sealHash: string;
  /** Events behind the mark that were taken in before they were sealed. */
  seen: readonly string[];
}>;

export type Snapshot = Readonly<{ firms: KeptFirms; placed: Placed }>;

const headerSchema = z.object({
  asOf: z.string(),
  columns: z.array(z.object({ key: z.string(), questions: z.array(z.string()), signatures: z.array(z.string()) })),
  planes: z.number().int().nonnegative(),
  blocks: z.number().int().nonnegative(),
  firms: z.number().int().nonnegative(),
  regions: z.array(z.string()),
  days: z.array(z.string()),
  heirs: z.array(z.tuple([z.string(), z.array(z.string())])),
  uses: z.array(z.string()),
  placed: z.object({
    ground: z.string(),
    versions: z.string(),
    mark: z.string(),
    sealHash: z.string(),
    seen: z.array(z.string()),
  }),
});

/** Bytes of one plane of a block; a block of the image is whole planes. */
const PLANE_BYTES = 512;
/** Length of a SHA-256 in hex. */
const DIGEST = 64;

/** A digest of all that follows, a line that says what it is, and the columns as they lie in memory. */
export function written({ firms, placed }: Snapshot): Buffer {
  const { image, rows, codes, heirs, uses } = firms;
  const regions = dictionary(firms.regions);
  const days = dictionary(firms.dueOn);
  const header: z.input<typeof headerSchema> = {
    asOf: image.asOf,
    columns: image.columns.map(({ key, questions, signatures }) => ({
      key,
      questions: [...questions],
      signatures: [...signatures],
    })),
    planes: (image.blocks[0]?.byteLength ?? 0) / PLANE_BYTES,
    blocks: image.blocks.length,
    firms: codes.length,
    regions: regions.entries,
    days: days.entries,
    heirs: [...heirs].map(([code, each]) => [code, [...each]]),
    uses: [...uses],
    placed: { ...placed, mark: String(placed.mark), seen: [...placed.seen] },
  };
  const parts = [
    Buffer.from(`${JSON.stringify(header)}\n`),
    Buffer.from(`${codes.join(" ")}\n`),
    bytesOf(rows),
    bytesOf(regions.places),
    bytesOf(days.places),
    ...image.blocks.map(bytesOf),
  ];
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(`${sha256(content)}\n`), content]);
}

/** @returns `undefined` for what is not whole, or was written otherwise */
export function readSnapshot(bytes: Uint8Array): Snapshot | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = whole.subarray(DIGEST + 1);
  if (whole.length <= DIGEST || whole.toString("latin1", 0, DIGEST) !== sha256(content)) return undefined;
  const endOfHeader = content.indexOf("\n");
  const parsed = headerSchema.safeParse(jsonIn(content.toString("utf8", 0, endOfHeader)));
  if (!parsed.success) return undefined;
  const { asOf, columns, planes, blocks, firms, regions, days, heirs, uses, placed } = parsed.data;
  const endOfCodes = content.indexOf("\n", endOfHeader + 1);
  const codes = firms === 0 ? [] : content.toString("utf8", endOfHeader + 1, endOfCodes).split(" ");
  const rest = new Words(content, endOfCodes + 1);
  const rows = rest.next(firms);
  const regionOf = rest.next(firms);
  const dayOf = rest.next(firms);
  const image = {
    asOf,
    columns: columns satisfies readonly ColumnImage[],
    blocks: Array.from({ length: blocks }, () => rest.next((planes * PLANE_BYTES) / 4)),
  };
  const kept: KeptFirms = {
    image,
    rows,
    codes,
    regions: Array.from(regionOf, (place) => regions[place] ?? ""),
    dueOn: Array.from(dayOf, (place) => days[place] ?? ""),
    heirs: new Map(heirs.map(([code, each]) => [code, new Set(each)])),
    uses,
  };
  return { firms: kept, placed: { ...placed, mark: BigInt(placed.mark) } };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Few texts, many times. */
function dictionary(texts: readonly string[]) {
  const places = new Map<string, number>();
  const found = Int32Array.from(texts, (text) => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return { entries: [...places.keys()], places: found };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array<ArrayBufferLike>): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Reads words of 32 bits one list behind the other, wherever they begin. */
class Words {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  next(count: number): Int32Array {
    const words = new Int32Array(count);
    this.#bytes.copy(bytesOf(words) as Uint8Array, 0, this.#at, this.#at + count * 4);
    this.#at += count * 4;
    return words;
  }
}
