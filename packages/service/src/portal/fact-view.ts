import { departmentOf, type FactState, labelOf, type Vocabulary } from "@apply-free/rules";
import type { FactRow } from "@apply-free/ui";
import { type Reader, valueFor } from "../facts/privacy.ts";

type Unused<Row> = Row extends unknown ? Omit<Row, "usedFor"> : never;
export type FactView = Unused<FactRow>;

/** A fact in words: what it is, its value or why there is none, who said so and for which day. */
export function factViewOf(
  id: string,
  state: FactState | undefined,
  vocabulary: Vocabulary,
  reader: Reader = { kind: "owner" },
): FactView {
  const fact = { id, label: labelOf(vocabulary, id), source: departmentOf(vocabulary, id) ?? "" };
  if (state?.state === "answers") return { ...fact, state: "unknown", reason: "answers-only" };
  if (state?.state !== "known") return { ...fact, state: "unknown", reason: state?.reason ?? "not-obtained" };
  const { asOf = "", obtainedAt, source } = state;
  return {
    ...fact,
    ...(source !== undefined && { source: vocabulary.sources.get(source) ?? source }),
    state: "known",
    value: valueFor(reader, vocabulary, id, state.value, source),
    asOf,
    obtainedAt,
  };
}
