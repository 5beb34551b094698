import { answerOfLeaf } from "../condition/judgement.ts";
import { FactsInView } from "../facts-in-view.ts";
import type { Answer } from "../formula/logic.ts";
import { NOTHING, type Value } from "../formula/value.ts";
import type { Json } from "../json.ts";
import type { FactState, Profile } from "../profile.ts";
import { RulesError } from "../rules-error.ts";
import type { Column } from "./plan.ts";
import { valueClassesOf } from "./value-classes.ts";
import type { ValueClasses } from "./value-code.ts";

/** Code of a column of which nothing is known. */
export const UNKNOWN = 0;

const MOST_CODES = 65_535;

const letters: Readonly<Record<Answer, string>> = { true: "t", false: "f", unknown: "u", void: "v" };

/** Answers in the order of their bytes. */
export const answerPlaces: readonly Answer[] = ["true", "false", "unknown", "void"];

/**
 * Values of one column as their class: two values that every live question answers alike have one code.
 * The evaluator answers once per class, so a code cannot say anything that the evaluator does not.
 * Code 0 is a firm of which nothing is known. Codes are found while values are read, and never change.
 */
export class Coding {
  readonly column: Column;
  readonly #asOf: string;
  readonly #codes = new Map<string, number>();
  readonly #signatures: string[] = [];
  /** The same as places among the answers. */
  readonly #bytes: Uint8Array[] = [];
  /** Codes of single values; absent where the evaluator must see the whole firm. */
  readonly values: ValueClasses | undefined;

  constructor(column: Column, asOf: string) {
    this.column = column;
    this.#asOf = asOf;
    this.codeOfProfile({});
    this.values = column.fact && valueClassesOf(column.fact, column.questions, (value) => this.#codeOfValue(value));
  }

  /** How many codes there are so far. */
  get size(): number {
    return this.#signatures.length;
  }

  /** The answers of each code to all questions, a letter each. */
  get signatures(): readonly string[] {
    return this.#signatures;
  }

  /** Codes under which a question is answered in one of these ways. */
  codesAnswering(question: number, answers: readonly Answer[]): Uint8Array {
    const wanted = answers.map((answer) => letters[answer]);
    return Uint8Array.from(this.#signatures, (signature) => (wanted.includes(signature[question] ?? "") ? 1 : 0));
  }

  /** What a code answers to a question. */
  answerOf(code: number, question: number): Answer {
    return answerPlaces[this.#bytes[code]?.[question] ?? 2] ?? "unknown";
  }

  /** The answers of a code to all questions, each a place in `answerPlaces`. */
  answersOf(code: number): Uint8Array {
    return this.#bytes[code] as Uint8Array;
  }

  /** Questions that two codes answer differently. */
  questionsBetween(a: number, b: number): readonly number[] {
    const [first = "", second = ""] = [this.#signatures[a], this.#signatures[b]];
    return this.column.questions.flatMap((_, question) => (first[question] === second[question] ? [] : [question]));
  }

  /** Any state of one fact; only for columns of a single fact. */
  codeOfState(state: FactState | undefined): number {
    if (state === undefined || state.state === "unknown") return UNKNOWN;
    if (state.state === "known" && this.values) return this.values.ofJson(state.value);
    const { fact } = this.column;
    return fact ? this.codeOfProfile({ [fact.id]: state }) : UNKNOWN;
  }

  codeOfJson(json: Json): number {
    return this.codeOfState({ state: "known", value: json });
  }

  /** As the evaluator answers of a whole firm. */
  codeOfProfile(profile: Profile, view = this.view(profile)): number {
    const values = view.asValues();
    return this.#codeOf(this.column.questions.map((leaf) => letters[answerOfLeaf(leaf, values).answer]).join(""));
  }

  view(profile: Profile): FactsInView {
    return new FactsInView(this.column.policy, profile, this.#asOf);
  }

  /** The code of these answers, a letter for each question, as another coding of the same questions wrote them. */
  codeOfSignature(signature: string): number {
    return this.#codeOf(signature);
  }

  #codeOfValue(value: Value): number {
    const values = {
      fact: () => value,
      expected: (expected: { kind: string; value?: Value }) => expected.value ?? NOTHING,
    };
    return this.#codeOf(this.column.questions.map((leaf) => letters[answerOfLeaf(leaf, values).answer]).join(""));
  }

  #codeOf(signature: string): number {
    const known = this.#codes.get(signature);
    if (known !== undefined) return known;
    const code = this.#signatures.push(signature) - 1;
    if (code > MOST_CODES) {
      throw new RulesError("limit-exceeded", this.column.key, `has more than ${MOST_CODES} classes of values.`);
    }
    this.#codes.set(signature, code);
    this.#bytes.push(
      Uint8Array.from(signature, (letter) => answerPlaces.findIndex((each) => letters[each] === letter)),
    );
    return code;
  }
}
