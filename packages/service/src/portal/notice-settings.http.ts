import { type NoticeSettingsProps, noticeSettingsPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { cookieOptions, enterpriseOf, representativeOf } from "../access/access.http.ts";
import { askContactCode, type ContactCodeDeps, provableKinds, proveContact } from "../access/contact-code.ts";
import { changeSetting, dropEndpoint, nameEndpoint } from "../notice/change-setting.ts";
import { firmContactStore } from "../notice/firm-contact.prisma.ts";
import { type ContactKind, contactForm, contactKinds, nameContact, removeContact } from "../notice/firm-contact.ts";
import { letterStore } from "../notice/letter.prisma.ts";
import { mutableTopics } from "../notice/topic.ts";
import { input } from "../platform/input.http.ts";
import { actorOf } from "./offers.http.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import { codeProblemOf, codeStatus, digits } from "./sign-in-code.http.ts";

const PATH = "/messages/settings";
const topics = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.enum(mutableTopics)));
const choices = z.object({ language: z.enum(["zh", "en"]), topic: topics });
const endpoint = z.object({ url: z.string().trim().min(1).max(500) });
const doneQuery = z.object({ done: z.enum(["saved", "sent", "verified"]).optional() });

const contactKind = z.object({ kind: z.enum(contactKinds) });
const typedContact = contactKind.extend({ value: z.string().max(500).default("") });
const typedCode = contactKind.extend({ code: digits });
const COOKIE = "contact-code";

type Shown = Pick<NoticeSettingsProps, "done" | "secret" | "endpoint" | "contactProblem" | "codeProblem">;
type SettingRouteDeps = PortalDeps & ContactCodeDeps & Readonly<{ publicUrl: string }>;

/** How the firm wants to be told, and what it cannot turn off. */
export function noticeSettingRoutes(app: FastifyInstance, deps: SettingRouteDeps): void {
  const cookie = { ...cookieOptions(deps.publicUrl), path: PATH };
  /** A code on its way, if there is a way; the answer that shows so. */
  const sendCode = async (request: FastifyRequest, reply: FastifyReply, kind: ContactKind) => {
    const { firmCode } = representativeOf(request);
    try {
      const { lang: language } = await contextOf(request, deps);
      const asked = await askContactCode(deps, { firmCode, kind, language });
      if (!asked) return reply.redirect(`${PATH}?done=saved`, 303);
      reply.setCookie(COOKIE, asked.token, { ...cookie, expires: asked.expiresAt });
      return reply.redirect(`${PATH}?done=sent`, 303);
    } catch (cause) {
      const problem = codeProblemOf(cause);
      return show(request, reply, deps, { codeProblem: { kind, problem } }, codeStatus(problem));
    }
  };

  app.get(PATH, async (request, reply) => {
    const { done } = input(doneQuery, request.query);
    return show(request, reply, deps, { done });
  });

  app.post(PATH, async (request, reply) => {
    const whose = actorOf(enterpriseOf(request));
    const { language, topic } = input(choices, request.body);
    const muted = mutableTopics.filter((each) => !topic.includes(each));
    await changeSetting(deps, whose, { language, muted });
    return reply.redirect(`${PATH}?done=saved`, 303);
  });

  app.post(`${PATH}/webhook`, async (request, reply) => {
    const whose = actorOf(representativeOf(request));
    const { url } = input(endpoint, request.body);
    const problem = deps.endpointProblem(url);
    if (problem) return show(request, reply, deps, { endpoint: { typed: url, problem } }, 422);
    // Not by a redirect: the secret is shown once, and in no address.
    return show(request, reply, deps, { done: "saved", secret: await nameEndpoint(deps, whose, url) });
  });

  app.post(`${PATH}/contact`, async (request, reply) => {
    const whose = actorOf(representativeOf(request));
    const { kind, value: typed } = input(typedContact, request.body);
    const contact = contactForm.safeParse({ kind, value: typed });
    if (!contact.success) return show(request, reply, deps, { contactProblem: { kind, typed } }, 422);
    await nameContact(deps, whose, contact.data);
    return sendCode(request, reply, kind);
  });

  app.post(`${PATH}/contact/code`, (request, reply) => sendCode(request, reply, input(contactKind, request.body).kind));

  app.post(`${PATH}/contact/verify`, async (request, reply) => {
    const whose = actorOf(representativeOf(request));
    const { kind, code } = input(typedCode, request.body);
    try {
      await proveContact(deps, whose, { kind, code, token: request.cookies[COOKIE] });
      reply.clearCookie(COOKIE, cookie);
      return reply.redirect(`${PATH}?done=verified`, 303);
    } catch (cause) {
      const problem = codeProblemOf(cause);
      return show(request, reply, deps, { codeProblem: { kind, problem } }, codeStatus(problem));
    }
  });

  app.post(`${PATH}/contact/remove`, async (request, reply) => {
    const whose = actorOf(representativeOf(request));
    await removeContact(deps, whose, input(contactKind, request.body).kind);
    return reply.redirect(`${PATH}?done=saved`, 303);
  });

  app.post(`${PATH}/webhook/remove`, async (request, reply) => {
    await dropEndpoint(deps, actorOf(representativeOf(request)));
    return reply.redirect(`${PATH}?done=saved`, 303);
  });
}

async function show(request: FastifyRequest, reply: FastifyReply, deps: SettingRouteDeps, shown: Shown, status = 200) {
  const { firmCode, standing } = enterpriseOf(request);
  const { setting, ...contact } = await letterStore(deps.db).contactOf(firmCode);
  const { language, muted, webhook } = setting;
  const own = standing === "representative" ? await firmContactStore(deps.db).of(firmCode) : undefined;
  const contacts = own?.map(({ kind, value, verifiedAt }) => ({ kind, value, isVerified: verifiedAt !== undefined }));
  const context = { ...(await contextOf(request, deps)), path: PATH };
  const html = noticeSettingsPage({
    ...shown,
    context,
    contact,
    own: contacts,
    provable: provableKinds(deps.channels),
    language,
    muted,
    webhookUrl: webhook?.url,
  });
  return sendPage(reply, html, status);
}
