import path from "node:path";
import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import { openSimulatedBank } from "../../packages/service/src/demo/simulated-bank.fs.ts";
import { exchangeFolders } from "../../packages/service/src/payment/exchange-folders.ts";
import { fileExchangeBank } from "../../packages/service/src/payment/file-exchange.bank.ts";
import {
  listWhole,
  makeDirectories,
  moveWhole,
  readIfThere,
  writeWhole,
} from "../../packages/service/src/payment/whole-file.fs.ts";
import { type Fault, mishap } from "./faults.ts";
import { openUnrulyDoor } from "./http-door.ts";
import type { Answer, Request, Work } from "./start-bank.ts";

/**
 * A bank in a process of its own, with books and a post office of its own on disk. It knows its
 * customer only by the folders between them, or by its HTTP door when a port is given and the folders are its
 * own; does its books well and its post badly, and may be killed at any moment.
 *
 * Usage: `bank-process.ts <exchange> <its own directory> <seed> [port]`; told over IPC when it is what time.
 */
const [exchange = "", directory = "", seed = "1", port] = process.argv.slice(2);
const outside = exchangeFolders(exchange);
const inside = exchangeFolders(path.join(directory, "counter"));
const held = path.join(directory, "held");
await makeDirectories([...Object.values(outside), ...Object.values(inside), held]);
const holders = new Map<string, string>();
const books = await openSimulatedBank({
  ...{ exchange: path.join(directory, "counter"), directory: path.join(directory, "books"), holders },
});

/** What is there is taken to the books first and out of the way after: a kill in between takes it twice. */
async function work(now: Date): Promise<void> {
  const orders = await listWhole(outside.toBank, ".xml");
  for (const name of orders) {
    const file = await readIfThere(path.join(outside.toBank, name));
    if (file) await writeWhole(path.join(inside.toBank, name), file);
  }
  await books.run(now);
  for (const name of orders) {
    const declined = (await readIfThere(path.join(inside.declined, name))) !== undefined;
    await moveWhole(path.join(outside.toBank, name), path.join(declined ? outside.declined : outside.taken, name));
  }
}

/** Every report becomes letters that wait for their round; `calm` = each is sent as it is. */
async function sort(round: number, calm: boolean): Promise<Fault[]> {
  const happened: Fault[] = [];
  for (const name of await listWhole(inside.fromBank, ".xml")) {
    const content = new TextDecoder().decode(await readIfThere(path.join(inside.fromBank, name)));
    const random = randomFor(Number(seed), round, name);
    const outcome = calm ? { letters: [{ name, content, rounds: 0 }], happened: [] } : mishap(name, content, random);
    for (const { name: letter, content: text, rounds } of outcome.letters) {
      const due = rounds === undefined ? LOST : String(round + rounds).padStart(4, "0");
      await writeWhole(path.join(held, `${due}.${round}-${letter}`), text);
    }
    happened.push(...outcome.happened);
    await moveWhole(path.join(inside.fromBank, name), path.join(inside.done, name));
  }
  return happened;
}

const LOST = "lost";

/** Puts out what is due, in any order. When it is calm, what was lost is found. */
async function deliver(round: number, calm: boolean): Promise<void> {
  const waiting = (await listWhole(held, ".xml")).filter((name) => {
    const [due = ""] = name.split(".");
    return calm || (due !== LOST && Number(due) <= round);
  });
  const order = randomFor(Number(seed), "order", round).shuffled(waiting);
  for (const [nth, name] of order.entries()) {
    const place = `${String(round).padStart(4, "0")}-${String(nth).padStart(3, "0")}-${name}`;
    await moveWhole(path.join(held, name), path.join(outside.fromBank, place));
  }
}

const door =
  port === undefined ? undefined : await openUnrulyDoor(await fileExchangeBank(exchange), Number(port), Number(seed));

async function answer(request: Work): Promise<Answer> {
  door?.startRound(request.round, request.calm);
  for (const [accountNo, name] of request.holders) holders.set(accountNo, name);
  await work(new Date(request.now));
  const happened = await sort(request.round, request.calm);
  await deliver(request.round, request.calm);
  return { happened: [...happened, ...(door?.whatHappened() ?? [])], bookings: [...books.bookings()] };
}

process.on("message", (request: Request) => {
  if (request.kind === "plan") door?.plan(request.errand, request.fault);
  const done = request.kind === "plan" ? Promise.resolve({}) : answer(request);
  done.then(
    (said) => process.send?.(said),
    (cause: unknown) => {
      process.stderr.write(`${String(cause)}\n`);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: door?.port });
