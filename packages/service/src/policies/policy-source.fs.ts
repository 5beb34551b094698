import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Policy, parsePolicy, parseVocabulary, RulesError, type Vocabulary } from "@apply-free/rules";
import { DomainError } from "../kernel/errors.ts";
import { lineInYaml } from "./line-in-yaml.ts";
import { plainYaml } from "./plain-yaml.ts";

/** One policy directory as read: parsed YAML, not yet judged. */
export type PolicySource = Readonly<{
  directory: string;
  /** policy.yaml */
  document: unknown;
  /** vocabulary.yaml of this directory, for facts that the shared vocabulary lacks. */
  ownVocabulary?: unknown;
  /** source.md: the clauses as published. */
  clauses: string;
  /** cases.yaml */
  cases: unknown;
}>;

/** A policy directory with everything that `decide` needs. */
export type LoadedPolicy = Readonly<{
  policy: Policy;
  vocabulary: Vocabulary;
  vocabularyDocuments: readonly unknown[];
  source: PolicySource;
}>;

/** All directories below `root` that hold a policy.yaml, in order of path. @throws DomainError policy-not-found */
export async function findPolicyDirectories(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => {
    throw new DomainError("policy-not-found", `${root}: no such directory.`, { root });
  });
  const found = entries
    .filter((entry) => entry.isFile() && entry.name === "policy.yaml")
    .map((entry) => entry.parentPath);
  if (found.length === 0)
    throw new DomainError("policy-not-found", `${root}: no policy.yaml below this directory.`, { root });
  return found.sort();
}

/** @throws DomainError policy-not-found | policy-invalid, naming file and line */
export async function readPolicySource(directory: string): Promise<PolicySource> {
  const file = path.join(directory, "policy.yaml");
  const document = await readYaml(file);
  if (document === undefined) throw new DomainError("policy-not-found", `${file}: no such file.`, { file });
  const ownVocabulary = await readYaml(path.join(directory, "vocabulary.yaml"));
  return {
    directory,
    document,
    clauses: (await readOptional(path.join(directory, "source.md"))) ?? "",
    cases: (await readYaml(path.join(directory, "cases.yaml"))) ?? [],
    ...(ownVocabulary !== undefined && { ownVocabulary }),
  };
}

/** The YAML documents of a vocabulary directory, in order of name. */
export async function readVocabularyDocuments(directory: string): Promise<unknown[]> {
  const names = await readdir(directory).catch(() => {
    throw new DomainError("policy-not-found", `${directory}: no vocabulary directory here.`, { directory });
  });
  const files = names.filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(files.map((name) => readYaml(path.join(directory, name))));
}

/** What the same documents say is read once, however many policies speak of it. */
const vocabularies = new WeakMap<readonly unknown[], Vocabulary>();

function sharedVocabularyOf(documents: readonly unknown[]): Vocabulary {
  const vocabulary = vocabularies.get(documents) ?? parseVocabulary(documents);
  vocabularies.set(documents, vocabulary);
  return vocabulary;
}

/** Reads and compiles one policy. @throws DomainError policy-not-found | policy-invalid */
export async function loadPolicy(directory: string, sharedVocabulary: readonly unknown[]): Promise<LoadedPolicy> {
  const source = await readPolicySource(directory);
  const own = source.ownVocabulary === undefined ? [] : [source.ownVocabulary];
  const vocabularyDocuments = [...sharedVocabulary, ...own];
  const vocabularyFile = own.length > 0 ? path.join(directory, "vocabulary.yaml") : "vocabulary";
  const vocabulary = await inFile(vocabularyFile, () =>
    own.length > 0 ? parseVocabulary(vocabularyDocuments) : sharedVocabularyOf(sharedVocabulary),
  );
  const policyFile = path.join(directory, "policy.yaml");
  const policy = await inFile(policyFile, () => parsePolicy(source.document, vocabulary, source.clauses));
  return { policy, vocabulary, vocabularyDocuments, source };
}

/** Reads and compiles every policy below `root`. */
export async function loadPolicies(root: string, vocabularyDirectory: string): Promise<LoadedPolicy[]> {
  const shared = await readVocabularyDocuments(vocabularyDirectory);
  const directories = await findPolicyDirectories(root);
  return Promise.all(directories.map((directory) => loadPolicy(directory, shared)));
}

/** Says of a broken rule in which file and line it stands. @throws DomainError policy-invalid */
export async function inFile<Result>(file: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof RulesError)) throw cause;
    const text = await readOptional(file).catch(() => undefined);
    const line = text === undefined ? undefined : lineInYaml(text, cause.where);
    const place = line === undefined ? file : `${file}:${line}`;
    throw new DomainError("policy-invalid", `${place}: ${cause.message}`, {
      file,
      ...(line !== undefined && { line }),
    });
  }
}

async function readYaml(file: string): Promise<unknown> {
  const text = await readOptional(file);
  if (text === undefined) return undefined;
  return plainYaml(text, file);
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}
