import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Vocabulary } from "@apply-free/rules";
import { parseDocument } from "yaml";
import { DomainError } from "../kernel/errors.ts";
import type { DeliverySource } from "./delivery-source.ts";
import { parseDeliverySource } from "./parse-delivery-source.ts";

/**
 * All sources below a directory (rules/sources), by id.
 * @throws DomainError source-invalid naming file, line or field
 */
export async function loadDeliverySources(
  directory: string,
  vocabulary: Vocabulary,
): Promise<ReadonlyMap<string, DeliverySource>> {
  const names = await readdir(directory).catch(() => {
    throw new DomainError("source-invalid", `${directory}: no such directory of delivery sources.`, { directory });
  });
  const sources = new Map<string, DeliverySource>();
  for (const name of names.filter((entry) => entry.endsWith(".yaml")).sort()) {
    const file = path.join(directory, name);
    const source = await inFile(file, async () => parseDeliverySource(await readYaml(file), vocabulary));
    if (`${source.id}.yaml` !== name) {
      throw new DomainError("source-invalid", `${file}: id: "${source.id}" must be the name of its file.`, { file });
    }
    sources.set(source.id, source);
  }
  return sources;
}

async function inFile<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    throw new DomainError(cause.code, `${file}: ${cause.message}`, { ...cause.details, file });
  }
}

async function readYaml(file: string): Promise<unknown> {
  const document = parseDocument(await readFile(file, "utf8"), { prettyErrors: true, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem) {
    const line = problem.linePos?.[0].line ?? 1;
    throw new DomainError("source-invalid", `line ${line}: ${problem.message.split("\n")[0]}`, { line });
  }
  return document.toJS({ maxAliasCount: 100 });
}
