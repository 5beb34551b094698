/** The ways out of the house. Letters go by e-mail or else by text message; a firm's own system gets each notice. */
export type ChannelName = "email" | "sms" | "webhook";
export type LetterChannel = Exclude<ChannelName, "webhook">;

export type OutgoingMessage = Readonly<{
  /** The same on every attempt, so that the other side can fold repetitions into one. */
  id: string;
  /** An address, a telephone number or a URL. */
  recipient: string;
  /** Empty where the channel has none. */
  subject: string;
  body: string;
  /** A letter where nothing is said; what a text message may hold depends on it. */
  kind?: "code";
  /** What the body is signed with, the newest first. */
  secrets?: readonly string[];
  at: Date;
}>;

/**
 * Hands one message to the outside. Rejects when it was not taken: with `Refused` when trying again
 * is of no use, with anything else when it may be.
 */
export type Channel<Name extends ChannelName = ChannelName> = Readonly<{
  name: Name;
  /** It reports later what became of a message, so that taking one proves nothing yet. */
  isReported?: boolean;
  send(message: OutgoingMessage): Promise<void>;
}>;

/** The other side will never take this message, e.g. there is no such address. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** Which way out is tried next for a letter: the first that is open, known of the firm, and not tried yet. */
export function nextChannel(
  contact: Readonly<{ email?: string; phone?: string }>,
  open: ReadonlySet<ChannelName>,
  tried: ReadonlySet<ChannelName>,
): Readonly<{ channel: LetterChannel; recipient: string }> | undefined {
  const { email, phone } = contact;
  const ways = [
    ...(email === undefined ? [] : [{ channel: "email", recipient: email } as const]),
    ...(phone !== undefined && mobile.test(phone) ? [{ channel: "sms", recipient: phone } as const] : []),
  ];
  return ways.find(({ channel }) => open.has(channel) && !tried.has(channel));
}

/** A number that takes text messages. Source: 工信部 numbering plan, eleven digits from 13 to 19. */
const mobile = /^1[3-9]\d{9}$/;
