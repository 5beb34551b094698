import type { Command } from "commander";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";

/** `apply-free migrate`: brings the store up to this release. Opening it does the same. */
export function registerMigrate(program: Command, io: Io): void {
  program
    .command("migrate")
    .description("bring the database up to this release")
    .action(async () => {
      const store = await openConfiguredStore();
      try {
        const { migrated, kind } = store;
        io.out(migrated.length === 0 ? `the ${kind} database is up to date` : `applied ${migrated.join(", ")}`);
      } finally {
        await store.close();
      }
    });
}
