import { DomainError } from "../kernel/errors.ts";
import { type ByteSource, readBytes } from "./byte-source.ts";

/**
 * The text of a file whose encoding nobody states, as pieces of UTF-8 without a byte order mark; a piece may end
 * within a character. The mark decides; else bytes that are valid UTF-8 are UTF-8 (GBK text almost never
 * is); else GB 18030, which contains GBK and GB 2312.
 * @param isUtf8 whether all bytes of the file are valid UTF-8
 * @throws DomainError delivery-unreadable
 */
export async function* utf8Text(source: ByteSource, isUtf8: boolean): AsyncIterable<Buffer> {
  const start = await readBytes(source, 0, Math.min(3, source.byteLength));
  const encoding = encodingBy(start, isUtf8);
  if (encoding === "utf-8") {
    for await (const piece of source.read(startsWith(start, 0xef, 0xbb, 0xbf) ? 3 : 0)) {
      // No text file holds NUL: this is a picture, a database or an old .xls.
      if (piece.includes(0)) throw notText();
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    }
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of source.read()) yield recoded(decoder, piece);
  yield recoded(decoder);
}

/** Without a piece: that no more come. */
function recoded(decoder: TextDecoder, piece?: Uint8Array): Buffer {
  const text = decoded(decoder, piece);
  if (text.includes("\0")) throw notText();
  return Buffer.from(text);
}

function decoded(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw notText();
  }
}

function encodingBy(start: Uint8Array, isUtf8: boolean): string {
  if (startsWith(start, 0xff, 0xfe)) return "utf-16le";
  if (startsWith(start, 0xfe, 0xff)) return "utf-16be";
  return isUtf8 ? "utf-8" : "gb18030";
}

function notText(): DomainError {
  return new DomainError(
    "delivery-unreadable",
    "文件不是UTF-8或GBK文本，也不是XLSX，请另存为CSV或XLSX后重新提供。The file is neither UTF-8 nor GBK text nor XLSX; save it as CSV or XLSX.",
  );
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, place) => bytes[place] === byte);
}
