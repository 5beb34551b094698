import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { ProofKind } from "./proof.ts";
import type { Proof, ProofStore } from "./proof-store.ts";

export function proofStore(tx: Tx): ProofStore {
  /** Of one occasion the first proof is the one that counts; saying it again changes nothing. */
  const insert = ({ kind, evidence, at }: Proof<ProofKind>, about: Prisma.Sql) => tx.$executeRaw`
    INSERT INTO notice_proof (entitlement_id, offered_at, kind, evidence, at)
    SELECT DISTINCT owed.id, owed.offered_at, ${kind}, ${evidence}, ${at}::timestamptz
    FROM entitlement owed WHERE owed.status = 'offered' AND ${at}::timestamptz >= owed.offered_at AND ${about}
    ON CONFLICT DO NOTHING`;
  return {
    async firstOf(entitlementId, offeredAt) {
      const [found] = await tx.$queryRaw<{ at: Date | null }[]>`
        SELECT min(at) AS at FROM notice_proof proof
        WHERE entitlement_id = ${entitlementId} AND offered_at = ${offeredAt}::timestamptz
          AND NOT EXISTS (SELECT FROM withdrawn_proof WHERE evidence = proof.evidence)`;
      return found?.at ?? undefined;
    },
    async ofDispatches(ids, at) {
      if (ids.length === 0) return;
      await tx.$executeRaw`
        INSERT INTO notice_proof (entitlement_id, offered_at, kind, evidence, at)
        SELECT DISTINCT owed.id, owed.offered_at, 'delivered', dispatch.id, ${at}::timestamptz
        FROM dispatch
        JOIN inbox_message message ON message.letter_id = dispatch.letter_id OR message.id = dispatch.notice_id
        JOIN notice_about about ON about.notice_id = message.id
        JOIN entitlement owed ON owed.id = about.entitlement_id
        WHERE dispatch.id = ANY(${[...ids]}::text[]) AND owed.status = 'offered'
          AND message.created_at >= owed.offered_at AND ${at}::timestamptz >= owed.offered_at
        ON CONFLICT DO NOTHING`;
    },
    async ofMessage(id, at) {
      await insert(
        { kind: "read", evidence: id, at },
        Prisma.sql`owed.id IN (
          SELECT about.entitlement_id FROM notice_about about JOIN inbox_message message ON message.id = about.notice_id
          WHERE message.id = ${id} AND message.created_at >= owed.offered_at)`,
      );
    },
    async ofPage(firmCode, entitlementIds, proof) {
      if (entitlementIds.length === 0) return;
      await insert(proof, Prisma.sql`owed.firm_code = ${firmCode} AND owed.id = ANY(${[...entitlementIds]}::text[])`);
    },
    async withdraw(evidence, at) {
      await tx.withdrawnProof.createMany({ data: [{ evidence, at }], skipDuplicates: true });
    },
    async ofFirm(firmCode, proof) {
      await insert(proof, Prisma.sql`owed.firm_code = ${firmCode}`);
    },
  };
}
