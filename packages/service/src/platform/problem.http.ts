import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { DomainError, type ErrorCode } from "../kernel/errors.ts";

/** RFC 9457. */
export type Problem = Readonly<{
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance: string;
  code: string;
}>;

/** The one place where a broken rule becomes an HTTP status. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  "sign-in-failed": 401,
  "sign-in-required": 401,
  "too-many-tries": 429,
  "code-wrong": 401,
  "code-expired": 401,
  "identity-expired": 400,
  "identity-cancelled": 401,
  "identity-refused": 401,
  "identity-unknown": 403,
  "identity-unavailable": 503,
  "not-allowed": 403,
  "credential-refused": 401,
  "credential-not-found": 404,
  "representative-only": 403,
  "delegation-not-found": 404,
  "guardianship-not-found": 404,
  "person-not-found": 404,
  "delegation-expired": 403,
  "helper-not-found": 404,
  "delegation-out-of-scope": 403,
  "delegation-cap-exceeded": 403,
  "form-expired": 403,
  "entitlement-not-found": 404,
  "entitlement-not-open": 409,
  "confirmation-closed": 409,
  "nothing-chosen": 422,
  "amount-changed": 409,
  "not-granted-together": 409,
  "account-missing": 422,
  "request-key-reused": 422,
  "budget-line-unknown": 409,
  "budget-exhausted": 409,
  "maker-is-checker": 403,
  "batch-not-found": 404,
  "batch-not-open": 409,
  "batch-changed": 409,
  "band-proposal-not-found": 404,
  "band-proposal-not-open": 409,
  "band-proposal-waiting": 409,
  "payment-not-found": 404,
  "payment-not-open": 409,
  "account-invalid": 422,
  "lottery-not-open": 409,
  "seed-differs": 422,
  "payments-stopped": 409,
  "books-differ": 409,
  "bank-file-invalid": 422,
  "bank-unsafe": 500,
  "delivery-unreadable": 422,
  "delivery-source-unknown": 422,
  "delivery-repeated": 409,
  "delivery-too-large": 413,
  "source-invalid": 500,
  "quarantine-not-found": 404,
  "quarantine-not-open": 409,
  "kept-file-gone": 410,
  "name-list-not-found": 404,
  "name-list-not-open": 409,
  "name-not-settled": 409,
  "dispute-not-found": 404,
  "dispute-not-open": 409,
  "fact-not-disputable": 422,
  "fact-is-shared": 422,
  "fact-not-asked": 422,
  "grievance-not-found": 404,
  "grievance-not-open": 409,
  "rating-closed": 409,
  "reassessment-not-found": 404,
  "reassessment-not-open": 409,
  "call-not-found": 404,
  "call-not-open": 409,
  "recovery-not-found": 404,
  "recovery-not-open": 409,
  "hearing-not-over": 409,
  "offset-not-possible": 409,
  "policy-invalid": 422,
  "policy-not-found": 404,
  "policy-version-differs": 409,
  "changed-meanwhile": 409,
  "data-directory-in-use": 500,
  "store-not-durable": 500,
  "store-unreachable": 503,
  "store-schema-unknown": 500,
  "sealed-unreadable": 500,
  "keys-differ": 500,
  "migration-changed": 500,
  "port-in-use": 500,
  "config-invalid": 500,
  "case-not-found": 404,
  "not-found": 404,
  "bad-input": 400,
  "evidence-broken": 422,
};

/** Turns whatever went wrong into a problem; a bug shows its request id and nothing else. */
export function problemOf(error: unknown, request: FastifyRequest): Problem {
  const instance = `/requests/${request.id}`;
  if (error instanceof DomainError) {
    return {
      type: `urn:apply-free:${error.code}`,
      title: error.message,
      status: statusOf[error.code],
      instance,
      code: error.code,
    };
  }
  const { statusCode, message } = error as FastifyError;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { type: "urn:apply-free:bad-input", title: message, status: statusCode, instance, code: "bad-input" };
  }
  return {
    type: "about:blank",
    title: "Something went wrong on our side. 系统出错，请稍后再试。",
    status: 500,
    instance,
    code: "internal",
  };
}

export function sendProblem(problem: Problem, reply: FastifyReply): FastifyReply {
  return reply.code(problem.status).type("application/problem+json").send(problem);
}
