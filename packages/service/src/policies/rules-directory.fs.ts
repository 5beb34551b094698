import path from "node:path";
import { parseVocabulary } from "@apply-free/rules";
import { loadDeliverySources } from "../facts/delivery-source.fs.ts";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { readVocabularyDocuments } from "./policy-source.fs.ts";

/**
 * The sources of a rules directory, by id, in the words of its shared vocabulary.
 * @throws DomainError policy-not-found | policy-invalid | source-invalid
 */
export async function loadSourcesIn(rules: string): Promise<ReadonlyMap<string, DeliverySource>> {
  const vocabulary = parseVocabulary(await readVocabularyDocuments(path.join(rules, "vocabulary")));
  return loadDeliverySources(path.join(rules, "sources"), vocabulary);
}
