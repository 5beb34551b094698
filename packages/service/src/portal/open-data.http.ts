import type { FastifyContextConfig, FastifyReply, FastifyRequest } from "fastify";
import { sha256 } from "../kernel/digest.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answers everybody alike: it keeps nothing about the reader and sets no cookie. */
    isForAll?: boolean;
  }
}

/** For routes whose answers may be kept in between and read from pages of other sites. */
export const forAll = {
  config: { isForAll: true } satisfies FastifyContextConfig,
  helmet: { crossOriginResourcePolicy: { policy: "cross-origin" } },
} as const;

/** Minutes matter: a payment that the bank sent back leaves the list, and has to leave copies of it too. */
const FRESH = "public, max-age=300";

/** Open data: any site may read it, anybody may keep it for five minutes, and an unchanged answer costs nothing. */
export function sendOpen(request: FastifyRequest, reply: FastifyReply, type: string, body: string): FastifyReply {
  const etag = `"${sha256(body).slice(0, 32)}"`;
  openTo(reply).header("etag", etag);
  return isKnown(request, etag) ? reply.code(304).send() : reply.type(type).send(body);
}

/** The headers alone, for answers that are sent while they are made. */
export function openTo(reply: FastifyReply): FastifyReply {
  return reply.header("cache-control", FRESH).header("access-control-allow-origin", "*");
}

/** RFC 9110 13.1.2: compared weakly, since something in between may have compressed it. */
function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const given = headers["if-none-match"] ?? "";
  return given.split(",").some((each) => [etag, `W/${etag}`, "*"].includes(each.trim()));
}
