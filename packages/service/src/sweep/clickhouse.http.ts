import { DomainError } from "../kernel/errors.ts";

/** A ClickHouse server by its HTTP interface, which every server has. */
export type ClickHouse = {
  /** @returns what it answers, as text. @throws DomainError store-unreachable | bad-input */
  ask(sql: string): Promise<string>;
  /** Sends what follows an INSERT. */
  send(insert: string, data: AsyncIterable<string>): Promise<void>;
};

/** @param address `http://user:password@host:8123/database`; user and database may be left out */
export function clickHouseAt(address: string): ClickHouse {
  const { base, headers } = partsOf(address);
  const post = async (query: string | undefined, body: string | AsyncIterable<Uint8Array>) => {
    const url = new URL(base);
    // A hundred predicates are one query.
    url.searchParams.set("max_query_size", String(16 * 1024 * 1024));
    if (query !== undefined) url.searchParams.set("query", query);
    // Node sends whatever can be iterated; the types know the browser only.
    const request = { method: "POST", headers, body, duplex: "half" } as unknown as RequestInit;
    const response = await fetch(url, request).catch((cause: Error) => {
      const reason = cause.cause instanceof Error ? cause.cause.message : cause.message;
      throw new DomainError("store-unreachable", `连接不上ClickHouse。Cannot connect to ${base.host} (${reason}).`);
    });
    const answer = await response.text();
    if (response.ok) return answer;
    const [first = ""] = answer.split("\n");
    const code = response.status === 401 || response.status === 403 ? "store-unreachable" : "bad-input";
    throw new DomainError(code, `ClickHouse拒绝了请求。ClickHouse at ${base.host} refused: ${first.slice(0, 300)}`);
  };
  return {
    ask: (sql) => post(undefined, sql),
    send: async (insert, data) => {
      await post(insert, encoded(data));
    },
  };
}

async function* encoded(data: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of data) yield encoder.encode(text);
}

/** The password goes into a header, where no log of addresses shows it. @throws DomainError config-invalid */
function partsOf(address: string): Readonly<{ base: URL; headers: Record<string, string> }> {
  if (!URL.canParse(address) || !/^https?:/.test(address)) {
    throw new DomainError(
      "config-invalid",
      "ClickHouse的地址应为http://主机:8123。An address of ClickHouse looks like http://host:8123.",
    );
  }
  const base = new URL(address);
  const headers: Record<string, string> = {};
  if (base.username !== "") headers["X-ClickHouse-User"] = decodeURIComponent(base.username);
  if (base.password !== "") headers["X-ClickHouse-Key"] = decodeURIComponent(base.password);
  const [database = ""] = base.pathname.slice(1).split("/");
  if (database !== "") headers["X-ClickHouse-Database"] = decodeURIComponent(database);
  base.username = "";
  base.password = "";
  base.pathname = "/";
  return { base, headers };
}
