import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sha256 } from "../kernel/digest.ts";
import {
  type QueryAnswer,
  type ReportList,
  reportName,
  reportOutcome,
  type SubmitAnswer,
} from "../payment/bank-door.ts";
import type { Bank } from "../payment/bank-port.ts";
import { MAX_BYTES } from "../payment/bank-xml.ts";

/** What a customer asks at the door. */
export type Errand = "submit" | "query" | "list" | "fetch" | "settle";

/**
 * What can go wrong on the line: the question is lost, the answer is lost, comes in half or comes late, a machine in
 * between is busy before the bank has heard, or gives up after it has.
 */
export const lineFaults = [
  "question-lost",
  "answer-lost",
  "answer-cut",
  "answer-late",
  "busy",
  "gateway-error",
] as const;
export type LineFault = (typeof lineFaults)[number];

export type BankDoor = Readonly<{ port: number; close(): Promise<void> }>;

export type DoorOptions = Readonly<{
  /** Port to listen on, on this machine only; 0 = any. */
  port: number;
  token: string;
  /** For tests: what goes wrong with this errand. */
  trouble?(errand: Errand): LineFault | undefined;
  /** How late `answer-late` is. */
  latenessMs?: number;
}>;

type Answer = Readonly<{ status: number; body?: object | Uint8Array }>;

/** An HTTP door (银企直联) in front of a bank that has its counter elsewhere, as `payment/bank-door.ts` says. */
export async function openBankDoor(counter: Bank, options: DoorOptions): Promise<BankDoor> {
  const { token, trouble = () => undefined, latenessMs = 0 } = options;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: two orders of one id cannot both be the first. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (!isToken(request.headers.authorization, token)) return send(response, { status: 401 });
    const route = routeOf(request.method, request.url ?? "");
    if (!route) return send(response, { status: 404 });
    const fault = trouble(route.errand);
    if (fault === "question-lost") return void response.socket?.destroy();
    if (fault === "busy") return send(response, { status: 503 });
    const answer = await inTurn(() => answerTo(counter, route, body));
    if (fault === "answer-lost") return void response.socket?.destroy();
    if (fault === "gateway-error") return send(response, { status: 502 });
    if (fault === "answer-cut") return sendHalf(response, answer);
    if (fault === "answer-late") await new Promise((resolve) => setTimeout(resolve, latenessMs));
    send(response, answer);
  }

  const server = createServer((request, response) => {
    // A line that is kept can be closed by either side just as the other speaks: a fault that nobody planned.
    response.shouldKeepAlive = false;
    serve(request, response).catch(() => response.destroy());
  });
  await once(server.listen(options.port, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

type Route = Readonly<{ errand: Errand; name: string }>;

function routeOf(method: string | undefined, url: string): Route | undefined {
  const [kind, given = "", rest, ...more] = url.slice(1).split("/");
  if (more.length > 0) return undefined;
  const name = decodeURIComponent(given);
  if (given !== "" && !reportName.safeParse(name).success) return undefined;
  switch (`${method} ${kind} ${given === "" ? "all" : "one"} ${rest ?? ""}`) {
    case "PUT orders one ":
      return { errand: "submit", name };
    case "GET orders one ":
      return { errand: "query", name };
    case "GET reports all ":
      return { errand: "list", name };
    case "GET reports one ":
      return { errand: "fetch", name };
    case "PUT reports one outcome":
      return { errand: "settle", name };
    default:
      return undefined;
  }
}

async function answerTo(counter: Bank, { errand, name }: Route, body: Buffer): Promise<Answer> {
  switch (errand) {
    case "submit":
      return takeOrder(counter, name, body);
    case "query": {
      const status = await counter.query(name);
      return { status: status === "taken" ? 200 : 404, body: { messageId: name, status } satisfies QueryAnswer };
    }
    case "list": {
      const reports = (await counter.reports()).map((each) => ({ name: each.name, sha256: sha256(each.content) }));
      return { status: 200, body: { reports } satisfies ReportList };
    }
    case "fetch": {
      const report = (await counter.reports()).find((each) => each.name === name);
      return report ? { status: 200, body: report.content } : { status: 404 };
    }
    case "settle": {
      const outcome = reportOutcome.parse(JSON.parse(body.toString()));
      const settled =
        outcome.outcome === "unreadable" ? counter.refuse(name, outcome.reason) : counter.acknowledge(name);
      return settled.then(
        () => ({ status: 204 }),
        () => ({ status: 404 }),
      );
    }
  }
}

function takeOrder(counter: Bank, messageId: string, body: Buffer): Promise<Answer> {
  return counter.submit(messageId, body.toString()).then(
    (status) => ({
      status: status === "taken" ? 201 : 200,
      body: { messageId, status, sha256: sha256(body) } satisfies SubmitAnswer,
    }),
    () => ({ status: 409 }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > MAX_BYTES) throw new Error("larger than any order");
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function isToken(given: string | undefined, token: string): boolean {
  const [mine, theirs] = [sha256(`Bearer ${token}`), sha256(given ?? "")].map((digest) => Buffer.from(digest));
  return mine !== undefined && theirs !== undefined && timingSafeEqual(mine, theirs);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (body === undefined) return void response.writeHead(status).end();
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const type = body instanceof Uint8Array ? "application/xml" : "application/json";
  response.writeHead(status, { "content-type": type, "content-length": bytes.length }).end(bytes);
}

/** Says how much will come, and does not keep it. */
function sendHalf(response: ServerResponse, { status, body = {} }: Answer): void {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, { "content-length": bytes.length + 1 });
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.socket?.destroy());
}
