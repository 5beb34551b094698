import type { ServiceCredential as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CredentialStore, ServiceCredential } from "./service-credential.ts";

export function credentialStore(tx: Tx): CredentialStore {
  return {
    async find(id) {
      const row = await tx.serviceCredential.findUnique({ where: { id } });
      return row ? toCredential(row) : undefined;
    },
    async list() {
      return (await tx.serviceCredential.findMany({ orderBy: [{ issuedAt: "desc" }, { id: "asc" }] })).map(
        toCredential,
      );
    },
    async insert({ id, sourceId, label, secretSha256, issuedBy, issuedAt }) {
      await tx.serviceCredential.create({ data: { id, sourceId, label, secretSha256, issuedBy, issuedAt } });
    },
    async revoke(id, revokedBy, revokedAt) {
      await tx.serviceCredential.update({ where: { id }, data: { revokedBy, revokedAt } });
    },
  };
}

function toCredential({ revokedBy, revokedAt, ...credential }: Row): ServiceCredential {
  return revokedBy !== null && revokedAt !== null
    ? { ...credential, revoked: { by: revokedBy, at: revokedAt } }
    : credential;
}
