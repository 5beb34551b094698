/** A name as it is compared: without regard to spaces, case and the width of brackets and letters. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").replace(/\s/gu, "").toUpperCase();
}
