import type { z } from "zod";
import { sha256 } from "../kernel/digest.ts";
import { queryAnswer, type ReportOutcome, reportList, submitAnswer } from "./bank-door.ts";
import type { Bank, BankReport } from "./bank-port.ts";
import { MAX_BYTES } from "./bank-xml.ts";
import { nameable } from "./message-id.ts";

export type HttpExchange = Readonly<{
  /** Where the bank's door is: `https://bank.example/corporate/`. */
  url: string;
  /** Sent as a bearer token, never to another address: redirects are not followed. */
  token: string;
  /** For one question, its answer's last byte included. */
  patienceMs?: number;
  /** A report that could not be fetched: it stays at the bank and holds up no other. */
  onTrouble?(name: string, cause: unknown): void;
}>;

const LIST_BYTES = 1024 * 1024;

/**
 * A bank that is spoken to over HTTP (银企直联) in ISO 20022 messages, by the words of `bank-door.ts`. Whatever is
 * not the bank's own answer about exactly these bytes (silence, a cut line, 5xx, the page of a machine in
 * between) is doubt and thrown as such: the batch is then asked about, never given under another id.
 */
export function httpExchangeBank({ url, token, patienceMs = 30_000, onTrouble }: HttpExchange): Bank {
  const base = url.endsWith("/") ? url : `${url}/`;

  async function ask(method: "GET" | "PUT", path: string, body?: Sent): Promise<Response> {
    const response = await fetch(new URL(path, base), {
      ...{ method, redirect: "error", signal: AbortSignal.timeout(patienceMs) },
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": body.type }) },
      ...(body && { body: body.text }),
    });
    return response;
  }

  async function fetchReport(name: string, digest: string): Promise<BankReport> {
    const content = await bytesOf(await ask("GET", `reports/${encodeURIComponent(name)}`), [200], MAX_BYTES);
    // What is too large is cut, and is refused by its reader.
    if (content.length <= MAX_BYTES && sha256(content) !== digest) throw new Error(`${name} arrived damaged`);
    return { name, content };
  }

  async function settle(name: string, outcome: ReportOutcome): Promise<void> {
    const path = `reports/${encodeURIComponent(name)}/outcome`;
    const response = await ask("PUT", path, { type: "application/json", text: JSON.stringify(outcome) });
    await bytesOf(response, [204], LIST_BYTES);
  }

  return {
    name: `http-exchange (${new URL(base).host})`,
    declares: { deduplicates: true, queries: true },
    async submit(messageId, file) {
      const path = `orders/${nameable(messageId)}`;
      const response = await ask("PUT", path, { type: "application/xml", text: file });
      if (response.status === 409) {
        await response.body?.cancel();
        throw new Error(`message ${messageId} was given to the bank with other content; stop and report`);
      }
      const answer = await answerOf(response, [200, 201], submitAnswer);
      if (answer.messageId !== messageId || answer.sha256 !== sha256(file)) {
        throw new Error(`the bank answered about ${answer.messageId} ${answer.sha256}, not about what it was given`);
      }
      return answer.status;
    },
    async query(messageId) {
      const response = await ask("GET", `orders/${nameable(messageId)}`);
      const answer = await answerOf(response, [200, 404], queryAnswer);
      if (answer.messageId !== messageId) throw new Error(`asked about ${messageId}, told about ${answer.messageId}`);
      return answer.status;
    },
    async reports() {
      const reports: BankReport[] = [];
      for (const { name, sha256: digest } of (await answerOf(await ask("GET", "reports"), [200], reportList)).reports) {
        try {
          reports.push(await fetchReport(name, digest));
        } catch (cause) {
          onTrouble?.(name, cause);
        }
      }
      return reports;
    },
    acknowledge: (name) => settle(name, { outcome: "dealt-with" }),
    refuse: (name, reason) => settle(name, { outcome: "unreadable", reason }),
  };
}

type Sent = Readonly<{ type: string; text: string }>;

async function answerOf<Schema extends z.ZodType>(response: Response, expected: readonly number[], schema: Schema) {
  const bytes = await bytesOf(response, expected, LIST_BYTES);
  return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** At most one byte more than `limit`; the rest need not be read. */
async function bytesOf(response: Response, expected: readonly number[], limit: number): Promise<Uint8Array> {
  if (!expected.includes(response.status)) {
    await response.body?.cancel();
    throw new Error(`the bank answered ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    size += part.length;
    if (size > limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit + 1);
}
