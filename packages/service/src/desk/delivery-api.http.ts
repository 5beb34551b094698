import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { type CredentialDeps, credentialOf, type ServiceCredential } from "../access/service-credential.ts";
import { deliveryStore } from "../facts/delivery.prisma.ts";
import { deliveryLimitBytes, tooLarge } from "../facts/read-table.ts";
import { spooled } from "../facts/spool.fs.ts";
import { parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { type FileReception, receiveFile } from "../naming/receive-file.ts";
import { input } from "../platform/input.http.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { receptionSummary } from "./reception-summary.ts";

const params = z.object({ source: z.string().max(60) });
const known = z.object({ source: z.string().max(60), id: z.string().max(60) });
const query = z.object({
  asOf: z.string().max(10).optional(),
  file: z.string().trim().min(1).max(200).default("delivery"),
  partial: z.enum(["true", "false"]).default("false"),
});

/** Deliveries by a department's own system: the same door, the same checks, the same report as at the desk. */
export async function deliveryApi(app: FastifyInstance, deps: DeskDeps): Promise<void> {
  await app.register(async (api) => {
    api.removeAllContentTypeParsers();
    // Not read here: a delivery waits on the disk, and its sender is known before the first byte does.
    api.addContentTypeParser("*", (_, body, done) => done(null, body));

    api.post(
      "/api/deliveries/:source",
      { config: perMinute, bodyLimit: deliveryLimitBytes },
      async (request, reply) => {
        const credential = await credentialFor(request, deps, input(params, request.params).source);
        const { asOf, file: fileName, partial } = input(query, request.query);
        const day = asOf === undefined ? undefined : parseDay(asOf);
        if (asOf !== undefined && day === undefined) {
          throw new DomainError("bad-input", `数据日期“${asOf}”不是日期。asOf "${asOf}" is not a day.`, {
            field: "asOf",
          });
        }
        const announced = Number(request.headers["content-length"] ?? 0);
        if (announced > deliveryLimitBytes) throw tooLarge(announced, deliveryLimitBytes);
        const body = request.body instanceof Readable ? request.body : Readable.from([]);
        const reception = await spooled(body, deliveryLimitBytes, (bytes) =>
          receiveFile(deps, {
            ...{ sourceId: credential.sourceId, fileName, bytes, asOf: day, isPartial: partial === "true" },
            importedBy: credential.id,
          }),
        );
        deps.pump();
        return reply.status(statusFor(reception)).send(receptionSummary(reception));
      },
    );

    api.get("/api/deliveries/:source/:id", { config: perMinute }, async (request) => {
      const { source, id } = input(known, request.params);
      const { sourceId } = await credentialFor(request, deps, source);
      return reportOf(deps.db, sourceId, id);
    });
  });
}

const perMinute = { rateLimit: { max: 120, timeWindow: "1 minute" } };

async function credentialFor(
  request: FastifyRequest,
  deps: CredentialDeps,
  sourceId: string,
): Promise<ServiceCredential> {
  const credential = await credentialOf(deps, request.headers.authorization);
  if (credential.sourceId === sourceId) return credential;
  throw new DomainError(
    "not-allowed",
    `这个凭证只能提供“${credential.sourceId}”的数据。This credential delivers for "${credential.sourceId}" only.`,
    { sourceId },
  );
}

/** Taken, waiting for people, or known before. */
function statusFor({ outcome }: FileReception): number {
  if (outcome === "imported") return 201;
  return outcome === "repeated" ? 200 : 202;
}

async function reportOf(db: Tx, sourceId: string, id: string) {
  const row = await db.delivery.findFirst({ where: { id, sourceId } });
  if (!row) throw new DomainError("not-found", "没有这次数据交付。No such delivery.", { id });
  const { fileName, sha256, asOf, rowsGood, rowsBad } = row;
  const found = await deliveryStore(db).firstIssuesOf(id);
  return {
    deliveryId: id,
    source: sourceId,
    file: fileName,
    sha256,
    asOf: asOf.toISOString().slice(0, 10),
    rowsGood,
    rowsBad,
    ...found,
  };
}
