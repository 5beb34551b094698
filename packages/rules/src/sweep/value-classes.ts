import type { Leaf } from "../condition/condition.ts";
import type { Exact } from "../formula/value.ts";
import { FALSE, NOTHING, TRUE, text } from "../formula/value.ts";
import { valueOfFact } from "../vocabulary/fact-value.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import { dayClasses } from "./day-classes.ts";
import { numberClasses } from "./number-classes.ts";
import type { CodeOf, ValueClasses } from "./value-code.ts";

export function valueClassesOf(fact: FactDefinition, questions: readonly Leaf[], codeOf: CodeOf): ValueClasses {
  const literals = questions.flatMap(literalsOf);
  const nothing = codeOf(NOTHING);
  const classes = classesOf(fact, questions, literals, codeOf);
  return { ...classes, ofJson: (json) => (json === null ? nothing : classes.ofJson(json)) };
}

function classesOf(
  fact: FactDefinition,
  questions: readonly Leaf[],
  literals: readonly Exact[],
  codeOf: CodeOf,
): ValueClasses {
  switch (fact.type) {
    case "boolean": {
      const codes = { true: codeOf(TRUE), false: codeOf(FALSE) };
      return { ofJson: (json) => (json === true ? codes.true : json === false ? codes.false : 0) };
    }
    case "date":
      return dayClasses(
        literals.flatMap((each) => (each.kind === "date" ? [each.day] : [])),
        codeOf,
      );
    case "code":
    case "text":
      return textClasses(fact, questions, literals, codeOf);
    default:
      return numberClasses(
        fact,
        literals.flatMap((each) => (each.kind === "number" ? [each.n] : [])),
        codeOf,
      );
  }
}

/**
 * Texts that a question names have a code each; any other is told by the longest beginning that a question
 * names, for all shorter ones follow from it.
 */
function textClasses(
  fact: FactDefinition,
  questions: readonly Leaf[],
  literals: readonly Exact[],
  codeOf: CodeOf,
): ValueClasses {
  const texts = literals.flatMap(textIn);
  const beginnings = new Set(questions.filter(isAboutBeginning).flatMap(literalsOf).flatMap(textIn));
  const named = new Map<string, number>();
  const begun = new Map<string, number>();
  // In the order of texts, so that what begins alike has neighbouring codes.
  for (const each of [...new Set(texts)].sort()) {
    if (beginnings.has(each)) begun.set(each, codeOf(text(`${each}${UNNAMED}`)));
    named.set(each, codeOf(text(each)));
  }
  const lengths = [...new Set([...beginnings].map(({ length }) => length))].sort((a, b) => b - a);
  const other = codeOf(text(UNNAMED));
  const isValue = (json: string) => !("misfit" in valueOfFact(fact, json));
  // Checking against a list or a pattern costs more than finding the class; most values come again.
  const checked = new Map<string, number>();
  const codeOfText = (written: string) => {
    const code = named.get(written);
    if (code !== undefined) return code;
    for (const length of lengths) {
      const found = begun.get(written.slice(0, length));
      if (found !== undefined && written.length >= length) return found;
    }
    return other;
  };
  return {
    ofJson(json) {
      if (typeof json !== "string") return 0;
      const known = checked.get(json);
      if (known !== undefined) return known;
      const code = isValue(json) ? codeOfText(json) : 0;
      if (checked.size < MOST_REMEMBERED) checked.set(json, code);
      return code;
    },
  };
}

const MOST_REMEMBERED = 100_000;
/** Ends a text as no text that a question names ends. */
const UNNAMED = "\u0000\uffff\u0000";

const isAboutBeginning = ({ operator }: Leaf) => operator === "startsWith" || operator === "doesNotStartWith";
const textIn = (value: Exact) => (value.kind === "text" ? [value.text] : []);

function literalsOf({ expected }: Leaf): readonly Exact[] {
  if (expected.kind !== "literal") return [];
  const { value } = expected;
  const values = value.kind === "list" ? value.items.map((item) => item.value) : [value];
  return values as readonly Exact[];
}
