import { z } from "zod";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Prisma, Rating as RatingRow, Grievance as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import {
  type ConditionOfCase,
  caseOf,
  type Grievance,
  type GrievanceTerms,
  keyOf,
  kindOf,
  type Subject,
} from "./grievance.ts";
import type { GrievanceStore, Raiser, RatingStore } from "./grievance-store.ts";
import type { Rating, RatingChannel, RatingLevel } from "./rating.ts";

export function ratingStore(tx: Tx): RatingStore {
  return {
    async find(entitlementId, channel) {
      await tx.$executeRaw`SELECT 1 FROM entitlement WHERE id = ${entitlementId} FOR UPDATE`;
      const row = await tx.rating.findUnique({ where: { entitlementId_channel: { entitlementId, channel } } });
      return row ? toRating(row) : undefined;
    },
    async insert({ changeUntil, ...rating }) {
      await tx.rating.create({ data: { ...rating, changeUntil: dayToDate(changeUntil) } });
    },
    async save({ id, level, words, nth, ratedBy, ratedAt }) {
      await tx.rating.update({ where: { id }, data: { level, words, nth, ratedBy, ratedAt } });
    },
  };
}

export function toRating({ channel, level, changeUntil, ...row }: RatingRow): Rating {
  const checked = { channel: channel as RatingChannel, level: level as RatingLevel };
  return { ...row, ...checked, changeUntil: dateToDay(changeUntil) };
}

export function grievanceStore(tx: Tx): GrievanceStore {
  return {
    async get(id) {
      await tx.$executeRaw`SELECT 1 FROM grievance WHERE id = ${id} FOR UPDATE`;
      const row = await tx.grievance.findUnique({ where: { id } });
      if (row) return toGrievance(row);
      throw new DomainError("grievance-not-found", "没有这件诉求。There is no such case.", { id });
    },
    async openOf(raiser, about) {
      const row = await tx.grievance.findFirst({ where: { ...raisedBy(raiser), about, status: "open" } });
      return row ? toGrievance(row) : undefined;
    },
    countOf(raiser, about) {
      return tx.grievance.count({ where: { ...raisedBy(raiser), about } });
    },
    async insert({ id, about, firmCode, words, openedBy, openedAt, answerBy, status }) {
      const data = {
        ...{ id, kind: kindOf(about), about: keyOf(about), words, openedBy, openedAt, status },
        firmCode: firmCode ?? null,
        answerBy: dayToDate(answerBy),
        ...columnsOf(about),
      };
      const { count } = await tx.grievance.createMany({ data: [data], skipDuplicates: true });
      return count === 1;
    },
    async save(grievance) {
      if (grievance.status === "open") throw new Error(`${grievance.id} is open, and nothing of it can have changed`);
      const { id, status, closedBy, closedAt } = grievance;
      const answer = grievance.status === "withdrawn" ? null : grievance.answer;
      await tx.grievance.update({ where: { id }, data: { status, closedBy, closedAt, answer } });
    },
    async isPublished(id) {
      return (await tx.disclosure.count({ where: { id } })) === 1;
    },
  };
}

const raisedBy = ({ firmCode, by }: Raiser) =>
  firmCode === undefined ? { firmCode: null, openedBy: by } : { firmCode };

function columnsOf(about: Subject) {
  const condition = about.of === "case" ? about.condition : undefined;
  return {
    ratingId: about.of === "rating" ? about.ratingId : null,
    entitlementId: caseOf(about) ?? null,
    decisionId: condition?.decisionId ?? null,
    ...(condition && { condition: condition as unknown as Prisma.InputJsonObject }),
    factId: about.of === "fact" ? about.factId : null,
    disclosureId: about.of === "result" ? about.disclosureId : null,
  };
}

export function toGrievance(row: Row): Grievance {
  const { id, firmCode, words, openedBy, openedAt } = row;
  const terms: GrievanceTerms = {
    ...{ id, about: subjectOf(row), words, openedBy, openedAt },
    ...(firmCode !== null && { firmCode }),
    answerBy: dateToDay(row.answerBy),
  };
  return { ...terms, ...stateIn.parse(row) };
}

function subjectOf({ id, ratingId, entitlementId, condition, factId, disclosureId }: Row): Subject {
  if (disclosureId !== null) return { of: "result", disclosureId };
  if (factId !== null) return { of: "fact", factId };
  if (entitlementId === null) throw new Error(`grievance ${id} is about nothing`);
  if (ratingId !== null) return { of: "rating", ratingId, entitlementId };
  return {
    of: "case",
    entitlementId,
    ...(condition !== null && { condition: condition as unknown as ConditionOfCase }),
  };
}

const closed = { closedBy: z.string(), closedAt: z.date() };
const stateIn = z.discriminatedUnion("status", [
  z.object({ status: z.literal("open") }),
  z.object({ status: z.literal("corrected"), ...closed, answer: z.string() }),
  z.object({ status: z.literal("explained"), ...closed, answer: z.string() }),
  z.object({ status: z.literal("withdrawn"), ...closed }),
]);
