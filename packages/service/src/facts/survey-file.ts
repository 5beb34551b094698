import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import type { ByteSource, FileSurvey } from "./byte-source.ts";

/** Looks at the pieces of a file as they pass by. */
export type Surveyor = Readonly<{ see(piece: Uint8Array): void; done(): FileSurvey }>;

export function surveyor(): Surveyor {
  const hash = createHash("sha256");
  let valid = true;
  let begun: Uint8Array = new Uint8Array();
  return {
    see(piece) {
      hash.update(piece);
      if (!valid) return;
      const bytes = begun.length === 0 ? piece : Buffer.concat([begun, piece]);
      const end = endOfWholeCharacters(bytes);
      valid = isUtf8(bytes.subarray(0, end));
      begun = Uint8Array.from(bytes.subarray(end));
    },
    done: () => ({ sha256: hash.digest("hex"), isUtf8: valid && begun.length === 0 }),
  };
}

export async function surveyOf(source: ByteSource): Promise<FileSurvey> {
  if (source.survey) return source.survey;
  const { see, done } = surveyor();
  for await (const piece of source.read()) see(piece);
  return done();
}

/** Up to where no character is cut. Source: RFC 3629, clause 3: the first byte says how many follow. */
function endOfWholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
