import type { Readable } from "node:stream";
import type { PageContext } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isKiosk } from "../access/access.http.ts";
import { isPersonCode } from "../kernel/subject-code.ts";
import type { Tx } from "../platform/store.prisma.ts";

export type ReaderDeps = Readonly<{
  db: Tx;
  /** The simulated instant that pages mention; absent in real life. */
  demoClock?: () => Date;
}>;

const choice = z.object({ lang: z.enum(["zh", "en"]).optional(), large: z.enum(["0", "1"]).optional() });

/** Keeps the reader's choice of language and text size, made by a plain link, in cookies. */
export function installReaderChoices(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "GET" || request.routeOptions.config.isForAll) return;
    const parsed = choice.safeParse(request.query);
    if (!parsed.success) return;
    const { lang, large } = parsed.data;
    if (lang) keep(reply, "lang", lang);
    if (large) keep(reply, "large", large);
  });
}

function keep(reply: FastifyReply, name: string, value: string): void {
  reply.setCookie(name, value, { path: "/", sameSite: "lax", httpOnly: true, maxAge: 365 * 86_400 });
}

/** Who reads, how, and where. */
export async function contextOf(request: FastifyRequest, { db, demoClock }: ReaderDeps): Promise<PageContext> {
  const { session, cookies, query, url, method } = request;
  const chosen = choice.safeParse(query).data ?? {};
  const lang = chosen.lang ?? cookies.lang ?? languageOf(request);
  const principal = session?.principal;
  const firmCode = principal?.role === "enterprise" ? principal.firmCode : undefined;
  return {
    lang: lang === "en" ? "en" : "zh",
    largeText: (chosen.large ?? cookies.large) === "1",
    // A page that answers a form is shown again by the page the form came from.
    path: method === "GET" ? url : "/",
    csrfToken: session?.csrfToken,
    isKiosk: isKiosk(request) || session?.isKiosk === true,
    user: principal && {
      displayName: principal.displayName,
      role: principal.role,
      ...(principal.role === "enterprise" && {
        firmName: principal.firmName,
        isPerson: isPersonCode(principal.firmCode),
        isGuardian: principal.standing === "guardian",
      }),
    },
    unreadMessages:
      firmCode === undefined ? undefined : await db.inboxMessage.count({ where: { firmCode, readAt: null } }),
    demoClock: demoClock?.().toISOString(),
  };
}

function languageOf({ headers }: FastifyRequest): "zh" | "en" {
  const [first = ""] = (headers["accept-language"] ?? "").split(",");
  return first.trim().toLowerCase().startsWith("en") ? "en" : "zh";
}

/** To be saved, not shown. */
export function sendCsv(reply: FastifyReply, fileName: string, csv: string | Readable): FastifyReply {
  const disposition = `attachment; filename="${fileName}"`;
  return reply.type("text/csv; charset=utf-8").header("content-disposition", disposition).send(csv);
}

export function sendPage(reply: FastifyReply, html: string, status = 200): FastifyReply {
  // What one person may see is kept by nobody in between.
  return reply.code(status).header("cache-control", "private, no-store").type("text/html; charset=utf-8").send(html);
}
