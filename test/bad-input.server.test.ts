import pg from "pg";
import { expect, test } from "vitest";
import { createDatabase } from "./postgres-server.ts";
import { applyFree, runNode } from "./run/command.ts";

/** What only a database server can refuse, asked through the real command. */

const server = process.env.APPLY_FREE_TEST_SERVER ?? "";
const migrate = (DATABASE_URL: string) => runNode([...applyFree, "migrate"], { env: { DATABASE_URL } });

test("a database that the server does not have is named in one line, and not made", async () => {
  const url = new URL(server);
  url.pathname = "/nowhere";
  const { status, stdout, stderr } = await migrate(url.toString());
  expect(`${status} ${stdout}`).toBe("2 ");
  expect(stderr).toMatch(/^apply-free: DATABASE_URL: cannot connect to [^\n]*\/nowhere[^\n]* Check host[^\n]*\n$/);
  expect(stderr).not.toContain(url.password);
});

test("a database of another program is left as it is", async () => {
  const url = await createDatabase(server, `of_another_${process.pid}`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("CREATE TABLE payment (wage text); INSERT INTO payment VALUES ('kept')");
    const { status, stderr } = await migrate(url);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^apply-free: DATABASE_URL: [^\n]*another[^\n]*\n$/);
    const { rows } = await client.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    expect(rows).toEqual([{ table_name: "payment" }]);
  } finally {
    await client.end();
  }
});
