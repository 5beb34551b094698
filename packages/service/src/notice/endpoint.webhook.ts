import { lookup as systemLookup } from "node:dns";
import { type ClientRequest, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { type Channel, Refused } from "./channel.ts";
import { isLoopbackAddress, isPublicAddress } from "./public-address.webhook.ts";
import { signatureHeaders } from "./webhook-signature.ts";

export type WebhookOptions = Readonly<{
  /** For a receiver on this machine, in demonstrations and tests: also without TLS. */
  allowLoopback?: boolean;
  patienceMs?: number;
  /** How names become addresses; all of an answer must be public. */
  lookup?: LookupFunction;
}>;

/**
 * Notices to a firm's own system. The address comes from outside, so: https only, no redirects, and the
 * address is judged when the connection is made, where a name cannot have changed its mind since.
 */
export function webhookChannel(options: WebhookOptions = {}): Channel<"webhook"> {
  const { allowLoopback = false, patienceMs = 10_000, lookup = systemLookup as LookupFunction } = options;
  const isAllowed = (address: string) => isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
  return {
    name: "webhook",
    async send({ id, recipient, body, secrets = [], at }) {
      const url = new URL(recipient);
      const problem = endpointProblem(recipient, allowLoopback);
      if (problem) throw new Refused(`the address is ${problem}`);
      if (secrets.length === 0) throw new Refused("the firm has taken its endpoint back");
      const host = url.hostname.replace(/^\[|\]$/g, "");
      if (isIP(host) !== 0 && !isAllowed(host)) throw new Refused("the address is not a public one");
      const status = await post(url, body, {
        method: "POST",
        lookup: guarded(lookup, isAllowed),
        timeout: patienceMs,
        signal: AbortSignal.timeout(patienceMs),
        agent: false,
        headers: {
          "content-type": "application/cloudevents+json; charset=utf-8",
          "content-length": Buffer.byteLength(body),
          "user-agent": "apply-free",
          ...signatureHeaders(id, at, body, secrets),
        },
      });
      judge(status);
    },
  };
}

export type EndpointProblem = "unreadable" | "not-https" | "has-password" | "not-public";

/** What is wrong with an address as it is written, before anybody is asked where it leads. */
export function endpointProblem(address: string, allowLoopback = false): EndpointProblem | undefined {
  const url = URL.parse(address);
  if (!url) return "unreadable";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isOwnMachine = allowLoopback && (host === "localhost" || isLoopbackAddress(host));
  if (url.protocol !== "https:" && !(isOwnMachine && url.protocol === "http:")) return "not-https";
  if (url.username !== "" || url.password !== "") return "has-password";
  return isIP(host) !== 0 && !isPublicAddress(host) && !isOwnMachine ? "not-public" : undefined;
}

/** Source: Standard Webhooks 1.0: 2xx is taken, 410 means that the receiver is gone, everything else is tried again. */
function judge(status: number): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) throw new Refused(`it answered ${status}, and redirects are not followed`);
  throw status === 410 ? new Refused("it answered 410: gone") : new Error(`it answered ${status}`);
}

/** @returns the status of the answer; its body is nobody's concern */
function post(url: URL, body: string, options: RequestOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const sent: ClientRequest = send(url, options, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    sent.on("timeout", () => sent.destroy(new Error("it did not answer in time")));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Looks a name up as always, and lets no address through unless all of them may be reached. */
function guarded(lookup: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : [];
      const [first] = addresses;
      if (error) return callback(error, []);
      if (!first || !addresses.every(({ address }) => isAllowed(address))) {
        return callback(new Refused("its name leads to an address that is not a public one"), []);
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
}
