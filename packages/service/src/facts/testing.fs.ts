import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseVocabulary, type Vocabulary } from "@apply-free/rules";
import { parse } from "yaml";
import { loadDeliverySources } from "./delivery-source.fs.ts";
import type { DeliverySource } from "./delivery-source.ts";

const rules = path.join(import.meta.dirname, "../../../../rules");

/** The vocabulary as departments signed it, for tests. */
export const vocabulary: Vocabulary = parseVocabulary(
  readdirSync(path.join(rules, "vocabulary"))
    .filter((name) => name.endsWith(".yaml"))
    .map((name): unknown => parse(readFileSync(path.join(rules, "vocabulary", name), "utf8"))),
);

/** The sources of rules/sources, for tests. */
export const sources: ReadonlyMap<string, DeliverySource> = await loadDeliverySources(
  path.join(rules, "sources"),
  vocabulary,
);
