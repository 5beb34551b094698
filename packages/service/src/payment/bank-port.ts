/**
 * A bank that pays for us. It recognises a message that it has had before, or can say whether it
 * has one; one that can do neither would be paid twice through, and is refused at the start.
 */
export type Bank = {
  /** As its operator knows it. */
  name: string;
  /** What its operator has promised, in the words of the contract with the bank. */
  declares: Readonly<{
    /** The same id with the same bytes is taken once, however often it is given. */
    deduplicates: boolean;
    /** It can be asked whether it has a message. */
    queries: boolean;
  }>;
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
