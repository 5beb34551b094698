import type { layoutWords } from "./layout-words.ts";
import type { Role } from "./page-context.ts";

type Entry = Readonly<{ href: string; word: keyof Pick<(typeof layoutWords)["zh"], Words> }>;
type Words =
  | "home"
  | "messages"
  | "myData"
  | "policies"
  | "results"
  | "desk"
  | "deskPolicies"
  | "deliveries"
  | "batches"
  | "suspense"
  | "ageing"
  | "funds"
  | "recoveries"
  | "audit"
  | "journal"
  | "disputes"
  | "grievances"
  | "tickets"
  | "knownFacts"
  | "counter"
  | "helped"
  | "unreached"
  | "guardianships"
  | "hotline"
  | "accountSessions"
  | "comments";

const home: Entry = { href: "/", word: "home" };
const messages: Entry = { href: "/messages", word: "messages" };
const myData: Entry = { href: "/my-data", word: "myData" };
const policies: Entry = { href: "/policies", word: "policies" };
const results: Entry = { href: "/results", word: "results" };
const desk: Entry = { href: "/desk", word: "desk" };
const deskPolicies: Entry = { href: "/desk/policies", word: "deskPolicies" };
const deliveries: Entry = { href: "/desk/deliveries", word: "deliveries" };
const batches: Entry = { href: "/desk/batches", word: "batches" };
const suspense: Entry = { href: "/desk/suspense", word: "suspense" };
const ageing: Entry = { href: "/desk/ageing", word: "ageing" };
const funds: Entry = { href: "/desk/funds", word: "funds" };
const recoveries: Entry = { href: "/desk/recoveries", word: "recoveries" };
const audit: Entry = { href: "/audit", word: "audit" };
const disputes: Entry = { href: "/desk/disputes", word: "disputes" };
const grievances: Entry = { href: "/desk/grievances", word: "grievances" };
const tickets: Entry = { href: "/tickets", word: "tickets" };
const knownFacts: Entry = { href: "/audit/facts", word: "knownFacts" };
const journal: Entry = { href: "/audit/journal", word: "journal" };

const counter: Entry = { href: "/desk/counter", word: "counter" };
const unreached: Entry = { href: "/desk/unreached", word: "unreached" };
const hotline: Entry = { href: "/desk/counter", word: "hotline" };
const guardianships: Entry = { href: "/desk/guardianships", word: "guardianships" };
const comments: Entry = { href: "/desk/comments", word: "comments" };
const helped: Entry = { href: "/desk/helped", word: "helped" };

const accountSessions: Entry = { href: "/desk/sessions", word: "accountSessions" };

const everyone = [policies, results];

const byRole: Readonly<Record<Role, readonly Entry[]>> = {
  enterprise: [home, messages, myData, tickets, policies, results],
  author: [desk, deskPolicies, unreached, deliveries, recoveries, grievances, comments, results],
  "finance-maker": [desk, funds, batches, ageing, suspense, recoveries, deskPolicies, results],
  "finance-checker": [desk, funds, batches, ageing, suspense, recoveries, deskPolicies, results],
  auditor: [audit, journal, desk, funds, batches, ageing, suspense, recoveries, deliveries, grievances, deskPolicies],
  operator: [
    ...[desk, unreached, deliveries, batches, suspense, recoveries, grievances, comments],
    ...[guardianships, journal, accountSessions],
  ],
  "window-clerk": [counter, guardianships, policies, results],
  helper: [helped, policies, results],
  "hotline-agent": [hotline, policies, results],
  "data-officer": [deliveries, disputes, knownFacts],
};

/** What a reader finds in the main menu. Shows no more than the role needs; the service is what refuses. */
export function menuOf(role: Role | undefined): readonly Entry[] {
  return role === undefined ? everyone : byRole[role];
}
