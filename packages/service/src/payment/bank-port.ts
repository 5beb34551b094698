/**
 * A bank that pays for us. It must recognise a message that it has had before, and must be able
 * to say whether it has one; a bank that can do neither would be paid twice through.
 */
export type Bank = {
  /**
   * Hands over a payment order. The same id with the same bytes is taken once, and makes the bank
   * answer again.
   *
   * @returns `taken-before` when the bank had it already
   * @throws when the message may or may not have arrived, or is refused as different from before
   */
  submit(messageId: string, file: string): Promise<"taken" | "taken-before">;
  /** Whether the bank has this message. `unknown` is not "no": the same bytes are then given again. */
  query(messageId: string): Promise<"taken" | "unknown">;
  /** Files that the bank has put out for us and we have not acknowledged, oldest first. */
  reports(): Promise<readonly BankReport[]>;
  /** Dealt with; it is not reported again. */
  acknowledge(name: string): Promise<void>;
  /** Not readable; set aside for a person, with the reason. */
  refuse(name: string, reason: string): Promise<void>;
};

export type BankReport = Readonly<{ name: string; content: Uint8Array }>;
