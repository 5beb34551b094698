import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { sha256 } from "../kernel/digest.ts";
import { readBytes } from "./byte-source.ts";
import { spooled } from "./spool.fs.ts";

const waiting = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("apply-free-delivery-")).length;
async function* from(...pieces: readonly string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
}

test("what comes over the web waits on the disk, surveyed on its way, and is gone when the work is done", async () => {
  const before = await waiting();
  const answer = await spooled(from("代码,", "名称\n"), 100, async (file) => {
    expect(file.survey).toEqual({ sha256: sha256("代码,名称\n"), isUtf8: true });
    expect(await waiting()).toBeGreaterThan(0);
    return Buffer.from(await readBytes(file)).toString();
  });
  expect(answer).toBe("代码,名称\n");
  expect(await waiting()).toBeLessThanOrEqual(before);
});

test("nothing at all is a file too, which its reader refuses", async () => {
  expect(await spooled(from(), 100, async ({ byteLength }) => byteLength)).toBe(0);
});

test("more than the limit is refused by name, and leaves nothing on the disk", async () => {
  let worked = false;
  const work = async () => {
    worked = true;
  };
  await expect(spooled(from("x".repeat(60), "x".repeat(60)), 100, work)).rejects.toMatchObject({
    code: "delivery-too-large",
  });
  expect(worked).toBe(false);
});
