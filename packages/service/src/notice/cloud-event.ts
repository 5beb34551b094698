import { canonicalJson } from "../kernel/digest.ts";
import type { Notice } from "./notice-store.ts";

/**
 * A notice for a firm's own system. Written once, when the notice is: what is signed later is these bytes.
 * Source: CloudEvents 1.0.2, JSON event format.
 */
export function cloudEventOf({ id, firmCode, kind, entitlementIds = [], subject, body, at }: Notice): string {
  return canonicalJson({
    specversion: "1.0",
    id,
    source: "urn:apply-free:notices",
    type: `apply-free.notice.${kind}.v1`,
    subject: firmCode,
    time: at.toISOString(),
    datacontenttype: "application/json",
    data: {
      kind,
      entitlementIds: [...entitlementIds],
      subject: { "zh-CN": subject.zh, en: subject.en },
      body: { "zh-CN": body.zh, en: body.en },
    },
  });
}
