import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { type Json, type Profile, profileOf, RulesError, type Vocabulary } from "@apply-free/rules";
import { DomainError } from "../kernel/errors.ts";
import {
  findPolicyDirectories,
  type LoadedPolicy,
  loadPolicy,
  readVocabularyDocuments,
} from "../policies/policy-source.fs.ts";

const ownVocabulary = path.join(import.meta.dirname, "../../../../rules/vocabulary");

/** The policy in a directory, with the vocabulary given, or the nearest one around it, or the one of this project. */
export async function openPolicy(directory: string, vocabularyDirectory: string | undefined): Promise<LoadedPolicy> {
  const vocabulary = vocabularyDirectory ?? (await vocabularyAround(directory));
  return loadPolicy(directory, await readVocabularyDocuments(vocabulary));
}

/** Every policy below a directory; a vocabulary that several share is read once. */
export async function openPolicies(root: string, vocabularyDirectory: string | undefined): Promise<LoadedPolicy[]> {
  const documents = new Map<string, unknown[]>();
  const loaded: LoadedPolicy[] = [];
  for (const directory of await findPolicyDirectories(root)) {
    const vocabulary = vocabularyDirectory ?? (await vocabularyAround(directory));
    const read = documents.get(vocabulary) ?? (await readVocabularyDocuments(vocabulary));
    documents.set(vocabulary, read);
    loaded.push(await loadPolicy(directory, read));
  }
  return loaded;
}

/** `…/vocabulary` beside the policy or beside a directory around it. */
export async function vocabularyAround(directory: string): Promise<string> {
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    const candidate = path.join(at, "vocabulary");
    if (await exists(candidate)) return candidate;
    if (at === path.dirname(at)) return ownVocabulary;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * One firm's facts, a flat JSON object, from a file or from standard input (`-`).
 * @throws DomainError bad-input, naming the file and the field
 */
export async function readProfile(file: string, vocabulary: Vocabulary): Promise<Profile> {
  const name = file === "-" ? "standard input" : file;
  const written = await (file === "-" ? text(process.stdin) : readFile(file, "utf8")).catch((cause: Error) => {
    throw new DomainError("bad-input", `${name}: cannot be read (${cause.message}).`, { file: name });
  });
  const facts = parseObject(written, name);
  try {
    return profileOf(facts, vocabulary);
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    throw new DomainError("bad-input", `${name}: ${cause.message}`, { file: name, field: cause.where });
  }
}

function parseObject(written: string, name: string): Readonly<Record<string, Json>> {
  let json: unknown;
  try {
    json = JSON.parse(written);
  } catch (cause) {
    throw new DomainError("bad-input", `${name}: is not JSON: ${(cause as Error).message}.`, { file: name });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new DomainError("bad-input", `${name}: must be one JSON object, fact id to value.`, { file: name });
  }
  return json as Readonly<Record<string, Json>>;
}
