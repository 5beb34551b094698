import { type Channel, Refused } from "./channel.ts";
import { codeMessageFlaw } from "./code-message.ts";
import { textMessageFlaw } from "./letter.ts";

export type SmsGateway = Readonly<{
  /** Takes POST of JSON `{ id, to, text }`; any 2xx means that it will deliver. */
  url: string;
  /** Sent as a bearer token. */
  token?: string;
  /** The sender that people see, without its brackets: `河南政务`. Source: 通信短信息服务管理规定. */
  signature: string;
  /** It reports to `POST /api/sms/reports` what became of each message. */
  isReported?: boolean;
  patienceMs?: number;
}>;

/** Text messages by whatever gateway speaks HTTP; what others speak is a few lines of their own in front of it. */
export function smsGateway({
  url,
  token,
  signature,
  patienceMs = 10_000,
  isReported = false,
}: SmsGateway): Channel<"sms"> {
  return {
    name: "sms",
    isReported,
    async send({ id, recipient, body, kind }) {
      const flaw = kind === "code" ? codeMessageFlaw(body) : textMessageFlaw(body);
      if (flaw) throw new Refused(`the text may not be sent to a telephone: ${flaw}`);
      const response = await fetch(url, {
        method: "POST",
        redirect: "error",
        signal: AbortSignal.timeout(patienceMs),
        headers: {
          "content-type": "application/json",
          "idempotency-key": id,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ id, to: recipient, text: `【${signature}】${body}` }),
      });
      await response.body?.cancel();
      if (response.ok) return;
      const problem = `the gateway answered ${response.status}`;
      throw isFinal(response.status) ? new Refused(problem) : new Error(problem);
    },
  };
}

/** What says that this message is wrong; 401, 403 and 404 say that we are, and the message can wait for that. */
function isFinal(status: number): boolean {
  return status === 400 || status === 410 || status === 422;
}
