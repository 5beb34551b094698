import type { Bilingual } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import type { Format } from "./value-text.ts";

/** Label and print format of anything a policy can name. */
export function formatOf({ vocabulary, derived, settings }: Policy, id: string): { label: Bilingual; format: Format } {
  if (id === "asOf") return { label: { zh: "办理日期", en: "Day of the decision" }, format: { type: "date" } };
  const definition = vocabulary.facts.get(id) ?? derived.get(id)?.definition ?? vocabulary.derived.get(id);
  if (definition) {
    const { label, type, unit, codes } = definition;
    return { label, format: { type, unit, codes } };
  }
  const setting = settings.find(({ name }) => `setting.${name}` === id);
  return { label: setting?.question ?? { zh: id, en: id }, format: { type: "text" } };
}
