const days = new Map<number, string>();
/** A day as a fact writes it. @param count days since 1970 */
export function dayText(count: number): string {
  const known = days.get(count);
  if (known !== undefined) return known;
  const text = new Date(count * 86_400_000).toISOString().slice(0, 10);
  days.set(count, text);
  return text;
}
