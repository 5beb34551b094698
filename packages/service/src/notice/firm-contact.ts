import { z } from "zod";
import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";

export const contactKinds = ["email", "phone"] as const;
export type ContactKind = (typeof contactKinds)[number];

/** Where a firm wants to be told, by its own word. Nothing goes there before somebody has proved to read it. */
export type FirmContact = Readonly<{ kind: ContactKind; value: string; setAt: Date; verifiedAt?: Date }>;

export type FirmContactStore = {
  of(firmCode: string): Promise<readonly FirmContact[]>;
  /** In place of the one of this kind before; not verified, whatever the one before was. */
  name(contact: Readonly<{ firmCode: string; kind: ContactKind; value: string; by: string; at: Date }>): Promise<void>;
  /** `false` where it is no longer this value that the firm has named. */
  verify(of: Readonly<{ firmCode: string; kind: ContactKind; value: string; at: Date }>): Promise<boolean>;
  /** `false` where there was none. */
  remove(firmCode: string, kind: ContactKind): Promise<boolean>;
};

/** What can be written to: a mailbox, or a number that takes text messages (eleven digits from 13 to 19). */
export const contactForm = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("email"), value: z.string().trim().max(200).pipe(z.email()) }),
  z.object({
    kind: z.literal("phone"),
    value: z
      .string()
      .transform((text) => text.replace(/[\s-]/g, ""))
      .pipe(z.string().regex(/^1[3-9]\d{9}$/)),
  }),
]);

type Stores = Readonly<{ firmContacts: FirmContactStore; journal: Journal }>;
export type FirmContactDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;
type Whose = Readonly<{ firmCode: string; actor: string }>;

/** The firm names an address of its own. Naming the same again asks for no new proof. */
export function nameContact(
  { transaction, clock }: FirmContactDeps,
  { firmCode, actor }: Whose,
  { kind, value }: z.infer<typeof contactForm>,
): Promise<void> {
  return transaction(async ({ firmContacts, journal }) => {
    const known = (await firmContacts.of(firmCode)).find((each) => each.kind === kind);
    if (known?.value === value) return;
    const at = clock.now();
    await firmContacts.name({ firmCode, kind, value, by: actor, at });
    await journal.append({
      type: "contact-changed",
      subject: firmCode,
      actor,
      at,
      payload: { kind, change: "named" },
    });
  });
}

/** Somebody who reads that address has proved it; from now on notices go there first. */
export function verifyContact(
  { transaction, clock }: FirmContactDeps,
  { firmCode, actor }: Whose,
  { kind, value }: z.infer<typeof contactForm>,
): Promise<boolean> {
  return transaction(async ({ firmContacts, journal }) => {
    const at = clock.now();
    if (!(await firmContacts.verify({ firmCode, kind, value, at }))) return false;
    const payload = { kind, change: "verified" as const };
    await journal.append({ type: "contact-changed", subject: firmCode, actor, at, payload });
    return true;
  });
}

/** Back to what the register says. */
export function removeContact(
  { transaction, clock }: FirmContactDeps,
  { firmCode, actor }: Whose,
  kind: ContactKind,
): Promise<void> {
  return transaction(async ({ firmContacts, journal }) => {
    if (!(await firmContacts.remove(firmCode, kind))) return;
    const payload = { kind, change: "removed" as const };
    await journal.append({ type: "contact-changed", subject: firmCode, actor, at: clock.now(), payload });
  });
}
