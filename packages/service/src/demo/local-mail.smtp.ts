import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A message as it arrived at the local server. */
export type CaughtMail = Readonly<{ to: string; subject: string; text: string; messageId: string }>;

export type LocalMailServer = Readonly<{
  url: string;
  /** Newest first; the last hundred. */
  recent(): readonly CaughtMail[];
  close(): Promise<void>;
}>;

const KEPT = 100;

/** A real SMTP server on loopback that keeps what it is handed, for demonstrations and tests. */
export async function startLocalMail(): Promise<LocalMailServer> {
  const caught: CaughtMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        PostalMime.parse(Buffer.concat(parts)).then(({ subject = "", text = "", messageId = "" }) => {
          const to = envelope.rcptTo.map(({ address }) => address).join(", ");
          caught.unshift({ to, subject, text: text.trim(), messageId });
          caught.length = Math.min(caught.length, KEPT);
          done();
        }, done);
      });
    },
  });
  server.on("error", () => {}); // a client that hangs up is not our trouble
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    recent: () => caught,
    close: () => new Promise((closed) => server.close(closed)),
  };
}
