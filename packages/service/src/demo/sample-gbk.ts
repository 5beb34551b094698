let table: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Text as GBK bytes, for the deliveries of older department systems. Throws on what GBK lacks. */
export function encodeGbk(text: string): Uint8Array {
  table ??= gbkTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair) bytes.push(...pair);
    else throw new Error(`GBK has no ${character}`);
  }
  return Uint8Array.from(bytes);
}

/** Node decodes GBK but does not encode it: its decoder tells the table. */
function gbkTable(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder("gbk", { fatal: true });
  const pairs = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      try {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        if (!pairs.has(character)) pairs.set(character, [lead, trail]);
      } catch {
        // Not every pair is a character.
      }
    }
  }
  return pairs;
}
