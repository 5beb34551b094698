import { type IdentityNumber, parseIdentityNumber } from "../kernel/identity-number.ts";
import type { PersonCode } from "../kernel/subject-code.ts";
import type { AccountStore } from "./account.ts";

/**
 * A natural person signs in with the identity number, and the account stands under the pseudonym made of it:
 * no login in the store says whose it is.
 */
export function withPersonalLogins(
  accounts: AccountStore,
  pseudonymOf: (identityNo: IdentityNumber) => PersonCode,
): AccountStore {
  return {
    ...accounts,
    findByLogin(login) {
      const identityNo = parseIdentityNumber(login);
      return accounts.findByLogin(identityNo === undefined ? login : pseudonymOf(identityNo));
    },
  };
}
