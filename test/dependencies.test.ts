import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.join(import.meta.dirname, "..");
const record = await readFile(path.join(root, "docs/decisions/0010-dependencies.md"), "utf8");
const packages = [
  "package.json",
  "packages/rules/package.json",
  "packages/service/package.json",
  "packages/ui/package.json",
];

type Manifest = Readonly<
  Record<"dependencies" | "devDependencies" | "optionalDependencies", Record<string, string> | undefined>
>;
const manifests = await Promise.all(
  packages.map(async (file) => JSON.parse(await readFile(path.join(root, file), "utf8")) as Manifest),
);
const declared = manifests.flatMap(({ dependencies, devDependencies, optionalDependencies }) =>
  Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([name]) => !name.startsWith("@apply-free/"),
  ),
);
const names = [...new Set(declared.map(([name]) => name))].sort();

const isNode = (name: string) => /^node-(linux|darwin|win)-/.test(name);

describe("dependencies", () => {
  test("are the ones that the record of decisions explains, and no others", () => {
    const tables = record.split("\n").filter((line) => line.startsWith("| `"));
    const explained = tables.flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    );
    expect(explained.sort()).toEqual(names);
  });

  test("are pinned exactly, but for the platform's Node", () => {
    const loose = declared.filter(([name, version]) => !/^\d+\.\d+\.\d+(-r\.\d+)?$/.test(version) && !isNode(name));
    expect(loose).toEqual([]);
  });

  test("have one version in the whole tree", () => {
    const versions = Map.groupBy(declared, ([name]) => name);
    const several = [...versions].filter(([, uses]) => new Set(uses.map(([, version]) => version)).size > 1);
    expect(several).toEqual([]);
  });

  test("are used: each is imported or run somewhere", async () => {
    const used = await textOfTheTree();
    const isUsed = (name: string) => [`"${name}"`, `"${name}/`, `/${name}/`].some((use) => used.includes(use));
    const isTool = (name: string) => isNode(name) || /^@types\/|^@stryker-mutator\//.test(name);
    const idle = names.filter((name) => !isTool(name) && !isUsed(name));
    expect(idle).toEqual([]);
  });
});

/** Sources, tests, scripts and the schema, as one text. */
async function textOfTheTree(): Promise<string> {
  const places = ["packages/rules/src", "packages/service/src", "packages/service/scripts", "packages/ui/src", "test"];
  const files = await Promise.all(
    places.map(async (place) =>
      (await readdir(path.join(root, place), { recursive: true }))
        .filter((file) => /\.(tsx?|mjs)$/.test(file))
        .map((file) => path.join(place, file)),
    ),
  );
  const all = [...files.flat(), "packages/ui/jsx.mjs", "packages/service/prisma.config.ts", "vitest.config.ts"];
  return (await Promise.all(all.map((file) => readFile(path.join(root, file), "utf8")))).join("\n");
}
