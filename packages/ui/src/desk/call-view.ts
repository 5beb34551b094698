import type { Bilingual } from "../kit/bilingual.ts";

/** A firm on the list of those whom a person calls. */
export type CallBrief = Readonly<{
  id: string;
  firmCode: string;
  firmName: string;
  phone?: string | undefined;
  reason: "unproved" | "undeliverable";
  status: "open" | "closed";
  /** ISO instant. */
  openedAt: string;
  /** How often a person has tried. */
  attempts: number;
}>;

export type OpenedCall = CallBrief &
  Readonly<{
    email?: string | undefined;
    offers: readonly Readonly<{ id: string; title: Bilingual; amountFen: string; lastDay: string }>[];
    /** By machine and by people, newest first. */
    tried: readonly TriedContact[];
    mayRecord: boolean;
  }>;

export type TriedContact = Readonly<{
  id: string;
  at: string;
  channel: "email" | "sms" | "webhook" | "person";
  result:
    | "taken"
    | "failed"
    | "refused"
    | "bounced"
    | "reached"
    | "visited"
    | "announced"
    | "no-answer"
    | "wrong-number";
  note?: string | undefined;
}>;
