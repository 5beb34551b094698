import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { hasRightCheckDigit } from "../kernel/subject-code.ts";
import type { Transaction } from "../kernel/transaction.ts";

export type CodeConfirmations = {
  isRegistered(code: string): Promise<boolean>;
  /** Says whether it was new. Nothing here is ever changed. */
  add(confirmation: CodeConfirmation): Promise<boolean>;
};

/** `evidence`: how the register answered, such as a letter's number. */
export type CodeConfirmation = Readonly<{ code: string; evidence: string; by: string; at: Date }>;

export type ConfirmCodeStores = Readonly<{ codeConfirmations: CodeConfirmations; journal: Journal }>;

export type ConfirmCodeDeps<Stores extends ConfirmCodeStores = ConfirmCodeStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
}>;

/**
 * A person asked the register about a code that fails its check digit, and it exists: offers may go
 * to it from the next match on. Saying it twice says nothing more.
 * @throws DomainError bad-input for a code that is not registered, needs no word, or comes without evidence
 */
export async function confirmCode<Stores extends ConfirmCodeStores>(
  { transaction, clock }: ConfirmCodeDeps<Stores>,
  { code, evidence, by }: Readonly<{ code: string; evidence: string; by: string }>,
): Promise<void> {
  if (evidence.trim() === "") {
    throw new DomainError("bad-input", "请写明登记机关的答复。Say how the register answered.");
  }
  if (hasRightCheckDigit(code)) {
    throw new DomainError("bad-input", "校验码无误，无需确认。The check digit is right; nothing is in doubt.", {
      code,
    });
  }
  await transaction(async ({ codeConfirmations, journal }) => {
    if (!(await codeConfirmations.isRegistered(code))) {
      throw new DomainError("bad-input", `登记库中没有${code}。The register does not know ${code}.`, { code });
    }
    const at = clock.now();
    const isNew = await codeConfirmations.add({ code, evidence: evidence.trim(), by, at });
    if (isNew) await journal.append({ type: "code-confirmed", subject: code, actor: by, at, payload: { evidence } });
  });
}
