import nodemailer from "nodemailer";
import { type Channel, Refused } from "./channel.ts";

const SENDER = '"免申即享 Apply-free" <no-reply@apply-free.example>';

export type SmtpMailer = Channel<"email"> & Readonly<{ close(): void }>;

/**
 * @param url as in SMTP_URL, e.g. `smtp://user:password@host:587`
 * @param patienceMs how long the server may stay silent
 */
export function smtpMailer(url: string, patienceMs = 10_000): SmtpMailer {
  const patience = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  const transport = nodemailer.createTransport({ url, pool: true, maxConnections: 5, ...patience });
  return {
    name: "email",
    async send({ id, recipient, subject, body }) {
      const message = {
        from: SENDER,
        to: recipient,
        subject,
        text: body,
        messageId: messageIdOf(id),
        // Answering machines must not answer a machine (RFC 3834).
        headers: { "Auto-Submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
      };
      await transport.sendMail(message).catch(explain);
    },
    close: () => transport.close(),
  };
}

/** The same on every attempt, so that mail readers fold repetitions into one. */
export function messageIdOf(dispatchId: string): string {
  return `<${dispatchId}@apply-free.example>`;
}

/** Source: RFC 5321 §4.2.1: 5yz is a permanent completion; only what it says of recipient or content is final. */
function explain(cause: Error & Readonly<{ responseCode?: number; command?: string }>): never {
  const { responseCode = 0, command = "" } = cause;
  if (responseCode >= 500 && ["RCPT TO", "DATA"].includes(command)) throw new Refused(cause.message, { cause });
  throw cause;
}
