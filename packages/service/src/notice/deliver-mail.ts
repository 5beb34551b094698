import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CallStore } from "./call-store.ts";
import type { Mailer, MailQueue, QueuedMail } from "./notice-store.ts";
import type { ProofStore } from "./proof-store.ts";

type Stores = Readonly<{ mail: MailQueue; proofs: ProofStore; calls: CallStore; journal: Journal }>;
export type DeliverMailDeps = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  mailer: Mailer;
}>;

const LEASE_MINUTES = 10;
const MAX_ATTEMPTS = 8;
const CONCURRENCY = 10;

/**
 * Sends what is due. A crash after the server took a message and before it was marked sends it
 * once more under the same Message-ID, which mail readers fold into one; it is never lost.
 *
 * @returns number of messages sent
 */
export async function deliverMail({ transaction, clock, mailer }: DeliverMailDeps): Promise<number> {
  let sent = 0;
  for (;;) {
    const now = clock.now();
    const batch = await transaction(({ mail }) => mail.claim(now, minutesLater(now, LEASE_MINUTES), 100));
    if (batch.length === 0) return sent;
    for (let start = 0; start < batch.length; start += CONCURRENCY) {
      const errors = await Promise.all(batch.slice(start, start + CONCURRENCY).map((mail) => attempt(mailer, mail)));
      sent += errors.filter(({ error }) => error === undefined).length;
      await transaction(async (stores) => {
        for (const outcome of errors) await record(stores, outcome, clock.now());
      });
    }
  }
}

type Outcome = Readonly<{ mail: QueuedMail; error?: string }>;

async function attempt(mailer: Mailer, mail: QueuedMail): Promise<Outcome> {
  try {
    await mailer.send(mail);
    return { mail };
  } catch (cause) {
    return { mail, error: cause instanceof Error ? cause.message : String(cause) };
  }
}

async function record({ mail: queue, proofs, calls, journal }: Stores, { mail, error }: Outcome, now: Date) {
  const attempts = mail.attempts + 1;
  if (error !== undefined) {
    const next = attempts < MAX_ATTEMPTS ? minutesLater(now, 2 ** attempts) : undefined;
    await queue.markFailed(mail.id, attempts, error, next);
    const call = next ? undefined : await calls.open(mail.firmCode, "undeliverable", now);
    if (!call) return;
    const payload = { reason: call.reason };
    await journal.append({ type: "call-opened", subject: call.id, actor: "system:mail", at: now, payload });
    return;
  }
  await queue.markSent(mail.id, attempts, now);
  await proofs.ofNotices([mail.id], { kind: "delivered", evidence: mail.id, at: now });
  const payload = { messageId: mail.messageId, attempts };
  await journal.append({ type: "notice-delivered", subject: mail.id, actor: "system:mail", at: now, payload });
}

function minutesLater(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}
