import { afterEach, expect, test, vi } from "vitest";
import type { Day } from "../kernel/day.ts";
import { openSweepEngine, type SweepEngineName, sweepEngineNames } from "./sweep-engine.env.ts";

afterEach(() => vi.unstubAllEnvs());

const profiles = [{}, {}, {}];

test.each(sweepEngineNames.filter((name) => name !== "clickhouse"))(
  "%s needs no server",
  async (name: SweepEngineName) => {
    vi.stubEnv("DATABASE_URL", "");
    const { engine, close } = await openSweepEngine(name, "test");
    try {
      const count = await engine.count([], { kind: "profiles", profiles }, "2025-11-03" as Day);
      expect(count).toMatchObject({ engine: name, firms: 3, byPolicy: [] });
    } finally {
      await close();
    }
  },
);

test("clickhouse does", async () => {
  vi.stubEnv("CLICKHOUSE_URL", "");
  await expect(openSweepEngine("clickhouse", "test")).rejects.toMatchObject({
    code: "config-invalid",
    message: expect.stringMatching(/^CLICKHOUSE_URL: /),
  });
});
