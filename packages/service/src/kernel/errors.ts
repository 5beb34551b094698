/**
 * Every rule of the domain that can be broken, by name. HTTP statuses for them live in one
 * record (platform/problem.http.ts) and sentences for people in the message below.
 */
export type ErrorCode =
  // sign-in and access
  | "sign-in-failed"
  | "sign-in-required"
  | "too-many-tries"
  | "code-wrong"
  | "code-expired"
  | "identity-expired"
  | "identity-cancelled"
  | "identity-refused"
  | "identity-unknown"
  | "identity-unavailable"
  | "not-allowed"
  | "form-expired"
  | "credential-refused"
  | "credential-not-found"
  | "representative-only"
  | "delegation-not-found"
  | "guardianship-not-found"
  | "person-not-found"
  | "delegation-expired"
  | "helper-not-found"
  | "delegation-out-of-scope"
  | "delegation-cap-exceeded"
  // entitlement and confirmation
  | "entitlement-not-found"
  | "entitlement-not-open"
  | "confirmation-closed"
  | "nothing-chosen"
  | "amount-changed"
  | "not-granted-together"
  | "account-missing"
  | "request-key-reused"
  // budget and payment
  | "budget-line-unknown"
  | "budget-exhausted"
  | "maker-is-checker"
  | "batch-not-found"
  | "batch-not-open"
  | "batch-changed"
  | "band-proposal-not-found"
  | "band-proposal-not-open"
  | "band-proposal-waiting"
  | "payment-not-found"
  | "payment-not-open"
  | "account-invalid"
  | "lottery-not-open"
  | "seed-differs"
  | "payments-stopped"
  | "books-differ"
  | "bank-file-invalid"
  | "bank-unsafe"
  // facts
  | "delivery-unreadable"
  | "delivery-source-unknown"
  | "delivery-repeated"
  | "delivery-too-large"
  | "source-invalid"
  | "quarantine-not-found"
  | "quarantine-not-open"
  | "kept-file-gone"
  | "name-list-not-found"
  | "name-list-not-open"
  | "name-not-settled"
  | "dispute-not-found"
  | "dispute-not-open"
  | "fact-not-disputable"
  | "fact-is-shared"
  | "fact-not-asked"
  | "grievance-not-found"
  | "grievance-not-open"
  | "rating-closed"
  | "reassessment-not-found"
  | "reassessment-not-open"
  // notices
  | "call-not-found"
  | "call-not-open"
  // recovery
  | "recovery-not-found"
  | "recovery-not-open"
  | "hearing-not-over"
  | "offset-not-possible"
  // policies
  | "policy-invalid"
  | "policy-not-found"
  | "policy-version-differs"
  // store, start and everything else
  | "changed-meanwhile"
  | "data-directory-in-use"
  | "store-not-durable"
  | "store-unreachable"
  | "store-schema-unknown"
  | "sealed-unreadable"
  | "keys-differ"
  | "migration-changed"
  | "port-in-use"
  | "config-invalid"
  | "case-not-found"
  | "not-found"
  | "bad-input"
  | "evidence-broken";

type Details = Readonly<Record<string, string | number | boolean | null>>;

/** A broken rule of the domain: expected, named, and safe to show. Bugs are ordinary errors and crash. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  readonly details: Details;

  /** @param message one sentence for a person: what is wrong, then what to do. */
  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Marks a branch that the types exclude, so that a new case fails to compile here. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
