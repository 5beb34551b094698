import { readBytes } from "../facts/byte-source.ts";
import { resolveDelivery } from "../facts/delivery-file.ts";
import { readTable } from "../facts/read-table.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import { type ReceiveDeps, type Reception, receiveDelivery } from "../screening/receive-delivery.ts";
import { namedTable, withCodes } from "./keyed-file.ts";
import { type NameEntry, type NameList, plainAnswer, requireOpen } from "./name-list.ts";
import type { NameAnswer } from "./name-store.ts";
import type { NamingStores } from "./receive-file.ts";

/**
 * A person says which firms these names are, or that they are nobody's who is registered.
 * @throws DomainError name-list-not-found | name-list-not-open | bad-input for a code that is not registered
 */
export async function settleNames<Stores extends NamingStores>(
  { transaction, clock }: Pick<ReceiveDeps<Stores>, "transaction" | "clock">,
  { id, answers, by }: Readonly<{ id: string; answers: readonly NameAnswer[]; by: string }>,
): Promise<void> {
  await transaction(async ({ nameLists, names }) => {
    requireOpen(await nameLists.get(id));
    const codes = answers.flatMap(({ code }) => code ?? []);
    const registered = await names.registered(codes);
    const stranger = codes.find((code) => !registered.has(code));
    if (stranger !== undefined) {
      throw new DomainError("bad-input", `登记库中没有${stranger}。The register does not know ${stranger}.`, {
        code: stranger,
      });
    }
    await nameLists.settle(id, answers, by, clock.now());
  });
}

/** A list with its names, to be shown. @throws DomainError name-list-not-found */
export async function loadNameList<Stores extends NamingStores>(
  { transaction }: Pick<ReceiveDeps<Stores>, "transaction">,
  id: string,
): Promise<Readonly<{ list: NameList; entries: readonly NameEntry[] }>> {
  return transaction(async ({ nameLists }) => {
    return { list: await nameLists.get(id), entries: await nameLists.entriesOf(id) };
  });
}

/** A person agrees to all names at once that one firm has today and no other ever had. */
export async function settlePlainNames<Stores extends NamingStores>(
  { transaction, clock }: Pick<ReceiveDeps<Stores>, "transaction" | "clock">,
  { id, by }: Readonly<{ id: string; by: string }>,
): Promise<number> {
  return transaction(async ({ nameLists }) => {
    requireOpen(await nameLists.get(id));
    const open = (await nameLists.entriesOf(id)).filter(({ settled }) => !settled);
    const answers = open.flatMap((entry) => {
      const answer = plainAnswer(entry);
      return answer ? [{ name: entry.name, code: answer.code }] : [];
    });
    await nameLists.settle(id, answers, by, clock.now());
    return answers.length;
  });
}

/**
 * Every name is settled: the file goes on with the codes, through the same screening as any other.
 * A crash in between leaves a list that is completed again with the same result.
 * @throws DomainError name-list-not-found | name-list-not-open | name-not-settled, and as receiveDelivery
 */
export async function completeNameList<Stores extends NamingStores>(
  deps: ReceiveDeps<Stores>,
  { id, by }: Readonly<{ id: string; by: string }>,
): Promise<Reception> {
  const { list, bytes, entries } = await deps.transaction(async ({ nameLists }) => {
    const found = await nameLists.get(id);
    requireOpen(found);
    return { list: found, bytes: await readBytes(await nameLists.bytesOf(id)), entries: await nameLists.entriesOf(id) };
  });
  const open = entries.filter(({ settled }) => !settled);
  if (open.length > 0) {
    throw new DomainError(
      "name-not-settled",
      `还有${open.length}个名称没有认定。${open.length} names are not settled yet.`,
      {
        id,
      },
    );
  }
  const { asOf, isPartial, sourceId, importedBy } = list;
  const file = { sourceId, fileName: `${list.fileName} (${id}).csv`, asOf, isPartial, importedBy };
  const { source } = await resolveDelivery(deps, { ...file, bytes });
  const named = namedTable(source, await readTable(bytes, source));
  if (!named) throw new Error(`${id} was kept because it has names and no codes`);
  const reception = await receiveDelivery(deps, { ...file, bytes: withCodes(source, named, codesOf(entries)) });
  await close(deps, list, entries, by);
  return reception;
}

function codesOf(entries: readonly NameEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.flatMap(({ name, settled }) => (settled?.code ? [[name, settled.code] as const] : [])));
}

async function close<Stores extends NamingStores>(
  { transaction, clock }: Pick<ReceiveDeps<Stores>, "transaction" | "clock">,
  { id, sha256 }: NameList,
  entries: readonly NameEntry[],
  by: string,
): Promise<void> {
  await transaction(async ({ nameLists, journal }) => {
    if ((await nameLists.get(id)).status !== "open") return;
    const at = clock.now();
    await nameLists.close(id, { status: "completed", closedBy: by, closedAt: at });
    const codes = codesOf(entries);
    const payload = {
      ...{ sha256, named: codes.size, unknown: entries.length - codes.size },
      answersSha256: digestOf([...codes]),
    };
    await journal.append({ type: "name-list-completed", subject: id, actor: by, at, payload });
  });
}

/** The list is not used. @throws DomainError name-list-not-found | name-list-not-open | bad-input */
export async function dropNameList<Stores extends NamingStores>(
  { transaction, clock }: Pick<ReceiveDeps<Stores>, "transaction" | "clock">,
  { id, by, reason }: Readonly<{ id: string; by: string; reason: string }>,
): Promise<void> {
  if (reason.trim() === "") throw new DomainError("bad-input", "请写明理由。Say why.");
  await transaction(async ({ nameLists, journal }) => {
    const list = await nameLists.get(id);
    requireOpen(list);
    const at = clock.now();
    await nameLists.close(id, { status: "dropped", closedBy: by, closedAt: at, reason });
    const payload = { sha256: list.sha256, reason };
    await journal.append({ type: "name-list-dropped", subject: id, actor: by, at, payload });
  });
}
