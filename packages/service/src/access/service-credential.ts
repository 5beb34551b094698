import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";

/** A department's system that delivers by itself, for one source. Its secret is known here only by digest. */
export type ServiceCredential = Readonly<{
  id: string;
  sourceId: string;
  label: string;
  secretSha256: string;
  issuedBy: string;
  issuedAt: Date;
  revoked?: Readonly<{ by: string; at: Date }>;
}>;

export type CredentialStore = {
  find(id: string): Promise<ServiceCredential | undefined>;
  list(): Promise<ServiceCredential[]>;
  insert(credential: ServiceCredential): Promise<void>;
  revoke(id: string, by: string, at: Date): Promise<void>;
};

type CredentialStores = Readonly<{ credentials: CredentialStore; journal: Journal }>;
export type CredentialDeps<Stores extends CredentialStores = CredentialStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
}>;

/** The token is shown once: whoever loses it gets another. */
export async function issueCredential<Stores extends CredentialStores>(
  { transaction, clock, random }: CredentialDeps<Stores> & Readonly<{ random: Random }>,
  { sourceId, label, by }: Readonly<{ sourceId: string; label: string; by: string }>,
): Promise<Readonly<{ credential: ServiceCredential; token: string }>> {
  const secret = random.token();
  const at = clock.now();
  const id = derivedId("credential", sourceId, label, at.toISOString(), sha256(secret));
  const credential = { id, sourceId, label, secretSha256: sha256(secret), issuedBy: by, issuedAt: at };
  await transaction(async ({ credentials, journal }) => {
    await credentials.insert(credential);
    await journal.append({ type: "credential-issued", subject: id, actor: by, at, payload: { sourceId, label } });
  });
  return { credential, token: `${id}.${secret}` };
}

/** Revoking twice says nothing more. @throws DomainError credential-not-found */
export async function revokeCredential<Stores extends CredentialStores>(
  { transaction, clock }: CredentialDeps<Stores>,
  { id, by }: Readonly<{ id: string; by: string }>,
): Promise<void> {
  await transaction(async ({ credentials, journal }) => {
    const known = await credentials.find(id);
    if (!known) throw new DomainError("credential-not-found", "没有这个接口凭证。No such credential.", { id });
    if (known.revoked) return;
    const at = clock.now();
    await credentials.revoke(id, by, at);
    const payload = { sourceId: known.sourceId };
    await journal.append({ type: "credential-revoked", subject: id, actor: by, at, payload });
  });
}

/**
 * Who presents this `Authorization: Bearer …`. What is wrong with it is not said: unknown, revoked and
 * mistyped look alike from outside.
 * @throws DomainError credential-refused
 */
export async function credentialOf<Stores extends CredentialStores>(
  { transaction }: Pick<CredentialDeps<Stores>, "transaction">,
  authorization: string | undefined,
): Promise<ServiceCredential> {
  const [, id = "", secret = ""] = /^Bearer ([\w-]{1,60})\.([\w-]{20,200})$/.exec(authorization ?? "") ?? [];
  const found = await transaction(({ credentials }) => credentials.find(id));
  const given = Buffer.from(sha256(secret));
  const wanted = Buffer.from(found?.secretSha256 ?? sha256("nobody"));
  if (found && !found.revoked && timingSafeEqual(given, wanted)) return found;
  throw new DomainError("credential-refused", "接口凭证无效。This credential is not valid.");
}
