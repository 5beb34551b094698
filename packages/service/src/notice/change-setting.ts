import type { Clock } from "../kernel/clock.ts";
import { digestOf } from "../kernel/digest.ts";
import type { Journal } from "../kernel/event.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { NoticeSetting, SettingStore } from "./notice-setting.ts";
import { webhookSecret } from "./webhook-signature.ts";

type Stores = Readonly<{ noticeSettings: SettingStore; journal: Journal }>;
export type SettingDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;
type Whose = Readonly<{ firmCode: string; actor: string }>;

/** The firm says in which language, and about what beside what must be told, it wants letters. */
export function changeSetting(
  deps: SettingDeps,
  whose: Whose,
  chosen: Pick<NoticeSetting, "language" | "muted">,
): Promise<void> {
  return change(deps, whose, (current) => ({ ...current, ...chosen }));
}

/**
 * The firm names its own system, or makes a new secret for it; the one before goes on signing beside it.
 * @param url one that `endpointProblem` finds nothing wrong with
 * @returns the secret, which is shown this once
 */
export async function nameEndpoint(
  deps: SettingDeps & Readonly<{ random: Random }>,
  whose: Whose,
  url: string,
): Promise<string> {
  const secret = webhookSecret(deps.random.token());
  await change(deps, whose, ({ webhook, ...current }) => {
    // Another system has no business with what this one's messages are signed with.
    const before = webhook?.url === url ? webhook.secrets.slice(0, 1) : [];
    return { ...current, webhook: { url, secrets: [secret, ...before] } };
  });
  return secret;
}

/** Nothing more is sent to the firm's own system. */
export function dropEndpoint(deps: SettingDeps, whose: Whose): Promise<void> {
  return change(deps, whose, ({ language, muted }) => ({ language, muted }));
}

function change(
  { transaction, clock }: SettingDeps,
  { firmCode, actor }: Whose,
  changed: (current: NoticeSetting) => NoticeSetting,
): Promise<void> {
  return transaction(async ({ noticeSettings, journal }) => {
    const setting = changed(await noticeSettings.of(firmCode));
    const at = clock.now();
    const nth = await noticeSettings.save(firmCode, setting, actor, at);
    // What it is, without what it is signed with.
    const { language, muted, webhook } = setting;
    const sha256 = digestOf({ language, muted: [...muted], webhook: webhook?.url ?? null });
    await journal.append({ type: "notice-setting-changed", subject: firmCode, actor, at, payload: { nth, sha256 } });
  });
}
