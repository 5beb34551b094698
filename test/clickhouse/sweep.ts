// Whether ClickHouse counts every policy of rules/ as the decision does, over its HTTP interface. Run like conformance.ts.
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { openTestStore } from "../../packages/service/src/platform/testing.prisma.ts";
import { clickHouseSweep } from "../../packages/service/src/sweep/clickhouse-sweep.http.ts";
import {
  allPolicies,
  day,
  decidedCounts,
  sampleProfiles,
} from "../../packages/service/src/sweep/testing-firms.prisma.ts";

type Chdb = { Session: new () => { query(sql: string, format: string): string; cleanup(): void } };

const { Session } = createRequire(import.meta.url)("chdb") as Chdb;
const database = new Session();
// The engine in the process has no door of its own; this is as much of one as a sweep needs.
const server = createServer(async (request, response) => {
  let body = "";
  request.setEncoding("utf8");
  for await (const chunk of request) body += chunk;
  const insert = new URL(request.url ?? "/", "http://localhost").searchParams.get("query");
  try {
    response.end(database.query(insert === null ? body : `${insert}\n${body}`, "TabSeparated"));
  } catch (cause) {
    response.writeHead(400).end((cause as Error).message);
  }
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const store = await openTestStore();
try {
  const policies = await allPolicies();
  const profiles = await sampleProfiles(store, 300);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const count = await clickHouseSweep(address, "sweep 1").count(policies, { kind: "profiles", profiles }, day);
  const expected = await decidedCounts(policies, profiles);
  const right = count.byPolicy.filter((each, index) => isDeepStrictEqual(each, expected[index])).length;
  process.stdout.write(
    `ClickHouse: ${right} of ${policies.length} policies counted as decided, ${count.firms} firms\n`,
  );
  process.exitCode = right === policies.length && count.firms === profiles.length ? 0 : 1;
} finally {
  await store.close();
  server.close();
  database.cleanup();
}
