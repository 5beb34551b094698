import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { DomainError } from "../kernel/errors.ts";
import { type KeyRing, sealingWith } from "../kernel/sealing.ts";
import { keysFileOf, readConfig } from "../platform/config.env.ts";
import { readKeyRing, writeKeyRing } from "../platform/key-ring.fs.ts";
import { withKeyInUse, withNewKey, withoutKey } from "../platform/key-ring.ts";
import { countByKey, resealWithCurrentKey } from "../platform/reseal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

/**
 * `apply-free keys list|add|use|drop`: the keys of the sealed columns. A change takes three steps, so that
 * services may run meanwhile: add one, restart every service, use it (which seals everything anew); the
 * old one is dropped when nothing is sealed with it.
 */
export function registerKeys(program: Command, io: Io): void {
  const command = program.command("keys").description("keys that account numbers and held files are sealed with");
  const file = () => keysFileOf(readConfig(process.env));

  command
    .command("list")
    .description("which keys there are, and how much each has sealed")
    .action(() =>
      inStore(async ({ prisma }) => {
        const counts = await countByKey(prisma);
        const { current, keys } = await presentRing(file());
        for (const id of Object.keys(keys)) {
          io.out(`${id} ${counts.get(id) ?? 0} values${id === current ? ", in use" : ""}`);
        }
      }),
    );

  command
    .command("add")
    .description("make one, not in use yet; restart every service afterwards")
    .action(async () => {
      const ring = await presentRing(file());
      const wider = withNewKey(ring, randomBytes);
      await writeKeyRing(file(), wider);
      io.out(`added ${Object.keys(wider.keys).at(-1)}; restart every service, then: apply-free keys use <id>`);
    });

  command
    .command("use")
    .description("seal with this one from now on, and everything that others sealed")
    .argument("<id>", "as list prints it")
    .action((id: string) =>
      inStore(async ({ prisma }) => {
        const ring = withKeyInUse(await presentRing(file()), id);
        await writeKeyRing(file(), ring);
        const sealed = await resealWithCurrentKey(prisma, sealingWith(ring, randomBytes), (done) =>
          io.err(`${done} values sealed anew`),
        );
        io.out(`${id} is in use; ${sealed} values were sealed anew`);
      }),
    );

  command
    .command("drop")
    .description("forget one that nothing is sealed with")
    .argument("<id>", "as list prints it")
    .action((id: string) =>
      inStore(async ({ prisma }) => {
        const sealed = (await countByKey(prisma)).get(id) ?? 0;
        if (sealed > 0) {
          throw new DomainError("bad-input", `keys: ${sealed} values are sealed with "${id}"; use another key first.`);
        }
        await writeKeyRing(file(), withoutKey(await presentRing(file()), id));
        io.out(`dropped ${id}`);
      }),
    );
}

async function inStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openConfiguredStore();
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

async function presentRing(name: string): Promise<KeyRing> {
  const ring = await readKeyRing(name);
  if (ring) return ring;
  throw new DomainError(
    "config-invalid",
    `APPLY_FREE_KEYS: ${name}: there is no key ring yet; opening the store makes one.`,
  );
}
