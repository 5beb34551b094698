import type { GrantedShare, ObjectRef } from "@apply-free/rules";
import { z } from "zod";
import type { StackingTerms as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { StackingStore, StackingTerms } from "./stacking-terms.ts";

export function stackingStore(
  tx: Tx,
  { relations, receivedBy }: Pick<StackingStore, "relations" | "receivedBy">,
): StackingStore {
  return {
    relations,
    async of(ids) {
      if (ids.length === 0) return new Map();
      const rows = await tx.stackingTerms.findMany({ where: { entitlementId: { in: [...ids] } } });
      return new Map(rows.map((row) => [row.entitlementId, toTerms(row)]));
    },
    async put(terms) {
      const { entitlementId, isProposed: proposed, shares, reasons, choices, forebears, ...amounts } = terms;
      const data = {
        ...{ ...amounts, proposed, forebears: [...forebears], shares: shares.map(written) },
        ...{ reasons: reasons.map((reason) => ({ ...reason })), choices: choices.map((choice) => ({ ...choice })) },
      };
      await tx.stackingTerms.upsert({ where: { entitlementId }, create: { entitlementId, ...data }, update: data });
    },
    async drop(entitlementId) {
      await tx.stackingTerms.deleteMany({ where: { entitlementId } });
    },
    async agreedFor(objects) {
      if (objects.length === 0) return [];
      const wanted = objects.map(({ kind, id }) => JSON.stringify([{ objects: [{ kind, id }] }]));
      const rows = await tx.$queryRaw<AgreedRow[]>`
        SELECT owed.firm_code AS "firmCode", owed.policy_id AS "policyId", owed.period, terms.shares,
          owed.confirmed_at AS "agreedOn"
        FROM stacking_terms AS terms JOIN entitlement AS owed ON owed.id = terms.entitlement_id
        WHERE owed.status IN ('confirmed', 'waitlisted', 'paid', 'received')
          AND terms.shares @> ANY(${wanted}::jsonb[])
        ORDER BY owed.id`;
      return rows.map(({ shares, ...row }) => ({ ...row, shares: sharesSchema.parse(shares) }));
    },
    receivedBy,
    async lock(firmCode, objects, groupHead) {
      // New rows that refer to the firm may still be written; who else wants to agree for it waits.
      await tx.$queryRaw`SELECT code FROM firm WHERE code = ${firmCode} FOR NO KEY UPDATE`;
      // Always in one order, so that nobody waits in a circle.
      const named = objects.map(({ kind, id }) => `${kind}:${id}`);
      const keys = [...new Set([...named, ...(groupHead === undefined ? [] : [`group:${groupHead}`])])].sort();
      for (const key of keys) {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`stacking:${key}`}, 25))`;
      }
    },
  };
}

type AgreedRow = Readonly<{ firmCode: string; policyId: string; period: string; shares: unknown; agreedOn: Date }>;

const objectSchema = z.object({ kind: z.enum(["person", "loan", "project"]), id: z.string() });
const fenSchema = z.string().regex(/^\d+$/).transform(BigInt);
const sharesSchema = z.array(z.object({ objects: z.array(objectSchema), fen: fenSchema, askedFen: fenSchema }));
const sentencesSchema = z.array(z.object({ zh: z.string(), en: z.string() }));

function written({ objects, fen, askedFen }: GrantedShare) {
  const refs = objects.map(({ kind, id }: ObjectRef) => ({ kind, id }));
  return { objects: refs, fen: String(fen), askedFen: String(askedFen) };
}

export function toTerms({ shares, reasons, choices, forebears, proposed, ...amounts }: Row): StackingTerms {
  return {
    ...amounts,
    shares: sharesSchema.parse(shares),
    reasons: sentencesSchema.parse(reasons),
    choices: sentencesSchema.parse(choices),
    forebears: z.array(z.string()).parse(forebears),
    isProposed: proposed,
  };
}
