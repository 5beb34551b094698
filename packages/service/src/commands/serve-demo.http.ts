import type { DemoAccount, DemoProps } from "@apply-free/ui";
import { buildApp } from "../app.ts";
import type { ClockStep, DemoStage } from "../demo/demo.http.ts";
import { clerkOf, DEMO_PASSWORD, officials } from "../demo/demo-people.ts";
import { featuredFirms } from "../demo/featured-firms.prisma.ts";
import { live, nextMoment, playUntil } from "../demo/play.ts";
import type { DemoWorld } from "../demo-world.fs.ts";
import { personCodeOf } from "../kernel/subject-code.ts";
import { messageIdOf } from "../notice/mailer.smtp.ts";
import type { Config } from "../platform/config.env.ts";
import { openIdentity } from "./demo-identity.http.ts";
import type { Io } from "./io.ts";
import { listenUntilStopped } from "./listen.http.ts";

/** Serves a demonstration until it is stopped, and says how to walk through it. */
export async function serveDemo(world: DemoWorld, config: Config, io: Io): Promise<void> {
  const { house, playedByVisitor, sources, persons } = world;
  // The first night comes before the visitor does, so that there is something to see.
  if ((await house.db.matchRun.count()) === 0) await step(world, "next-match");
  const featured = await featuredFirms(house.db);
  for (const { code } of featured) playedByVisitor.add(code);
  const { sealing } = house.store;
  for (const { identityNo } of persons) playedByVisitor.add(personCodeOf(sealing.index(`identity:${identityNo}`)));
  const accounts: DemoAccount[] = [
    ...featured.map(({ code, name, why }) => {
      const { login, role } = clerkOf(code);
      return { login, password: DEMO_PASSWORD, role, displayName: `${name}（${why}）` };
    }),
    ...persons.map(({ identityNo, name, who }) => ({
      ...({
        login: identityNo,
        password: DEMO_PASSWORD,
        role: "enterprise",
        displayName: `${name}（${who}）`,
      } as const),
    })),
    ...officials.map(({ login, role, displayName }) => ({ login, password: DEMO_PASSWORD, role, displayName })),
  ];
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const log = (message: string, cause?: unknown) => io.err(cause === undefined ? message : `${message}: ${cause}`);
  const ran: DemoProps["ran"][number][] = [];
  const demo: DemoStage = {
    accounts,
    async scene() {
      const { at, moment } = nextMoment(house.clock.now());
      const next = { at: at.toISOString(), what: moment.what };
      return { now: house.clock.now().toISOString(), next, mails: await mailsOf(world), ran: [...ran] };
    },
    async move(how) {
      ran.splice(0, ran.length, ...(await step(world, how)));
    },
  };
  const identity = isOnThisMachine(publicUrl) ? await openIdentity(world, publicUrl, featured) : undefined;
  const identityProvider = identity && { identityProvider: identity.provider };
  const app = await buildApp({ house, sources, publicUrl, logger: false, demo, log, ...identityProvider });
  await listenUntilStopped(app, config, {
    onListening() {
      io.err("");
      io.err(`Open ${publicUrl} and sign in; everybody's password is "${DEMO_PASSWORD}":`);
      for (const { login, displayName } of accounts) io.err(`  ${login.padEnd(20)} ${displayName}`);
      io.err(`Move the simulated clock at ${publicUrl}/demo. Ctrl-C stops it; --reset begins anew.`);
    },
    async close() {
      await identity?.close();
      await world.close();
    },
  });
}

/** The demonstration's own provider listens on loopback, where a browser from elsewhere does not find it. */
function isOnThisMachine(publicUrl: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(publicUrl).hostname);
}

async function step({ house, play }: DemoWorld, how: ClockStep | "next-match"): Promise<DemoProps["ran"]> {
  const ran: DemoProps["ran"][number][] = [];
  const from = house.clock.now();
  const { at, moment } = nextMoment(from);
  if (how === "next") {
    await live(play, at, moment);
    return [{ at: at.toISOString(), what: moment.what }];
  }
  const hours = how === "hour" ? 1 : how === "day" ? 24 : 3;
  const end = new Date(from.getTime() + hours * 3_600_000);
  for (let next = nextMoment(from); next.at <= end; next = nextMoment(next.at)) {
    ran.push({ at: next.at.toISOString(), what: next.moment.what });
  }
  await playUntil(play, end);
  return ran;
}

async function mailsOf({ mail, house }: DemoWorld): Promise<DemoProps["mails"]> {
  const recent = mail.recent().slice(0, 10);
  const rows = await house.db.dispatch.findMany({
    where: { channel: "email", sentAt: { not: null } },
    orderBy: { sentAt: "desc" },
    take: 100,
    select: { id: true, queuedAt: true },
  });
  const queuedAt = new Map(rows.map((row) => [messageIdOf(row.id), row.queuedAt]));
  return recent.map(({ messageId, to, subject, text }) => {
    const at = (queuedAt.get(messageId) ?? house.clock.now()).toISOString();
    return { id: messageId, to, subject, text, at };
  });
}
