import type { Channel, LetterChannel } from "../notice/channel.ts";

/** A number that takes text messages. Source: 工信部 numbering plan, eleven digits from 13 to 19. */
const mobile = /^1[3-9]\d{9}$/;

type Contact = Readonly<{ email?: string; phone?: string }>;
type LetterWay = Channel<LetterChannel>;
export type ChosenWay = Readonly<{ channel: LetterWay; recipient: string }>;

/** The way that was wished for, or else the other; none where the firm has no address for any that is open. */
export function chosenWay(
  { email, phone }: Contact,
  wished: LetterChannel,
  channels: readonly Channel[],
): ChosenWay | undefined {
  const addresses = { email, sms: phone !== undefined && mobile.test(phone) ? phone : undefined };
  const other = wished === "sms" ? "email" : "sms";
  for (const name of [wished, other] as const) {
    const [channel, recipient] = [letterWays(channels).find((way) => way.name === name), addresses[name]];
    if (channel && recipient !== undefined) return { channel, recipient };
  }
  return undefined;
}

/** The ways by which a code can be sent at all. */
export function letterWays(channels: readonly Channel[]): readonly LetterWay[] {
  return channels.filter((channel): channel is LetterWay => channel.name !== "webhook");
}
