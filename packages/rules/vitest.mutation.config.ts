import { defineConfig, mergeConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/**
 * For the mutation test only: @fast-check/vitest writes its seed into the name of a test, and a
 * mutant is run against tests by name. With a new seed for each run those tests would not be found
 * again, and every mutant that only they kill would seem to survive.
 */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      include: ["packages/rules/src/**/*.test.ts"],
      // A hundred thousand answers per mutant, all of operators that have tests of their own.
      exclude: ["packages/rules/src/sql/conformance.test.ts"],
      setupFiles: ["packages/rules/fixed-seed.mutation.ts"],
    },
  }),
);
