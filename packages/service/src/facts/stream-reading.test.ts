import { isUtf8 } from "node:buffer";
import { fc } from "@fast-check/vitest";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { sha256 } from "../kernel/digest.ts";
import { type ByteSource, readBytes } from "./byte-source.ts";
import { csvReader } from "./csv-table.ts";
import { issueBook } from "./issue-book.ts";
import { readTable } from "./read-table.ts";
import { surveyor } from "./survey-file.ts";

/** Cuts bytes at these places, wherever characters, rows and quotation marks end. */
function pieces(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, at) => bytes.subarray(cuts[at], end));
}

const source = { id: "tax", files: ["csv", "ndjson"] as const };
const places = fc.array(fc.nat(), { maxLength: 12 });
const cut = (bytes: Uint8Array, at: readonly number[]): ByteSource => ({
  byteLength: bytes.length,
  async *read(from = 0, to = bytes.length) {
    yield* pieces(bytes.subarray(from, to), at);
  },
});

describe("a file that comes in pieces", () => {
  const cell = fc.constantFrom("", "郑州示例", '"a,b"', '"two\nlines"', '"a ""quoted"" word"', " spaced ", "12.5");
  const newline = fc.constantFrom("\n", "\r\n", "\r");
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 });

  test("of CSV has the rows that it has whole", () => {
    fc.assert(
      fc.property(rows, newline, places, (cells, end, at) => {
        const text = Buffer.from(cells.map((row) => row.join(",")).join(end));
        const options = { relax_column_count: true, trim: true, record_delimiter: end };
        const whole = parse(text, options) as unknown as string[][];
        const reader = csvReader();
        const read = [...pieces(text, at).flatMap((piece) => reader.push(Buffer.from(piece))), ...reader.end()];
        expect(read.map(({ cells: found }) => found.map(({ text: shown }) => shown))).toEqual(
          whole.map((record) => record.map((written) => written.trim())),
        );
        const breaks = whole.map((record) => record.join("").split("\n").length);
        expect(read.map(({ line }) => line)).toEqual(
          breaks.map((_, place) => breaks.slice(0, place + 1).reduce((sum, lines) => sum + lines, 0)),
        );
      }),
    );
  });

  test.each([
    ["CSV", "名称,金额\n郑州示例,1.50\n𠮷野示例,2\n", "utf8"],
    ["lines of JSON", '{"名称":"郑州示例"}\n\n{"金额":1.50}', "utf8"],
    ["UTF-16", "\uFEFF名称\t金额\n郑州示例\t1.50", "utf16le"],
  ] as const)("reads the same wherever it is cut: %s", async (_, text, encoding) => {
    const bytes = Buffer.from(text, encoding);
    const whole = await readTable(bytes, source);
    await fc.assert(
      fc.asyncProperty(places, async (at) => {
        expect(await readTable(cut(bytes, at), source)).toEqual(whole);
      }),
    );
  });

  test("has the digest of the whole, and is UTF-8 when the whole is", () => {
    const text = fc.string({ unit: "binary" }).map((written) => Buffer.from(written));
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array()), places, (bytes, at) => {
        const { see, done } = surveyor();
        for (const piece of pieces(bytes, at)) see(piece);
        expect(done()).toEqual({ sha256: sha256(bytes), isUtf8: isUtf8(bytes) });
      }),
    );
  });

  test("can be read in part", async () => {
    const bytes = Uint8Array.from({ length: 50 }, (_, place) => place);
    expect(await readBytes(cut(bytes, [3, 9]), 10, 14)).toEqual(Uint8Array.of(10, 11, 12, 13));
  });
});

test("a line of JSON without an end is refused before it fills the memory", async () => {
  const endless = Buffer.from(`{"a":"${"x".repeat(1_100_000)}`);
  await expect(readTable(endless, source)).rejects.toMatchObject({ message: expect.stringContaining("Line 1") });
});

test("a quotation mark that nobody closes is refused before it fills the memory", async () => {
  const endless = Buffer.from(`a,b\n1,2\n3,"${"x,y\n".repeat(300_000)}`);
  await expect(readTable(endless, source)).rejects.toMatchObject({ code: "delivery-unreadable" });
});

test("a book of issues keeps the first by line, in the order of their coming within a line", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (lines, most) => {
      const issues = lines.map((line, place) => {
        return { line, severity: "warning" as const, reason: { zh: String(place), en: "" } };
      });
      const book = issueBook(most);
      for (const issue of issues) book.add([issue]);
      expect(book.count()).toBe(lines.length);
      expect(book.first()).toEqual(issues.toSorted((left, right) => left.line - right.line).slice(0, most));
    }),
  );
});
