import { expect, test } from "vitest";
import { readBounce } from "./read-bounce.smtp.ts";

const report = (status: string, returned: string, type = "message/rfc822") =>
  new TextEncoder().encode(
    [
      "From: MAILER-DAEMON@mail.example",
      "To: no-reply@apply-free.example",
      "Subject: Undelivered Mail Returned to Sender",
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      "This is the mail system.",
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mail.example",
      "",
      "Final-Recipient: rfc822; firm@firms.example",
      status,
      "",
      "--b",
      `Content-Type: ${type}`,
      "",
      returned,
      "",
      "--b--",
      "",
    ].join("\r\n"),
  );
const failed = "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user";
const ours = "From: no-reply@apply-free.example\r\nMessage-ID: <dispatch_7K3M@apply-free.example>\r\n\r\nbody";

test.each(["message/rfc822", "text/rfc822-headers"])(
  "a report with %s names the mail and what was said",
  async (type) => {
    expect(await readBounce(report(failed, ours, type))).toEqual({
      dispatchId: "dispatch_7K3M",
      reason: "550 5.1.1 no such user",
    });
  },
);

test("a delay is no bounce, nor is somebody else's mail, a person's answer, or rubbish", async () => {
  expect(await readBounce(report("Action: delayed\r\nStatus: 4.4.1", ours))).toBeUndefined();
  expect(await readBounce(report(failed, "Message-ID: <x@other.example>\r\n\r\n"))).toBeUndefined();
  const answer = `Subject: Re\r\nContent-Type: text/plain\r\n\r\nAction: failed\r\n${ours}`;
  expect(await readBounce(new TextEncoder().encode(answer))).toBeUndefined();
  expect(await readBounce(new Uint8Array([0, 255, 1, 2]))).toBeUndefined();
  expect(await readBounce(new Uint8Array())).toBeUndefined();
});
