import type { Language } from "./notice-words.ts";
import type { MutedTopic } from "./topic.ts";

/** How a firm wants to be told. */
export type NoticeSetting = Readonly<{
  language: Language;
  muted: readonly MutedTopic[];
  /** The firm's own system. */
  webhook?: Webhook;
}>;

/** `secrets`: the newest first; the one before is still used, so that the firm can change over. */
export type Webhook = Readonly<{ url: string; secrets: readonly string[] }>;

export const defaultSetting: NoticeSetting = { language: "zh", muted: [] };

export type SettingStore = {
  of(firmCode: string): Promise<NoticeSetting>;
  /** @returns how often the firm has changed it, this time included */
  save(firmCode: string, setting: NoticeSetting, changedBy: string, at: Date): Promise<number>;
};
