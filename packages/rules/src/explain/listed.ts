import type { Bilingual } from "../json.ts";

/** Names one after another: `税务局、市场监管局`. */
export function listed(names: readonly Bilingual[]): Bilingual {
  return { zh: names.map(({ zh }) => zh).join("、"), en: names.map(({ en }) => en).join(", ") };
}
