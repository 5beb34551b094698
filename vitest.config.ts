import { defineConfig } from "vitest/config";

// Tests that open a database run twice: embedded, and on the server that APPLY_FREE_TEST_SERVER
// names. `.server.test.ts` holds what only a server can show, such as two sessions at once.
const onServer = Boolean(process.env.APPLY_FREE_TEST_SERVER);
const places = ["packages/*/src", "test"];
const endings = onServer ? ["prisma.test.ts", "server.test.ts"] : ["test.ts", "test.tsx"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    include: places.flatMap((place) => endings.map((ending) => `${place}/**/*.${ending}`)),
    exclude: onServer ? [] : ["**/*.server.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
