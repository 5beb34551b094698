import path from "node:path";
import type { Command } from "commander";
import { buildApp } from "../app.ts";
import { openHouse } from "../house.prisma.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import { webhookChannel } from "../notice/endpoint.webhook.ts";
import { smsGateway } from "../notice/gateway.sms.ts";
import { smtpMailer } from "../notice/mailer.smtp.ts";
import type { Bank } from "../payment/bank-port.ts";
import { channelExchange } from "../payment/channel-exchange.bank.ts";
import { type OtherChannel, otherChannels } from "../payment/channel-tables.ts";
import { csvExchangeBank } from "../payment/csv-exchange.bank.ts";
import { fileExchangeBank } from "../payment/file-exchange.bank.ts";
import { httpExchangeBank } from "../payment/http-exchange.bank.ts";
import { xlsxExchangeBank } from "../payment/xlsx-exchange.bank.ts";
import { readConfig } from "../platform/config.env.ts";
import { loadSourcesIn } from "../policies/rules-directory.fs.ts";
import { fileShelf } from "../reach/shelf.fs.ts";
import { startTimetable, type Timetable } from "../timetable.ts";
import { configuredProvider } from "./identity-provider.env.ts";
import type { Io } from "./io.ts";
import { listenUntilStopped } from "./listen.http.ts";
import { openConfiguredStore } from "./open-store.env.ts";

export type ServeDeps = Readonly<{ clock: Clock; random: Random; rules: string }>;

const openFolders = { xml: fileExchangeBank, csv: csvExchangeBank, xlsx: xlsxExchangeBank };

/** `apply-free serve`: the service on real time, until it is stopped. */
export function registerServe(program: Command, io: Io, { clock, random, rules }: ServeDeps): void {
  program
    .command("serve")
    .description("run the service")
    .action(async () => {
      const config = readConfig(process.env);
      const log = (message: string, cause?: unknown) => io.err(cause === undefined ? message : `${message}: ${cause}`);
      const sources = await loadSourcesIn(rules);
      const store = await openConfiguredStore();
      const bank = config.bankDoor
        ? httpExchangeBank({
            ...config.bankDoor,
            onTrouble: (name, cause) => log(`bank: ${name} could not be fetched`, cause),
          })
        : await openFolders[config.bankFiles](path.join(config.dataDir, "bank"));
      const institutions = new Map<OtherChannel, Bank>();
      for (const each of otherChannels) {
        institutions.set(each, await channelExchange(path.join(config.dataDir, "institutions", each), each));
      }
      const mailer = config.smtpUrl === undefined ? undefined : smtpMailer(config.smtpUrl);
      const soleInstance = store.kind === "embedded";
      const parts = { store, clock, wallClock: clock, random, bank, maker: "system:payment-run", soleInstance, log };
      const channels = [
        ...(mailer ? [mailer] : []),
        ...(config.sms ? [smsGateway(config.sms)] : []),
        webhookChannel({ allowLoopback: config.webhookLoopback }),
      ];
      const reachShelf = fileShelf(path.join(config.dataDir, "reach", "columns"), log);
      const house = openHouse({ ...parts, institutions, channels, reachShelf });
      // With each bell, so that whoever asks finds the firms of the day read.
      const keepReachCurrent = () =>
        void house.reach.current().catch((cause: unknown) => log("firms could not be read for live counts", cause));
      const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
      const app = await buildApp({
        ...{ house, sources, publicUrl, logger: { level: "info" }, log },
        webhookLoopback: config.webhookLoopback,
        ...(config.trustedProxy !== undefined && { trustedProxy: config.trustedProxy }),
        ...(config.oidc && { identityProvider: configuredProvider(config.oidc, publicUrl, clock) }),
        answerDays: config.answerDays,
        smsReportToken: config.smsReportToken,
      });
      let timetable: Timetable | undefined;
      await listenUntilStopped(app, config, {
        // Not before: a port in use must leave nothing half done.
        onListening() {
          keepReachCurrent();
          timetable = startTimetable(house.jobs, () => house.runDue().finally(keepReachCurrent));
          io.err(`Serving ${publicUrl} on the ${store.kind} database. Ctrl-C stops it.`);
        },
        async close() {
          await timetable?.stop();
          await house.pump();
          await house.reach.keep();
          mailer?.close();
          await store.close();
        },
      });
    });
}
