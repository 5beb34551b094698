import { parseVocabulary, type Vocabulary } from "@apply-free/rules";
import { z } from "zod";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Prisma, PolicyVersion as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "./compiled-policies.ts";
import type { PolicyVersion, PolicyVersionStore } from "./policy-version.ts";

const document = z.object({ policy: z.unknown(), vocabulary: z.array(z.unknown()) });

export function policyVersionStore(tx: Tx): PolicyVersionStore {
  return {
    async find(policyId, version) {
      const row = await tx.policyVersion.findUnique({ where: { policyId_version: { policyId, version } } });
      return row ? toPolicyVersion(row) : undefined;
    },
    async get(id) {
      const row = await tx.policyVersion.findUnique({ where: { id } });
      if (!row) throw new DomainError("policy-not-found", `没有这个政策版本。No policy version ${id}.`, { id });
      return toPolicyVersion(row);
    },
    async titleOf(id) {
      const [found] = await tx.$queryRaw<{ zh: string; en: string | null }[]>`
        SELECT title AS zh, document->'policy'->'title'->>'en' AS en FROM policy_version WHERE id = ${id}`;
      if (!found) throw new DomainError("policy-not-found", `没有这个政策版本。No policy version ${id}.`, { id });
      return { zh: found.zh, en: found.en ?? found.zh };
    },
    async listLatest() {
      const rows = await tx.policyVersion.findMany({
        distinct: ["policyId"],
        orderBy: [{ policyId: "asc" }, { version: "desc" }],
      });
      return rows.map(toPolicyVersion);
    },
    async insert({ validFrom, validTo, document, ...rest }) {
      await tx.policyVersion.create({
        data: {
          ...rest,
          document: document as Prisma.InputJsonObject,
          validFrom: dayToDate(validFrom),
          validTo: validTo ? dayToDate(validTo) : null,
        },
      });
    },
  };
}

export function toPolicyVersion({ validFrom, validTo, ...row }: Row): PolicyVersion {
  return {
    ...row,
    document: document.parse(row.document),
    validFrom: dateToDay(validFrom),
    ...(validTo && { validTo: dateToDay(validTo) }),
  };
}

/** The vocabulary of the policies in force, as the newest published version brought it. */
export async function vocabularyInForce(tx: Tx, compiled: CompiledPolicies): Promise<Vocabulary> {
  const versions = await policyVersionStore(tx).listLatest();
  const newest = versions.toSorted((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime())[0];
  return newest ? compiled.get(newest).vocabulary : parseVocabulary([]);
}
