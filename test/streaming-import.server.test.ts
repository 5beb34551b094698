import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { creditCodeCheckDigit } from "../packages/service/src/kernel/credit-code.ts";
import { createDatabase } from "./postgres-server.ts";
import { applyFree, runNode } from "./run/command.ts";

/** A file that does not fit, through the real command: against a server, whose memory is not ours. */

const server = process.env.APPLY_FREE_TEST_SERVER ?? "";
let home: string;
let databaseUrl: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "apply-free-large-"));
  databaseUrl = await createDatabase(server, `large_file_${process.pid}`);
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Too little for the text of the large file beside the program itself, however it would be kept. */
const HEAP_MB = 112;
const FILLER = "x".repeat(3_000);

/** A register with a long remark in every row. @returns its bytes */
async function writeRegister(file: string, rows: number): Promise<number> {
  const stream = createWriteStream(file);
  stream.write("统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码,备注\n");
  for (let number = 1; number <= rows; number += 1) {
    const first17 = `91410105MX${String(number).padStart(7, "0")}`;
    const code = first17 + creditCodeCheckDigit(first17);
    const status = number % 1_000 === 0 ? "不明" : "在营";
    if (!stream.write(`${code},郑州第${number}示例有限公司,企业,${status},410105,${FILLER}\n`))
      await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
  return stream.bytesWritten;
}

/** Imports with a small heap; answers the report and the most memory that the process ever had. */
async function imported(
  file: string,
  ...options: readonly string[]
): Promise<Readonly<{ report: Record<string, unknown>; peakMb: number }>> {
  const tell = "data:text/javascript,process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS))";
  const words = ["import", file, "--source", "market-regulation", "--as-of", "2025-10-31", "--json", ...options];
  const node = [`--max-old-space-size=${HEAP_MB}`, "--import", tell, ...applyFree, ...words];
  const { status, stdout, stderr } = await runNode(node, { env: { DATABASE_URL: databaseUrl } });
  expect(`${status} ${stderr.split("\n").filter((line) => /apply-free:|heap/.test(line))}`).toBe("0 ");
  const peakKb = Number(/^peak (\d+)$/m.exec(stderr)?.[1]);
  return { report: JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "{}"), peakMb: peakKb / 1024 };
}

test("a file of sixty megabytes needs hardly more memory than one of three lines", async () => {
  const small = path.join(home, "small.csv");
  const large = path.join(home, "large.csv");
  await writeRegister(small, 2);
  expect(await writeRegister(large, 20_000)).toBeGreaterThan(60_000_000);
  const few = await imported(small, "--partial");
  const many = await imported(large);
  expect(few.report).toMatchObject({ outcome: "imported", rowsGood: 2 });
  expect(many.report).toMatchObject({ outcome: "imported", rowsGood: 19_980, rowsBad: 20 });
  expect(many.report.issues).toHaveLength(21);
  expect(many.peakMb - few.peakMb).toBeLessThan(120);
});
