import type { Clock } from "../kernel/clock.ts";
import { type Day, dayOf } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { IdentityNumber } from "../kernel/identity-number.ts";
import type { Fen } from "../kernel/money.ts";
import type { Random } from "../kernel/random.ts";
import type { PersonCode } from "../kernel/subject-code.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { AccountStore } from "./account.ts";
import type { DelegatedPolicies } from "./delegation.ts";
import { type GuardianBasis, type GuardianshipStore, guardianshipNotFound, refuseUnlawful } from "./guardianship.ts";
import { hashPassword } from "./password.ts";

type Stores = Readonly<{
  accounts: AccountStore;
  guardianships: GuardianshipStore;
  registry: Readonly<{ pseudonymOf(identityNo: IdentityNumber): PersonCode }>;
  journal: Journal;
}>;
export type GuardianshipDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock; random: Random }>;

export type GuardianshipPaper = Readonly<{
  ward: IdentityNumber;
  guardian: IdentityNumber;
  basis: GuardianBasis;
  /** Number of the paper that says so. */
  paperNo: string;
  policies: DelegatedPolicies;
  capFen: Fen;
  expiresOn: Day;
  /** Account id of the window clerk. */
  actor: string;
  requestKey: string;
}>;

/**
 * A window clerk sets down who acts for a person; nothing follows until a second official has checked it. The same
 * form sent twice is set down once.
 *
 * @throws DomainError bad-input | person-not-found
 */
export async function recordGuardianship(deps: GuardianshipDeps, paper: GuardianshipPaper): Promise<void> {
  const { basis, paperNo, policies, capFen, expiresOn, actor, requestKey } = paper;
  const at = deps.clock.now();
  refuseUnlawful(paper, dayOf(at));
  // Nobody signs in with it: the guardian comes by its own account.
  const passwordHash = await hashPassword(deps.random.token());
  await deps.transaction(async ({ accounts, guardianships, registry, journal }) => {
    const [ward, guardianCode] = [registry.pseudonymOf(paper.ward), registry.pseudonymOf(paper.guardian)];
    const id = derivedId("guardianship", ward, guardianCode, requestKey);
    if (await guardianships.find(id)) return;
    const [of, by] = [await guardianships.personBy(ward), await guardianships.personBy(guardianCode)];
    if (!of || !by?.accountId) throw personNotFound();
    const accountId = derivedId("account", id);
    const displayName = `${by.name}（监护人）`;
    const person = { id: accountId, login: id, role: "enterprise", standing: "guardian", displayName } as const;
    await accounts.openAll([{ ...person, firmCode: ward, passwordHash, at }]);
    const terms = { basis, paperNo, policies, capFen, expiresOn };
    const guardian = by.accountId;
    await guardianships.insert({ id, ward, guardian, accountId, ...terms, recordedBy: actor, recordedAt: at });
    const said = policies === "all" ? policies : [...policies];
    const paperSha256 = digestOf({ id, paperNo });
    const payload = {
      ward,
      guardian,
      accountId,
      basis,
      policies: said,
      capFen: String(capFen),
      expiresOn,
      paperSha256,
    };
    await journal.append({ type: "guardianship-recorded", subject: id, actor, at, payload });
  });
}

type Act = Readonly<{ id: string; actor: string }>;

/** A second official has seen the paper. Checking twice says nothing more. @throws DomainError maker-is-checker */
export function checkGuardianship({ transaction, clock }: Omit<GuardianshipDeps, "random">, { id, actor }: Act) {
  return transaction(async ({ guardianships, journal }) => {
    const known = await guardianships.find(id);
    if (!known || known.ended) throw guardianshipNotFound();
    if (known.checked) return;
    if (known.recordedBy === actor) {
      throw new DomainError("maker-is-checker", "登记的人不能自己核对。Whoever set it down cannot check it.");
    }
    const at = clock.now();
    await guardianships.check(id, actor, at);
    const payload = { ward: known.ward, accountId: known.accountId };
    await journal.append({ type: "guardianship-checked", subject: id, actor, at, payload });
  });
}

/** From now on nothing can be done under it. Ending twice says nothing more. */
export function endGuardianship({ transaction, clock }: Omit<GuardianshipDeps, "random">, { id, actor }: Act) {
  return transaction(async ({ guardianships, journal }) => {
    const known = await guardianships.find(id);
    if (!known) throw guardianshipNotFound();
    if (known.ended) return;
    const at = clock.now();
    await guardianships.end(id, actor, at);
    const payload = { ward: known.ward, accountId: known.accountId };
    await journal.append({ type: "guardianship-ended", subject: id, actor, at, payload });
  });
}

function personNotFound(): DomainError {
  return new DomainError(
    "person-not-found",
    "没有登记这两位，或监护人还没有账号。One of the two is not registered, or the guardian has no account.",
  );
}
