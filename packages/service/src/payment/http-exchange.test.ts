import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Errand, type LineFault, lineFaults, openBankDoor } from "../demo/simulated-bank-door.http.ts";
import { sha256 } from "../kernel/digest.ts";
import { fileExchangeBank } from "./file-exchange.bank.ts";
import { httpExchangeBank } from "./http-exchange.bank.ts";
import { writePain001 } from "./pain001.ts";
import { aPayment, PAYER } from "./testing-payment.ts";

const MESSAGE = "AF20251104-1";
const payer = { budgetLine: "test-line", name: "试验财政局", accountNo: PAYER, bankCode: "011491000016" };
const ORDER = writePain001({
  ...{ messageId: MESSAGE, createdAt: new Date("2025-11-04T02:00:00Z") },
  groups: [{ payer, payments: [{ payment: aPayment(), purpose: "x" }] }],
});

let directory: string;
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "bank-door-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(directory, { recursive: true, force: true });
});

/** What goes wrong the first time that each errand is run; the second time all is well. */
async function behindDoor(faults: Partial<Record<Errand, LineFault>> = {}, { token = "t", troubles = new Set() } = {}) {
  const left = new Map(Object.entries(faults));
  const trouble = (errand: Errand) => {
    const fault = left.get(errand);
    left.delete(errand);
    return fault;
  };
  const counter = await fileExchangeBank(directory);
  const door = await openBankDoor(counter, { port: 0, token: "t", trouble, latenessMs: 2_500 });
  closing.push(door.close);
  const onTrouble = (name: string) => troubles.add(name);
  return httpExchangeBank({ url: `http://127.0.0.1:${door.port}`, token, patienceMs: 1_500, onTrouble });
}

/** A machine that is not the bank, or not as it was. */
async function behindStranger(listener: RequestListener) {
  const server = createServer(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return httpExchangeBank({ url, token: "t", patienceMs: 1_500 });
}

const json = (status: number, body: object): RequestListener => {
  return (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};

describe("an order over HTTP", () => {
  test.each(lineFaults)("%s is doubt, neither yes nor no; asked again, the bank has it once", async (fault) => {
    const bank = await behindDoor({ submit: fault });
    await expect(bank.submit(MESSAGE, ORDER)).rejects.toThrow();
    const heard = fault !== "question-lost" && fault !== "busy";
    expect(await bank.query(MESSAGE)).toBe(heard ? "taken" : "unknown");
    expect(await bank.submit(MESSAGE, ORDER)).toBe(heard ? "taken-before" : "taken");
    expect(await readdir(path.join(directory, "to-bank"))).toEqual([`${MESSAGE}.xml`, "declined", "taken"].sort());
  });

  test.each(lineFaults)("a question whose answer is %s is not answered with 'unknown'", async (fault) => {
    const bank = await behindDoor({ query: fault });
    await expect(bank.query(MESSAGE)).rejects.toThrow();
  });

  test("another token opens no door, and nothing is taken", async () => {
    const bank = await behindDoor({}, { token: "another" });
    await expect(bank.submit(MESSAGE, ORDER)).rejects.toThrow("401");
    await expect(bank.query(MESSAGE)).rejects.toThrow("401");
    await expect(bank.reports()).rejects.toThrow("401");
    expect(await readdir(path.join(directory, "to-bank"))).toEqual(["declined", "taken"]);
  });

  test("a bank that is not there at all is doubt", async () => {
    const bank = httpExchangeBank({ url: "http://127.0.0.1:1", token: "t", patienceMs: 1_500 });
    await expect(bank.submit(MESSAGE, ORDER)).rejects.toThrow();
  });

  test.each([
    ["a page that says 200", (_: unknown, response: { end(text: string): void }) => response.end("<html>200</html>")],
    ["an answer about another message", json(200, { messageId: "X", status: "taken", sha256: sha256(ORDER) })],
    ["an answer about other bytes", json(201, { messageId: MESSAGE, status: "taken", sha256: sha256("other") })],
    ["a status that nobody agreed on", json(200, { messageId: MESSAGE, status: "fine", sha256: sha256(ORDER) })],
  ] as const)("%s is not the bank's receipt", async (_, listener) => {
    const bank = await behindStranger(listener as RequestListener);
    await expect(bank.submit(MESSAGE, ORDER)).rejects.toThrow();
  });

  test("a page that says 404 is not the bank saying 'unknown'", async () => {
    const lost = await behindStranger((_, response) => void response.writeHead(404).end("not found"));
    await expect(lost.query(MESSAGE)).rejects.toThrow();
    const other = await behindStranger(json(404, { messageId: "X", status: "unknown" }));
    await expect(other.query(MESSAGE)).rejects.toThrow("told about X");
  });

  test("the token is not carried to where a redirect points", async () => {
    let asked = 0;
    const bank = await behindStranger((request, response) => {
      asked += 1;
      response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end();
    });
    await expect(bank.submit(MESSAGE, ORDER)).rejects.toThrow();
    expect(asked).toBe(1);
  });
});

describe("reports over HTTP", () => {
  const put = async (...names: string[]) => {
    await mkdir(path.join(directory, "from-bank"), { recursive: true });
    for (const name of names) await writeFile(path.join(directory, "from-bank", name), `report ${name}`);
  };

  test.each(lineFaults)(
    "one whose transfer fails (%s) stays at the bank, is named, and holds up no other",
    async (fault) => {
      await put("1.xml", "2.xml");
      const troubles = new Set();
      const bank = await behindDoor({ fetch: fault }, { troubles });
      expect((await bank.reports()).map(({ name }) => name)).toEqual(["2.xml"]);
      expect([...troubles]).toEqual(["1.xml"]);
      expect((await bank.reports()).map(({ name }) => name)).toEqual(["1.xml", "2.xml"]);
    },
  );

  test("one that does not have the digest it was announced with is not read", async () => {
    const bank = await behindStranger((request, response) => {
      if (request.url === "/reports")
        return json(200, { reports: [{ name: "1", sha256: sha256("true") }] })(request, response);
      response.end("false");
    });
    expect(await bank.reports()).toEqual([]);
  });

  test("an acknowledgement whose answer is lost is given again, and changes nothing", async () => {
    await put("1.xml");
    const bank = await behindDoor({ settle: "answer-lost" });
    await expect(bank.acknowledge("1.xml")).rejects.toThrow();
    await bank.acknowledge("1.xml");
    expect(await bank.reports()).toEqual([]);
  });

  test("a name cannot lead to another place", async () => {
    await writeFile(path.join(directory, "books.xml"), "not a report");
    const bank = await behindDoor();
    await expect(bank.acknowledge("../books.xml")).rejects.toThrow("404");
    expect(await readdir(directory)).toContain("books.xml");
  });
});
