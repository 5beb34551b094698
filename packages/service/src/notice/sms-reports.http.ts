import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { type ReportOutcome, recordSmsReport, type SmsReportDeps } from "./record-sms-report.ts";

const report = z.object({
  id: z.string().regex(/^\w{1,60}$/),
  status: z.enum(["delivered", "failed"]),
  reason: z.string().max(500).optional(),
});
const body = z.object({ reports: z.array(report).min(1).max(500) });

type RouteDeps = SmsReportDeps & Readonly<{ token: string | undefined; pump(): void }>;

/**
 * POST /api/sms/reports: the gateway says what became of messages. Bearer token; JSON `{ reports: [{ id, status:
 * "delivered" | "failed", reason? }] }`, at most 500. Answers `{ recorded, repeated, setAside }`. Sending it again is safe.
 * @throws DomainError credential-refused | bad-input
 */
export function smsReportRoutes(app: FastifyInstance, { token, pump, ...deps }: RouteDeps): void {
  app.post("/api/sms/reports", { config: { rateLimit: { max: 1_200, timeWindow: "1 minute" } } }, async (request) => {
    refuseStranger(request, token);
    const { reports } = input(body, request.body);
    const outcomes: ReportOutcome[] = [];
    for (const each of reports) outcomes.push(await recordSmsReport(deps, each));
    pump();
    const count = (outcome: ReportOutcome) => outcomes.filter((each) => each === outcome).length;
    return { recorded: count("recorded"), repeated: count("repeated"), setAside: count("set-aside") };
  });
}

/** Without a configured token nobody is let in. Digests have one length, so that comparing tells nothing of it. */
function refuseStranger({ headers }: FastifyRequest, token: string | undefined): void {
  const given = Buffer.from(sha256(headers.authorization ?? ""));
  if (token !== undefined && timingSafeEqual(given, Buffer.from(sha256(`Bearer ${token}`)))) return;
  throw new DomainError("credential-refused", "凭证无效。The credential was refused.");
}
