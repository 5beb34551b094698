import { DomainError } from "../kernel/errors.ts";

/**
 * The text of a file whose encoding nobody states. A byte order mark decides; else bytes that are
 * valid UTF-8 are UTF-8 (GBK text almost never is); else GB 18030, which contains GBK and GB 2312.
 * @throws DomainError delivery-unreadable
 */
export function decodeText(bytes: Uint8Array): string {
  const encodings = startsWith(bytes, 0xff, 0xfe)
    ? ["utf-16le"]
    : startsWith(bytes, 0xfe, 0xff)
      ? ["utf-16be"]
      : ["utf-8", "gb18030"];
  for (const encoding of encodings) {
    const text = tryDecode(bytes, encoding);
    // No text file holds NUL: this is a picture, a database or an old .xls.
    if (text !== undefined && !text.includes("\0")) return text;
  }
  throw new DomainError(
    "delivery-unreadable",
    "文件不是UTF-8或GBK文本，也不是XLSX，请另存为CSV或XLSX后重新提供。The file is neither UTF-8 nor GBK text nor XLSX; save it as CSV or XLSX.",
  );
}

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, place) => bytes[place] === byte);
}
