import { doors, hasDoor, isCompositionRoot, isTestCode, rankOf, roomOf } from "./place.ts";
import { type SourceFile, sourceFile } from "./source-file.ts";

/** A rule of the house that text alone can prove, with an offender that it must find. */
export type Law = Readonly<{
  sentence: string;
  /** One line per offence: the file, and what it does. */
  offences(file: SourceFile): readonly string[];
  planted: SourceFile;
}>;

/** Libraries that compute and touch nothing; a pure file may use these and no others. */
const pureLibraries = new Set([
  "hyparquet",
  "hyparquet/src/column.js",
  "hyparquet/src/convert.js",
  "hyparquet/src/datapage.js",
  "hyparquet/src/plain.js",
  "hyparquet/src/schema.js",
  "hyparquet/src/types.js",
  "hyparquet-compressors",
  "@apply-free/rules",
  "@apply-free/rules/threads",
  "@apply-free/ui",
  "canonicalize",
  "csv-parse/sync",
  "csv-stringify/sync",
  "fast-xml-parser",
  "fflate",
  "fraction.js",
  "json-rules-engine",
  "lezer-feel",
  "node:buffer",
  "node:crypto",
  "node:path",
  "node:util",
  "node:zlib",
  "react",
  "react-dom/server",
  "react/jsx-runtime",
  "read-excel-file/universal",
  "write-excel-file/universal",
  "yaml",
  "zod",
]);

const isOurs = (from: string) => from.startsWith("packages/") || from.startsWith("@apply-free/");
const product = (file: SourceFile) => !isTestCode(file);

export const laws: readonly Law[] = [
  {
    sentence: "rules imports nothing of ours and nothing of Node, so that it runs in a browser",
    offences: (file) =>
      file.path.startsWith("packages/rules/") && product(file)
        ? file.imports
            .filter(({ from }) => from.startsWith("node:") || (isOurs(from) && !from.startsWith("packages/rules/")))
            .map(({ from }) => `imports ${from}`)
        : [],
    planted: sourceFile("packages/rules/src/decide.ts", 'import { readFile } from "node:fs/promises";'),
  },
  {
    sentence: "ui imports only itself and rules",
    offences: (file) =>
      file.path.startsWith("packages/ui/")
        ? file.imports
            .filter(
              ({ from }) => isOurs(from) && !from.startsWith("packages/ui/") && !from.startsWith("@apply-free/rules"),
            )
            .map(({ from }) => `imports ${from}`)
        : [],
    planted: sourceFile("packages/ui/src/page.tsx", 'import type { Offer } from "@apply-free/service/contract";'),
  },
  {
    sentence: "packages meet at their front doors: no relative path leads from one into another",
    offences: (file) =>
      file.imports
        .filter(({ from }) => from.startsWith("packages/") && packageOf(from) !== packageOf(file.path))
        .map(({ from }) => `imports ${from}`),
    planted: sourceFile("packages/service/src/desk/a.ts", 'import { x } from "../../../rules/src/decide.ts";'),
  },
  {
    sentence: "every folder of the service is a room with a place in the order",
    offences: (file) => {
      const room = roomOf(file.path);
      return room === undefined || rankOf(room) >= 0 ? [] : [`${room} is not in the list of rooms`];
    },
    planted: sourceFile("packages/service/src/utils/text.ts", ""),
  },
  {
    sentence: "a room imports only itself and earlier rooms",
    offences: (file) => {
      const room = roomOf(file.path);
      if (room === undefined || isTestCode(file)) return [];
      return file.imports
        .map(({ from }) => roomOf(from))
        .filter((other) => other !== undefined && rankOf(other) > rankOf(room))
        .map((later) => `${room} imports ${later}`);
    },
    planted: sourceFile("packages/service/src/budget/a.ts", 'import type { B } from "../payment/b.ts";'),
  },
  {
    sentence: "pages are used from the portal on, not by the rooms that decide and pay",
    offences: (file) => {
      const room = roomOf(file.path);
      if (room === undefined || isTestCode(file) || rankOf(room) >= rankOf("portal")) return [];
      return file.imports.filter(({ from }) => from === "@apply-free/ui").map(() => `${room} imports @apply-free/ui`);
    },
    planted: sourceFile("packages/service/src/payment/a.ts", 'import { page } from "@apply-free/ui";'),
  },
  {
    sentence: "a suffix names a door that the house knows",
    offences: ({ suffixes }) =>
      suffixes
        .filter((suffix) => ![...doors, "test", "browser", "server"].includes(suffix))
        .map((suffix) => `.${suffix} is not one of ${doors.join(" ")}`),
    planted: sourceFile("packages/service/src/notice/send.fax.ts", ""),
  },
  {
    sentence: "a file without a door imports nothing that has one, not even a type",
    offences: (file) =>
      product(file) && !hasDoor(file.path) && !isCompositionRoot(file)
        ? file.imports.filter(({ from }) => hasDoor(from)).map(({ from, kind }) => `imports ${from} (${kind})`)
        : [],
    planted: sourceFile("packages/service/src/budget/a.ts", 'import type { Tx } from "../platform/store.prisma.ts";'),
  },
  {
    sentence: "a file without a door imports no library that touches the outside",
    offences: (file) =>
      product(file) && !hasDoor(file.path) && !isCompositionRoot(file) && !isOnlyHome(file.path)
        ? file.imports
            .filter(({ from }) => !from.startsWith("packages/") && !pureLibraries.has(from))
            .map(({ from }) => `imports ${from}`)
        : [],
    planted: sourceFile("packages/service/src/budget/a.ts", 'import { connect } from "node:net";'),
  },
  onlyHome("node-cron", "packages/service/src/timetable.ts"),
  onlyHome("json-rules-engine", "packages/rules/src/condition/engine.ts"),
  {
    sentence: "the generated database client is used in .prisma files only",
    offences: (file) =>
      product(file) && !file.suffixes.includes("prisma")
        ? file.imports.filter(({ from }) => from.includes("/generated/")).map(({ from }) => `imports ${from}`)
        : [],
    planted: sourceFile(
      "packages/service/src/platform/a.fs.ts",
      'import { PrismaClient } from "./generated/client.ts";',
    ),
  },
  {
    sentence: "time and chance are arguments: nothing but main reads the clock or rolls dice",
    offences: (file) =>
      product(file) && roomOf(file.path) !== "(main)"
        ? [...withoutComments(file.text).matchAll(/\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(/g)].map(
            ([use]) => `calls ${use}`,
          )
        : [],
    planted: sourceFile("packages/service/src/notice/a.ts", "const now = new Date();"),
  },
  {
    sentence: "the environment is read where a process begins: in .env and .cli files",
    offences: (file) =>
      product(file) && roomOf(file.path) !== "(main)" && !file.suffixes.some((door) => door === "env" || door === "cli")
        ? [...withoutComments(file.text).matchAll(/\bprocess\.env\b/g)].map(() => "reads process.env")
        : [],
    planted: sourceFile("packages/service/src/notice/a.smtp.ts", "const url = process.env.SMTP_URL;"),
  },
  {
    sentence: "no file is longer than 300 lines",
    offences: (file) => {
      const lines = file.text.split("\n").length - 1;
      return product(file) && lines > 300 ? [`has ${lines} lines`] : [];
    },
    planted: sourceFile("packages/service/src/budget/a.ts", "\n".repeat(301)),
  },
  {
    sentence: "exports have names",
    offences: ({ text }) => (/^export default\b/m.test(text) ? ["has a default export"] : []),
    planted: sourceFile("packages/service/src/budget/a.ts", "export default 1;"),
  },
  {
    sentence: "files are kebab-case and named for their subject",
    offences: ({ path }) => {
      const name = path.split("/").at(-1) ?? "";
      const [stem = ""] = name.split(".");
      return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem) && !/(^|-)(utils?|helpers?|managers?|common|misc)$/.test(stem)
        ? []
        : [`is called ${name}`];
    },
    planted: sourceFile("packages/service/src/budget/budget-utils.ts", ""),
  },
];

/** Every offence of every file, one line each. */
export function offencesAgainst(law: Law, files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => law.offences(file).map((offence) => `${file.path} ${offence}`));
}

/** A library that must stay replaceable lives behind one file. */
function onlyHome(library: string, home: string): Law {
  return {
    sentence: `${library} is imported in ${home} and nowhere else`,
    offences: (file) =>
      file.path !== home && product(file) && file.imports.some(({ from }) => from === library)
        ? [`imports ${library}`]
        : [],
    planted: sourceFile("packages/service/src/notice/a.ts", `import { thing } from "${library}";`),
  };
}

function isOnlyHome(filePath: string): boolean {
  return filePath === "packages/service/src/timetable.ts";
}

function packageOf(filePath: string): string {
  return filePath.split("/")[1] ?? "";
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
}
