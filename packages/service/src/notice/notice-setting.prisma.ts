import { z } from "zod";
import type { NoticeSetting as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { defaultSetting, type NoticeSetting, type SettingStore } from "./notice-setting.ts";
import { mutableTopics } from "./topic.ts";

const stored = z.object({ language: z.enum(["zh", "en"]), muted: z.array(z.enum(mutableTopics)) });

export function settingStore(tx: Tx): SettingStore {
  return {
    async of(firmCode) {
      const row = await tx.noticeSetting.findUnique({ where: { firmCode } });
      return row ? toSetting(row) : defaultSetting;
    },
    async save(firmCode, { language, muted, webhook }, changedBy, changedAt) {
      const [webhookSecret = null, webhookSecretBefore = null] = webhook?.secrets ?? [];
      const named = { webhookUrl: webhook?.url ?? null, webhookSecret, webhookSecretBefore };
      const data = { language, muted: [...muted], ...named, changedBy, changedAt };
      const create = { firmCode, ...data, nth: 1 };
      const update = { ...data, nth: { increment: 1 } };
      return (await tx.noticeSetting.upsert({ where: { firmCode }, create, update })).nth;
    },
  };
}

export function toSetting(row: Row): NoticeSetting {
  const { webhookUrl, webhookSecret, webhookSecretBefore } = row;
  const secrets = [webhookSecret, webhookSecretBefore].filter((secret) => secret !== null);
  return { ...stored.parse(row), ...(webhookUrl !== null && { webhook: { url: webhookUrl, secrets } }) };
}
