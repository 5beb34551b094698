import { createHmac } from "node:crypto";

const PREFIX = "whsec_";

/**
 * Headers that prove where a body comes from, and when it was sent.
 * Source: Standard Webhooks 1.0, symmetric signatures; several are for a change of secrets.
 */
export function signatureHeaders(id: string, at: Date, body: string, secrets: readonly string[]) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signed.join(" ") };
}

/** @param token 256 bits nobody can guess, as URL-safe text */
export function webhookSecret(token: string): string {
  return PREFIX + Buffer.from(token, "base64url").toString("base64");
}
