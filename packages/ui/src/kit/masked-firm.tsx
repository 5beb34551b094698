import type { Bilingual } from "./bilingual.ts";
import { Said } from "./text.tsx";

/** A firm in a public table: as much of its name and code as anybody may see. */
export function MaskedFirm({ of: { maskedName, maskedCode } }: Readonly<{ of: Masked }>) {
  return (
    <span>
      <Said>{maskedName}</Said>
      <br />
      <span className="hint">{maskedCode}</span>
    </span>
  );
}

type Masked = Readonly<{ maskedName: Bilingual; maskedCode: string }>;
