import type { Bilingual } from "./bilingual.ts";
import { sourceName } from "./names.ts";
import { Said } from "./text.tsx";

/** Who supplied a fact, in words. */
export function Source({ of }: Readonly<{ of: Bilingual }>) {
  return <Said>{sourceName(of)}</Said>;
}
