import { describe, expect, test } from "vitest";
import { testSealing } from "../kernel/testing-sealing.ts";
import { openServerStore } from "./store.prisma.ts";

const server = process.env.APPLY_FREE_TEST_SERVER ?? "";

describe("a server that says no is named in one line, without the password", () => {
  test.each([
    ["a wrong password", (url: URL) => ({ password: "wr0ng", pathname: url.pathname })],
    ["a database that is not there", (url: URL) => ({ password: url.password, pathname: "/nowhere" })],
  ])("%s", async (_what, change) => {
    const url = new URL(server);
    Object.assign(url, change(url));
    await expect(openServerStore(url.toString(), testSealing)).rejects.toMatchObject({
      code: "store-unreachable",
      message: expect.stringMatching(/^DATABASE_URL: cannot connect to [^\n]+\.$/),
    });
    await expect(openServerStore(url.toString(), testSealing)).rejects.toMatchObject({
      message: expect.not.stringContaining(url.password),
    });
  });
});
