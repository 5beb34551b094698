import { defineConfig } from "vitest/config";

// Tests that open a database run twice: embedded, and on the server that APPLY_FREE_TEST_SERVER
// names. `.server.test.ts` holds what only a server can show, such as two sessions at once.
const onServer = Boolean(process.env.APPLY_FREE_TEST_SERVER);
const endings = onServer ? ["prisma.test.ts", "server.test.ts"] : ["test.ts", "test.tsx"];
const testsIn = (...places: string[]) => places.flatMap((place) => endings.map((ending) => `${place}/**/*.${ending}`));
const notHere = onServer ? [] : ["**/*.server.test.ts"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    testTimeout: 300_000,
    hookTimeout: 600_000,
    pool: "forks",
    maxWorkers: 2,
    projects: [
      // Nothing in the rules touches the outside world, so their files share a process: starting one for each took half their time.
      {
        extends: true,
        test: { name: "rules", include: testsIn("packages/rules/src"), exclude: notHere, isolate: false },
      },
      {
        extends: true,
        test: { name: "house", include: testsIn("packages/service/src", "packages/ui/src", "test"), exclude: notHere },
      },
    ],
  },
});
