import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openDemoWorld } from "./demo-world.fs.ts";
import { DomainError } from "./kernel/errors.ts";
import { openTestStore } from "./platform/testing.prisma.ts";

const servers = () => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;

test("a demonstration that cannot be set up leaves no server behind that would keep its process alive", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-world-"));
  const store = await openTestStore();
  const before = servers();
  const opening = openDemoWorld({
    store,
    directory,
    rules: path.join(import.meta.dirname, "../../../rules"),
    firms: 100,
    seed: 1,
    wallClock: { now: () => new Date("2025-11-03T00:00:00Z") },
    random: { token: () => "token-of-a-test-0000000000000000" },
    log(message) {
      if (message.startsWith("policy ")) throw new DomainError("policy-version-differs", "published with another text");
    },
  });
  await expect(opening).rejects.toMatchObject({ code: "policy-version-differs" });
  // A closed handle is counted until the loop has turned once.
  await expect.poll(servers).toBe(before);
  await store.close();
  await rm(directory, { recursive: true });
});
