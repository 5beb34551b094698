import path from "node:path";
import { type PrivacyClass, parseVocabulary } from "@apply-free/rules";
import { beforeAll, describe, expect, test } from "vitest";
import { readVocabularyDocuments } from "../policies/policy-source.fs.ts";
import { privacyOf, type Reader, seesValue, treatments, valueFor } from "./privacy.ts";

const readers = {
  "the firm itself": { kind: "owner" },
  "the department that said it": { kind: "department", sourceId: "tax" },
  "another department": { kind: "department", sourceId: "science" },
  "the office": { kind: "office" },
  "an auditor": { kind: "auditor", hasReason: false },
  "an auditor with a reason on record": { kind: "auditor", hasReason: true },
} as const satisfies Readonly<Record<string, Reader>>;

type Who = keyof typeof readers;
const allowed: Readonly<Record<PrivacyClass, readonly Who[]>> = {
  public: Object.keys(readers) as Who[],
  business: [
    "the firm itself",
    "the department that said it",
    "the office",
    "an auditor",
    "an auditor with a reason on record",
  ],
  personal: ["the firm itself", "the department that said it", "an auditor with a reason on record"],
};

describe("a fact's class", () => {
  const all = (Object.keys(allowed) as PrivacyClass[]).flatMap((privacy) =>
    Object.entries(readers).map(([who, reader]) => [privacy, who as Who, reader as Reader] as const),
  );
  test.each(all)("%s: says whether %s sees the value", (privacy, who, reader) => {
    expect(seesValue(reader, privacy, "tax")).toBe(allowed[privacy].includes(who));
  });

  test("keeps people's data no longer than firms', and opens only what is public", () => {
    expect(treatments.personal.keptYears).toBeLessThan(treatments.business.keptYears);
    expect(Object.values(treatments).filter(({ isOpen }) => isOpen)).toEqual([treatments.public]);
  });
});

describe("a value that is hidden", () => {
  let vocabulary: ReturnType<typeof parseVocabulary>;
  beforeAll(async () => {
    const rules = path.join(import.meta.dirname, "../../../../rules/vocabulary");
    vocabulary = parseVocabulary(await readVocabularyDocuments(rules));
  });
  const hires = [{ person: "canary-1", bornOn: "2001-02-03" }, { person: "canary-2" }];

  test("says how much there is and nothing of what", () => {
    const shown = JSON.stringify(valueFor(readers["the office"], vocabulary, "hr.hires", hires, "human-resources"));
    expect(shown).toContain("2 条记录");
    expect(shown).not.toMatch(/canary|2001/);
    expect(JSON.stringify(valueFor(readers["the firm itself"], vocabulary, "hr.hires", hires, undefined))).toContain(
      "canary-1",
    );
  });

  test("is that of a fact which the vocabulary has forgotten", () => {
    expect(privacyOf(vocabulary, "gone.fact")).toBe("personal");
    expect(JSON.stringify(valueFor(readers["the office"], vocabulary, "gone.fact", "canary", undefined))).not.toContain(
      "canary",
    );
  });
});
