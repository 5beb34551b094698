import type { Bilingual } from "../kit/bilingual.ts";
import { Said } from "../kit/text.tsx";

/** Where and when a benefit arrives (到账方式): a bill, a loan, a tax declaration, the days of its parts. */
export function Arrival({ arrival = [] }: Readonly<{ arrival?: readonly Bilingual[] | undefined }>) {
  return arrival.map((line) => (
    <p className="hint" key={typeof line === "string" ? line : line.en}>
      <Said>{line}</Said>
    </p>
  ));
}
