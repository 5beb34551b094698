import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import { type AnswerDays, usualAnswerDays } from "../kernel/answer-days.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { addWorkingDays } from "../kernel/working-day.ts";
import { type Grievance, keyOf, kindOf, type Subject, takeBack } from "./grievance.ts";
import type { GrievanceStore, Raiser } from "./grievance-store.ts";

export type OpenGrievanceStores = Readonly<{ grievances: GrievanceStore; journal: Journal }>;
export type RaiseGrievanceStores = OpenGrievanceStores & Readonly<{ entitlements: Pick<EntitlementStore, "get"> }>;
export type RaiseGrievanceDeps<Stores extends RaiseGrievanceStores = RaiseGrievanceStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  answerDays?: AnswerDays;
}>;

export type GrievanceForm = Raiser & Readonly<{ about: Exclude<Subject, { of: "rating" }>; words: string }>;

/**
 * A firm complains about a case of its own or a fact, or anybody signed in objects to an entry of the
 * public list. Raising the same again while it is open answers with the open one.
 * @throws DomainError entitlement-not-found for another firm's case | not-found for no entry | not-allowed | bad-input
 */
export async function raiseGrievance<Stores extends RaiseGrievanceStores>(
  { transaction, clock, answerDays }: RaiseGrievanceDeps<Stores>,
  form: GrievanceForm,
): Promise<Grievance> {
  if (form.words.trim() === "") throw new DomainError("bad-input", "请写明情况。Say what is wrong.");
  return transaction(async (stores) => {
    await requireStanding(stores, form);
    return open(stores, { clock, answerDays }, form);
  });
}

/** Opens it, unless the same is open. */
export async function open(
  { grievances, journal }: OpenGrievanceStores,
  { clock, answerDays = usualAnswerDays }: Readonly<{ clock: Clock; answerDays?: AnswerDays | undefined }>,
  { about, words, by, firmCode }: Raiser & Readonly<{ about: Subject; words: string }>,
): Promise<Grievance> {
  const raiser = { by, ...(firmCode !== undefined && { firmCode }) };
  const key = keyOf(about);
  const existing = await grievances.openOf(raiser, key);
  if (existing) return existing;
  const kind = kindOf(about);
  const nth = await grievances.countOf(raiser, key);
  const grievance: Grievance = {
    id: derivedId("grievance", key, firmCode ?? by, nth),
    about,
    ...(firmCode !== undefined && { firmCode }),
    words,
    openedBy: by,
    openedAt: clock.now(),
    answerBy: addWorkingDays(today(clock), answerDays[kind]),
    status: "open",
  };
  if (await grievances.insert(grievance)) {
    const { id: subject, openedAt: at, answerBy } = grievance;
    const payload = { kind, about: key, answerBy };
    await journal.append({ type: "grievance-opened", subject, actor: by, at, payload });
  }
  return grievance;
}

/** Another's answers as one that does not exist. @throws DomainError grievance-not-found | grievance-not-open | not-allowed */
export async function takeBackGrievance<Stores extends OpenGrievanceStores>(
  { transaction, clock }: Readonly<{ transaction: Transaction<Stores>; clock: Clock }>,
  { id, by, firmCode }: Raiser & Readonly<{ id: string }>,
): Promise<void> {
  await transaction(async ({ grievances, journal }) => {
    const current = await grievances.get(id);
    const isOwn = firmCode === undefined ? current.openedBy === by : current.firmCode === firmCode;
    if (!isOwn) throw new DomainError("grievance-not-found", "没有这件诉求。There is no such case.", { id });
    const at = clock.now();
    await grievances.save(takeBack(current, by, at));
    const payload = { kind: kindOf(current.about), status: "withdrawn" as const, entitlementId: null };
    await journal.append({ type: "grievance-closed", subject: id, actor: by, at, payload });
  });
}

async function requireStanding({ entitlements, grievances }: RaiseGrievanceStores, form: GrievanceForm): Promise<void> {
  const { about, firmCode } = form;
  if (about.of === "result") {
    if (await grievances.isPublished(about.disclosureId)) return;
    throw new DomainError("not-found", "公示名单里没有这一条。There is no such entry.");
  }
  if (firmCode === undefined) throw new DomainError("not-allowed", "只有企业可以投诉。Only firms complain.");
  if (about.of === "fact") return;
  const { entitlement } = await entitlements.get(about.entitlementId);
  if (entitlement.firmCode === firmCode) return;
  throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id: about.entitlementId });
}
