import PostalMime from "postal-mime";
import type { Bounce } from "./record-bounce.ts";

/**
 * Reads what a mail server sends back when it could not deliver.
 * Source: RFC 3464 (delivery status), RFC 6522 (multipart/report).
 * @returns nothing for anything else: answers of people, delays, mail of others
 */
export async function readBounce(message: Uint8Array): Promise<Bounce | undefined> {
  // The returned mail is read as a part of the report, not as the message itself.
  const { attachments } = await PostalMime.parse(message, { forceRfc822Attachments: true });
  const textOf = (type: string) => {
    const found = attachments.find(({ mimeType }) => mimeType === type);
    if (!found) return undefined;
    return typeof found.content === "string" ? found.content : new TextDecoder().decode(found.content);
  };
  const status = textOf("message/delivery-status");
  if (status === undefined || !/^action:\s*failed\s*$/im.test(status)) return undefined;
  const returned = textOf("message/rfc822") ?? textOf("text/rfc822-headers") ?? "";
  const [, dispatchId] = /^message-id:\s*<(dispatch_\w{1,60})@apply-free\.example>/im.exec(returned) ?? [];
  const [, said] = /^diagnostic-code:\s*(?:[\w-]+\s*;\s*)?(.+)$/im.exec(status) ?? [];
  const [, code] = /^status:\s*([\d.]+)/im.exec(status) ?? [];
  return dispatchId === undefined ? undefined : { dispatchId, reason: said?.trim() ?? code ?? "" };
}
