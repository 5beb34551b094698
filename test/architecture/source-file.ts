import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

export type Import = Readonly<{ from: string; kind: "value" | "type" }>;

/** A source file as its imports and name show it; enough to judge where it stands. */
export type SourceFile = Readonly<{
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
  imports: readonly Import[];
  /** The doors in its name: `a.prisma.ts` has `prisma`, `a.prisma.test.ts` has `prisma` and `test`. */
  suffixes: readonly string[];
}>;

// Biome formats every import the same way, so a pattern reads them as well as a parser would.
const statement = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const dynamic = /\bimport\(\s*"([^"]+)"/g;

export function sourceFile(filePath: string, text: string): SourceFile {
  const imports = [
    ...[...text.matchAll(statement)].map(
      ([, type, from = ""]): Import => ({ from: resolve(filePath, from), kind: type ? "type" : "value" }),
    ),
    ...[...text.matchAll(dynamic)].map(([, from = ""]): Import => ({ from: resolve(filePath, from), kind: "value" })),
  ];
  const [, ...endings] = path.posix.basename(filePath).split(".");
  return { path: filePath, text, imports, suffixes: endings.slice(0, -1) };
}

/** Every source file of the packages; what Prisma generated is not ours to judge. */
export async function readSources(root: string): Promise<SourceFile[]> {
  const packages = await readdir(path.join(root, "packages"));
  const perPackage = await Promise.all(
    packages.map(async (name) => {
      const source = path.join(root, "packages", name, "src");
      const entries = await readdir(source, { recursive: true }).catch(() => []);
      return entries.map((entry) => `packages/${name}/src/${entry.split(path.sep).join("/")}`);
    }),
  );
  const paths = perPackage.flat().filter((file) => /\.tsx?$/.test(file) && !file.includes("/generated/"));
  return Promise.all(paths.map(async (file) => sourceFile(file, await readFile(path.join(root, file), "utf8"))));
}

/** Relative imports become paths from the root; names of packages stay as they are. */
function resolve(filePath: string, from: string): string {
  return from.startsWith(".") ? path.posix.join(path.posix.dirname(filePath), from) : from;
}
