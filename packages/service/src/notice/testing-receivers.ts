import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Channel } from "./channel.ts";
import { webhookChannel } from "./endpoint.webhook.ts";
import { smsGateway } from "./gateway.sms.ts";
import { smtpMailer } from "./mailer.smtp.ts";

/** How the other side behaves: takes it, is busy, never will, says nothing, or points elsewhere. */
export type Mood = "takes" | "busy" | "refuses" | "silent" | "redirects";
export type Taken = Readonly<{ id: string; to: string; text: string; headers: Readonly<Record<string, unknown>> }>;

/** An adapter and a real server on loopback for it to speak to. */
export type Receiver = Readonly<{
  channel: Channel;
  recipient: string;
  taken: readonly Taken[];
  /** Requests that came in, taken or not. */
  asked(): number;
  be(mood: Mood): void;
  close(): Promise<void>;
}>;

/** Enough for a machine that has other things to do. */
const PATIENCE_MS = 10_000;
export const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

type Read = (body: string, request: IncomingMessage) => Omit<Taken, "headers">;

async function httpReceiver(
  read: Read,
  open: (origin: string) => Readonly<{ channel: Channel; recipient: string }>,
  final: number,
): Promise<Receiver> {
  let mood: Mood = "takes";
  let asked = 0;
  const taken: Taken[] = [];
  const server = createServer(async (request, response) => {
    asked += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (mood === "silent") return;
    if (mood === "redirects") return void response.writeHead(307, { location: "/elsewhere" }).end();
    if (mood === "takes") taken.push({ ...read(Buffer.concat(chunks).toString(), request), headers: request.headers });
    response.writeHead({ takes: 202, busy: 503, refuses: final }[mood]).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { channel, recipient } = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    channel,
    recipient,
    taken,
    asked: () => asked,
    be: (next) => {
      mood = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export function smsReceiver(patienceMs = PATIENCE_MS): Promise<Receiver> {
  const read: Read = (body) => JSON.parse(body);
  const open = (origin: string) => ({
    channel: smsGateway({ url: `${origin}/send`, token: "t", signature: "河南政务", patienceMs }),
    recipient: "13800000000",
  });
  return httpReceiver(read, open, 422);
}

export function webhookReceiver(patienceMs = PATIENCE_MS): Promise<Receiver> {
  const read: Read = (body, request) => ({
    id: String(request.headers["webhook-id"]),
    to: request.url ?? "",
    text: body,
  });
  const open = (origin: string) => ({
    channel: webhookChannel({ allowLoopback: true, patienceMs }),
    recipient: `${origin}/hook`,
  });
  return httpReceiver(read, open, 410);
}

export async function mailReceiver(patienceMs = PATIENCE_MS): Promise<Receiver> {
  let mood: Mood = "takes";
  let asked = 0;
  const taken: Taken[] = [];
  const answer = (code: number) => Object.assign(new Error(`${code}`), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    closeTimeout: 50,
    onRcptTo(_address, _session, done) {
      asked += 1;
      if (mood === "busy") return done(answer(451));
      if (mood === "refuses") return done(answer(550));
      if (mood !== "silent") done();
    },
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        PostalMime.parse(Buffer.concat(parts)).then(({ text = "", messageId = "", subject }) => {
          const to = envelope.rcptTo.map(({ address }) => address).join();
          taken.push({ id: messageId.replace(/^<|@.*$/g, ""), to, text, headers: { subject } });
          done();
        }, done);
      });
    },
  });
  server.on("error", () => {}); // a client that hangs up is not our trouble
  await once(server.listen(0, "127.0.0.1"), "listening");
  const mailer = smtpMailer(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, patienceMs);
  return {
    channel: mailer,
    recipient: "firm@firms.example",
    taken,
    asked: () => asked,
    be: (next) => {
      mood = next;
    },
    async close() {
      mailer.close();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
