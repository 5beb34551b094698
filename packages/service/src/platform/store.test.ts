import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { testSealing } from "../kernel/testing-sealing.ts";
import { openServerStore, withoutPassword } from "./store.prisma.ts";

let silent: Server | undefined;
afterEach(() => silent?.close());

describe("a server that cannot be used is named in one line, without its password", () => {
  test("nobody listens there", async () => {
    await expect(openServerStore("postgresql://app:s3cret@127.0.0.1:1/apply_free", testSealing)).rejects.toMatchObject({
      code: "store-unreachable",
      message: expect.stringMatching(
        /^DATABASE_URL: cannot connect to postgresql:\/\/app:\*\*\*@127\.0\.0\.1:1\/[^\n]+\.$/,
      ),
    });
  });

  test("something listens that is no database", async () => {
    silent = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((listening) => silent?.listen(0, "127.0.0.1", listening));
    const { port } = silent.address() as { port: number };
    await expect(openServerStore(`postgresql://app:s3cret@127.0.0.1:${port}/x`, testSealing)).rejects.toMatchObject({
      code: "store-unreachable",
      message: expect.not.stringContaining("s3cret"),
    });
  });
});

describe("an address that may be shown", () => {
  test.each([
    ["postgresql://app:s3cret@db:5432/x", "postgresql://app:***@db:5432/x"],
    ["postgresql://db/x", "postgresql://db/x"],
    ["postgresql://app:s3cret@[not an address", "the given address"],
  ])("%s is shown as %s", (url, shown) => {
    expect(withoutPassword(url)).toBe(shown);
  });

  test("also without a password that is given as a parameter", () => {
    expect(withoutPassword("postgresql://db/x?user=app&password=s3cret")).not.toContain("s3cret");
  });
});
