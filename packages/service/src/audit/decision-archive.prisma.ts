import type { Amount, Outcome, Profile, Trace } from "@apply-free/rules";
import { dateToDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Decision as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { DecisionArchive, DecisionRecord } from "./decision-record.ts";

export function decisionArchive(db: Tx): DecisionArchive {
  return {
    async get(id) {
      const row = await db.decision.findUnique({ where: { id } });
      if (!row) throw new DomainError("case-not-found", `没有这个决定：${id}。No decision ${id}.`, { id });
      return toDecisionRecord(row);
    },
    async page(after, limit) {
      const where = after === undefined ? {} : { id: { gt: after } };
      return (await db.decision.findMany({ where, orderBy: { id: "asc" }, take: limit })).map(toDecisionRecord);
    },
    count: () => db.decision.count(),
  };
}

/** The JSON columns are taken as they are: whether they still say what was decided is what replay finds out. */
export function toDecisionRecord({ asOf, outcome, amount, missing, trace, facts, ...row }: Row): DecisionRecord {
  return {
    ...row,
    asOf: dateToDay(asOf),
    outcome: outcome as Outcome,
    amount: amount as Amount,
    missing: missing as string[],
    trace: trace as unknown as Trace,
    facts: facts as unknown as Profile,
  };
}
