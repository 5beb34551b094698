import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { Tx } from "../platform/store.prisma.ts";

const stored = z.object({
  installation: z.string(),
  seed: z.number(),
  firms: z.number(),
  now: z.iso.datetime(),
});
/** What a demonstration must remember to go on after a crash. */
export type DemoSetting = z.infer<typeof stored>;

const KEY = "demo";

/**
 * The demonstration that lives in this store; begins one in an empty store.
 * @throws DomainError config-invalid when the store holds something else, or another demonstration
 */
export async function demoSetting(
  db: Tx,
  wanted: Readonly<{ seed: number; firms: number; start: Date }>,
  random: Random,
): Promise<DemoSetting> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  if (row) return sameDemo(stored.parse(row.value), wanted);
  if ((await db.firm.count()) > 0) {
    throw new DomainError(
      "config-invalid",
      "this store holds data that is not a demonstration's; set APPLY_FREE_DATA or DATABASE_URL to an empty one.",
    );
  }
  const installation = random
    .token()
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .slice(0, 12);
  const { seed, firms, start } = wanted;
  const setting = { installation, seed, firms, now: start.toISOString() };
  await db.setting.create({ data: { key: KEY, value: setting } });
  return setting;
}

function sameDemo(setting: DemoSetting, { seed, firms }: Readonly<{ seed: number; firms: number }>): DemoSetting {
  if (setting.seed === seed && setting.firms === firms) return setting;
  throw new DomainError(
    "config-invalid",
    `this store holds a demonstration of ${setting.firms} firms (seed ${setting.seed}); use the same numbers, --reset, or another directory.`,
  );
}

export async function keepDemoTime(db: Tx, now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE setting SET value = jsonb_set(value, '{now}', to_jsonb(${now.toISOString()}::text)) WHERE key = ${KEY}`;
}
