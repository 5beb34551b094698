import { expect, test } from "vitest";
import { vocabularyDocument } from "../testing.ts";
import { labelOf } from "./label.ts";
import { parseVocabulary } from "./parse-vocabulary.ts";

const fact = { type: "integer", label: { zh: "某", en: "x" }, source: "tax", maxAgeDays: 30, privacy: "public" };
const parse = (...more: object[]) => parseVocabulary([vocabularyDocument, ...more]);

test.each<[string, object, RegExp]>([
  ["unknown key", { factss: {} }, /^unknown key "factss"\. Did you mean "facts"\?/],
  ["unknown type", { facts: { "a.b": { ...fact, type: "int" } } }, /^facts\.a\.b\.type: /],
  [
    "unknown department",
    { facts: { "a.b": { ...fact, source: "taxx" } } },
    /^facts\.a\.b\.source: unknown department "taxx"\. Did you mean "tax"\?/,
  ],
  [
    "unknown department in a ranking",
    { facts: { "a.b": { ...fact, ranked: ["tax", "taxx"] } } },
    /^facts\.a\.b\.ranked: unknown department "taxx"\. Did you mean "tax"\?/,
  ],
  ["department ranked twice", { facts: { "a.b": { ...fact, ranked: ["tax", "tax"] } } }, /names a department twice/],
  [
    "unknown code list",
    { facts: { "a.b": { ...fact, type: "code", codes: "grade" } } },
    /unknown code list "grade"\. Did you mean "grades"\?/,
  ],
  ["codes of a number", { facts: { "a.b": { ...fact, codes: "grades" } } }, /only a code has/],
  ["bounds of a text", { facts: { "a.b": { ...fact, type: "text", min: 1 } } }, /only numbers have bounds/],
  ["list without fields", { facts: { "a.b": { ...fact, type: "list" } } }, /a list needs fields/],
  [
    "a number read across a group",
    { facts: { "a.b": { ...fact, acrossGroup: "ledger.paid" } } },
    /^facts\.a\.b\.acrossGroup: a list can be read across a group/,
  ],
  ["id without a dot", { facts: { staff: fact } }, /must look like/],
  ["fact defined twice", { facts: { "ent.staff": fact } }, /^facts\.ent\.staff: is defined twice/],
  [
    "derived fact with the id of a fact",
    { derived: { "ent.staff": { type: "integer", label: fact.label, formula: "1" } } },
    /is also the id of a fact/,
  ],
  ["no English label", { facts: { "a.b": { ...fact, label: { zh: "某" } } } }, /^facts\.a\.b\.label\.en: is missing/],
])("a vocabulary with a slip is refused by place: %s", (_, document, message) => {
  expect(() => parse(document)).toThrow(message);
});

test("an empty document adds nothing", () => {
  expect(parseVocabulary([vocabularyDocument, null]).facts.size).toBe(parse().facts.size);
});

test("labels reach into records, as missing names them", () => {
  expect(labelOf(parse(), "ent.staff")).toEqual({ zh: "人数", en: "Staff" });
  expect(labelOf(parse(), "ledger.paid[1].amount")).toEqual({
    zh: "已兑付第2条的金额",
    en: "Amount of Paid before no. 2",
  });
  expect(labelOf(parse(), "no.such")).toEqual({ zh: "no.such", en: "no.such" });
});
