import path from "node:path";
import { describe, expect, test } from "vitest";
import { circlesAmong } from "./architecture/circles.ts";
import { laws, offencesAgainst } from "./architecture/laws.ts";
import { readSources, sourceFile } from "./architecture/source-file.ts";

const sources = await readSources(path.join(import.meta.dirname, ".."));

describe("the house", () => {
  test.each(laws)("$sentence", (law) => {
    expect(offencesAgainst(law, sources)).toEqual([]);
  });

  test("no file imports itself through others, not even for a type", () => {
    expect(circlesAmong(sources)).toEqual([]);
  });

  test("the test reads the whole house", () => {
    const seen = new Set(sources.map((file) => file.path.split("/")[1]));
    expect([...seen].sort()).toEqual(["rules", "service", "ui"]);
    expect(sources.length).toBeGreaterThan(50);
  });
});

describe("the test itself", () => {
  test.each(laws)("finds an offender: $sentence", (law) => {
    expect(offencesAgainst(law, [law.planted])).not.toEqual([]);
  });

  test("finds a circle", () => {
    const files = [
      sourceFile("packages/ui/src/a.ts", 'import { b } from "./b.ts";'),
      sourceFile("packages/ui/src/b.ts", 'import type { A } from "./a.ts";\nimport { c } from "./c.ts";'),
      sourceFile("packages/ui/src/c.ts", ""),
    ];
    expect(circlesAmong(files)).toEqual([["packages/ui/src/a.ts", "packages/ui/src/b.ts"]]);
  });

  test("reads every way of importing", () => {
    const text = [
      'import "a";',
      'import type { B } from "b";',
      'import {\n  c,\n  type D,\n} from "c";',
      'export * from "d";',
      'export { e } from "./e.ts";',
      'const f = await import("f");',
    ].join("\n");
    expect(sourceFile("packages/rules/src/x.ts", text).imports).toEqual([
      { from: "a", kind: "value" },
      { from: "b", kind: "type" },
      { from: "c", kind: "value" },
      { from: "d", kind: "value" },
      { from: "packages/rules/src/e.ts", kind: "value" },
      { from: "f", kind: "value" },
    ]);
  });
});
