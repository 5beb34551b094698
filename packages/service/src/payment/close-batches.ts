import type { Journal } from "../kernel/event.ts";
import { close } from "./batch.ts";
import type { BatchStore } from "./batch-store.ts";

/** Closes those of these batches whose every payment came to an end; partial results leave the rest alive. */
export async function closeFinishedBatches(
  { batches, journal }: Readonly<{ batches: BatchStore; journal: Journal }>,
  ids: Iterable<string>,
  at: Date,
): Promise<void> {
  for (const [id, { open, settled, notPaid }] of await batches.progress([...new Set(ids)])) {
    if (open > 0) continue;
    const batch = await batches.lock(id);
    const closed = close(batch, at);
    if (closed === batch) continue;
    await batches.save(closed);
    const payload = { settled, notPaid };
    await journal.append({ type: "batch-closed", subject: id, actor: "system:payment", at, payload });
  }
}
