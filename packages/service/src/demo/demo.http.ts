import { type DemoAccount, type DemoProps, demoPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { input } from "../platform/input.http.ts";
import { contextOf, type ReaderDeps, sendPage } from "../portal/reader.http.ts";

/** What a demonstration adds to a running service. */
export type DemoStage = Readonly<{
  accounts: readonly DemoAccount[];
  /** The simulated time, what comes next, what the last move set off, and the mails caught. */
  scene(): Promise<Omit<DemoProps, "context" | "accounts">>;
  move(step: ClockStep): Promise<void>;
}>;

export type ClockStep = (typeof steps)[number];
const steps = ["hour", "day", "next"] as const;
const clockForm = z.object({ step: z.enum(steps) });

/** The page from which a visitor moves the simulated clock. Only a demonstration has it. */
export function demoRoutes(
  app: FastifyInstance,
  { demo, ...reader }: ReaderDeps & Readonly<{ demo: DemoStage }>,
): void {
  app.get("/demo", async (request, reply) => {
    const context = await contextOf(request, reader);
    return sendPage(reply, demoPage({ ...(await demo.scene()), accounts: demo.accounts, context }));
  });

  app.post("/demo/clock", async (request, reply) => {
    const { step } = input(clockForm, request.body);
    await demo.move(step);
    return reply.redirect("/demo", 303);
  });
}
