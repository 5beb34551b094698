import type { FastifyRequest } from "fastify";
import { describe, expect, test } from "vitest";
import { DomainError } from "../kernel/errors.ts";
import { problemOf, statusOf } from "./problem.http.ts";

const request = { id: "req-7" } as FastifyRequest;

describe("a problem", () => {
  test("of the domain keeps its code and sentence, and names the request", () => {
    const error = new DomainError("confirmation-closed", "确认期限已过。The time to answer has passed.");
    expect(problemOf(error, request)).toEqual({
      type: "urn:apply-free:confirmation-closed",
      title: "确认期限已过。The time to answer has passed.",
      status: 409,
      instance: "/requests/req-7",
      code: "confirmation-closed",
    });
  });

  test("of a malformed request is bad input with the framework's own status", () => {
    const error = Object.assign(new Error("Request body is too large"), { statusCode: 413 });
    expect(problemOf(error, request)).toMatchObject({ status: 413, code: "bad-input" });
  });

  test.each([
    new Error("connect ECONNREFUSED postgresql://app:s3cret@db"),
    Object.assign(new Error("s3cret"), { statusCode: 503 }),
    "s3cret",
    { message: "s3cret" },
  ])("of our own making shows a request id and nothing of what happened", (bug) => {
    const problem = problemOf(bug, request);
    expect(problem).toMatchObject({ status: 500, code: "internal", instance: "/requests/req-7" });
    expect(JSON.stringify(problem)).not.toContain("s3cret");
  });

  test.each(Object.entries(statusOf))("%s answers with an error status", (_code, status) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
});
