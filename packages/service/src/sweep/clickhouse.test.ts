import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickHouseAt } from "./clickhouse.http.ts";

/** Stands where a server would, and says what it was asked; what ClickHouse makes of it is `test/clickhouse`. */
const asked: { url: URL; headers: IncomingMessage["headers"]; body: string }[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  asked.push({ url: new URL(request.url ?? "/", "http://x"), headers: request.headers, body });
  const status = body.startsWith("REFUSE") ? 404 : body.startsWith("WHO") ? 403 : 200;
  response.writeHead(status).end(status === 200 ? "[1]\n" : "Code: 60. DB::Exception: no such table\nstack");
});
let address: string;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://sweeper:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}/registers`;
});
afterAll(() => server.close());

async function* rows() {
  yield "企业\t1\n";
  yield "\\N\t2\n";
}

test("user, password and database go into headers, never into the address", async () => {
  expect(await clickHouseAt(address).ask("SELECT 1")).toBe("[1]\n");
  const { url, headers, body } = asked.at(-1)!;
  expect(body).toBe("SELECT 1");
  expect(headers).toMatchObject({
    "x-clickhouse-user": "sweeper",
    "x-clickhouse-key": "p@ss",
    "x-clickhouse-database": "registers",
  });
  expect(url.href).not.toContain("ss");
});

test("rows are sent as they come, with the statement in the address", async () => {
  await clickHouseAt(address).send("INSERT INTO firms FORMAT TabSeparated", rows());
  expect(asked.at(-1)).toMatchObject({ body: "企业\t1\n\\N\t2\n" });
  expect(asked.at(-1)?.url.searchParams.get("query")).toBe("INSERT INTO firms FORMAT TabSeparated");
});

describe("a server that says no is told in one line, without the password", () => {
  test.each([
    ["a statement that fails", "REFUSE", "bad-input", /refused: Code: 60\. DB::Exception: no such table$/],
    ["a password that is wrong", "WHO", "store-unreachable", /refused/],
  ])("%s", async (_, sql, code, message) => {
    await expect(clickHouseAt(address).ask(sql)).rejects.toMatchObject({ code, message });
  });

  test("a server that is not there", async () => {
    const nowhere = clickHouseAt("http://sweeper:secret@127.0.0.1:1/");
    await expect(nowhere.ask("SELECT 1")).rejects.toMatchObject({
      code: "store-unreachable",
      message: expect.not.stringContaining("secret"),
    });
  });

  test("what is no address", () => {
    expect(() => clickHouseAt("host:8123")).toThrow(expect.objectContaining({ code: "config-invalid" }));
  });
});
