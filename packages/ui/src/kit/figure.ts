/** Thousands apart, the same in both languages. */
export function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
