import nodemailer from "nodemailer";
import type { Mailer } from "./notice-store.ts";

const SENDER = '"免申即享 Apply-free" <no-reply@apply-free.example>';

export type SmtpMailer = Mailer & { close(): void };

/** @param url as in SMTP_URL, e.g. `smtp://user:password@host:587` */
export function smtpMailer(url: string): SmtpMailer {
  const transport = nodemailer.createTransport({ url, pool: true, maxConnections: 5, connectionTimeout: 10_000 });
  return {
    async send({ recipient, subject, body, messageId }) {
      await transport.sendMail({
        from: SENDER,
        to: recipient,
        subject,
        text: body,
        messageId,
        // Answering machines must not answer a machine (RFC 3834).
        headers: { "Auto-Submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transport.close(),
  };
}
