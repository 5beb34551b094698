import { isWindowed } from "../allocation/fund.ts";
import { parseFund } from "../allocation/parse-fund.ts";
import type { TimeLimits } from "../allocation/time-limits.ts";
import { benefitKinds } from "../benefit/benefit.ts";
import { parseBenefit } from "../benefit/parse-benefit.ts";
import { type Condition, type Expected, type Group, leavesOf } from "../condition/condition.ts";
import { compileJudge } from "../condition/engine.ts";
import { parseCondition } from "../condition/parse-condition.ts";
import type { Bilingual, Json } from "../json.ts";
import { refuseHostile } from "../limits.ts";
import { suggestion } from "../nearest.ts";
import { read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import { membershipIn, recordsOf } from "../stacking/ledger-of-profile.ts";
import { parseObjects } from "../stacking/object-shares.ts";
import { parseStacking } from "../stacking/parse-stacking.ts";
import { valueOfFact } from "../vocabulary/fact-value.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { type Channel, parseChannel } from "./channel.ts";
import { parseClauses } from "./clauses.ts";
import { DerivedFacts } from "./derived-facts.ts";
import type { Clause, Policy, Setting } from "./policy.ts";
import { type PolicyDocument, policySchema } from "./policy-document.ts";

/** The fact that tells what kind of subject this is. */
export const SUBJECT_TYPE = "ent.subjectType";
/** The day of the decision, as formulas see it. */
export const DECISION_DAY = "asOf";

/**
 * Compiles policy.yaml (parsed to JSON) against a vocabulary and the text of source.md.
 *
 * @throws RulesError policy-invalid | formula-invalid | limit-exceeded, naming the place
 */
export function parsePolicy(document: unknown, vocabulary: Vocabulary, clauseText: string): Policy {
  refuseHostile(document);
  const given = read(policySchema, document, "", "policy-invalid");
  const clauses = parseClauses(clauseText);
  const clauseAt = clauseChecker(clauses);
  const settings = given.settings.map(settingOf);
  const names = new DerivedFacts(vocabulary, given.derived, settings, clauseAt);
  const context = {
    names,
    clauseAt,
    shared: vocabulary.conditions,
    literalOf: (fact: string, json: Json) => literalOf(fact, json, vocabulary, names),
    codesOf: (id: string) => names.codesOf(id),
  };
  const conditions = parseCondition(given.conditions, "conditions", context);
  const requirements = requirementsOf(given, conditions, context);
  const benefit = parseBenefit(given.benefit, "benefit", context);
  const fund = given.fund === undefined ? undefined : parseFund(given.fund, given.payout.period, context);
  const stacking = parseStacking(given.stacking, "stacking", {
    ...{ policy: given.id, family: given.payout.family, clauseAt, vocabulary },
  });
  const objects = given.objects === undefined ? undefined : parseObjects(given.objects, "objects", names);
  refuseParts(benefit, fund, requirements);
  const channel = parseChannel(given.payout.channel ?? { kind: "bank-transfer" }, "payout.channel", names);
  refuseChannel(channel, benefit);
  const used = names.usedFrom([
    ...(channel.kind === "bank-transfer" ? [] : channel.facts),
    ...(objects?.facts ?? []),
    ...recordsOf(stacking),
    ...membershipIn(stacking),
    ...leavesOf(requirements).flatMap(({ fact, expected }) => [fact, ...factsIn(expected)]),
    ...(benefit.term?.facts ?? []),
    ...(benefit.discretion?.term?.facts ?? []),
    ...(fund?.rule === "ranked" ? fund.by.facts : []),
  ]);
  const { id, version, title, validity, payout } = given;
  return {
    id,
    version,
    title,
    document: documentOf(given),
    subjectTypes: given.subject.types,
    ...(validity !== "unstated" && {
      validity: { from: validity.from, ...(validity.to !== undefined && { to: validity.to }) },
    }),
    payout: payoutOf(payout),
    channel,
    ...(fund && { fund }),
    ...(given.timeLimits && { timeLimits: timeLimitsOf(given.timeLimits, clauseAt) }),
    settings,
    ...(given.guide && { guide: given.guide }),
    clauses,
    vocabulary,
    requirements,
    judge: compileJudge(requirements),
    benefit,
    stacking,
    ...(objects && { objects }),
    derived: used.derived,
    facts: used.facts,
  };
}

type Context = Parameters<typeof parseCondition>[2];

/** A channel carries what it was made for, and what goes to several loans is not cut by a calendar as well. */
function refuseChannel({ kind: channel }: Channel, { kind, instalments }: Policy["benefit"]): void {
  const carried: Readonly<Record<Channel["kind"], readonly (typeof kind)[]>> = {
    "bank-transfer": benefitKinds,
    "tax-receipt": ["taxRelief"],
    "bill-deduction": ["cash", "billDeduction"],
    "loan-interest": ["cash"],
  };
  if (!carried[channel].includes(kind)) {
    throw new RulesError("policy-invalid", "payout.channel", `"${channel}" carries no benefit of kind "${kind}".`);
  }
  if (channel === "loan-interest" && instalments) {
    throw new RulesError("policy-invalid", "payout.channel", "interest is paid loan by loan, not in parts as well.");
  }
}

/** A calendar of parts names conditions that there are, and rests on money that each firm has for itself. */
function refuseParts({ instalments }: Policy["benefit"], fund: Policy["fund"], requirements: Group): void {
  const names = namesOf(requirements);
  const unknown = instalments?.stillRequired?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const message = `no condition is called "${unknown}".${suggestion(unknown, names)}`;
    throw new RulesError("policy-invalid", "benefit.instalments.stillRequired", message);
  }
  if (instalments && isWindowed(fund)) {
    const message = "a fund that is given out to all at once cannot be promised in parts.";
    throw new RulesError("policy-invalid", "benefit.instalments", message);
  }
}

/** Validity and subject are requirements like any other: decided, traced and explained with the rest. */
function requirementsOf({ validity, subject }: PolicyDocument, conditions: Condition, context: Context): Group {
  const frame = {
    all: [
      ...(validity === "unstated" ? [] : [validityRequirement(validity, context)]),
      { name: "subject", clause: subject.clause, fact: SUBJECT_TYPE, operator: "in", value: subject.types },
    ],
  };
  const parsed = parseCondition(frame, "", context);
  const own = parsed.kind === "all" ? parsed.children : [];
  const taken = new Set(["requirements", "validity", "validity.from", "validity.to", "subject"]);
  const clash = namesOf(conditions).find((name) => taken.has(name));
  if (clash !== undefined)
    throw new RulesError("policy-invalid", "conditions", `the name "${clash}" is reserved; choose another.`);
  return { kind: "all", name: "requirements", children: [...own, conditions] };
}

function validityRequirement(validity: Exclude<PolicyDocument["validity"], "unstated">, { names }: Context) {
  const { from, to, governs, clause } = validity;
  const fact = governs === "decision-day" ? DECISION_DAY : governs.fact;
  const kind = names.typeOf(fact)?.kind;
  if (kind !== "date" && kind !== "number") {
    throw new RulesError(
      "policy-invalid",
      "validity.governs.fact",
      kind === undefined
        ? `unknown fact "${fact}".${suggestion(fact, names.ids())}`
        : `"${fact}" is neither a day nor a year.`,
    );
  }
  const limitOf = (day: string): Json => (kind === "date" ? day : Number(day.slice(0, 4)));
  return {
    name: "validity",
    label: { zh: "在有效期内", en: "Within the period of validity" },
    clause,
    all: [
      { name: "validity.from", fact, operator: "atLeast", value: limitOf(from) },
      ...(to === undefined ? [] : [{ name: "validity.to", fact, operator: "atMost", value: limitOf(to) }]),
    ],
  };
}

function namesOf(condition: Condition): string[] {
  const inner = condition.kind === "leaf" ? [] : condition.kind === "not" ? [condition.child] : condition.children;
  return [condition.name, ...inner.flatMap(namesOf)];
}

function factsIn(expected: Expected): readonly string[] {
  if (expected.kind === "fact") return [expected.id];
  return expected.kind === "formula" ? expected.formula.facts : [];
}

function clauseChecker(clauses: ReadonlyMap<string, Clause>): (label: string, where: string) => string {
  return (label, where) => {
    if (!clauses.has(label)) {
      throw new RulesError(
        "policy-invalid",
        where,
        `source.md has no clause "${label}".${suggestion(label, clauses.keys())}`,
      );
    }
    return label;
  };
}

function literalOf(id: string, json: Json, vocabulary: Vocabulary, names: DerivedFacts) {
  const fact = vocabulary.facts.get(id) ?? names.shapeOf(id);
  if (!fact) return { misfit: `"${id}" is no fact` };
  const misfit = valueOfFact({ ...fact, label: { zh: id, en: id } } as Parameters<typeof valueOfFact>[0], json);
  if (!("misfit" in misfit) || !("codes" in fact) || !fact.codes || typeof json !== "string") return misfit;
  return { misfit: `${misfit.misfit}${suggestion(json, fact.codes.keys())}` };
}

function settingOf({ name, question, chosen, options }: PolicyDocument["settings"][number]): Setting {
  const none: Bilingual = { zh: chosen, en: chosen };
  const alternatives = Object.entries(options).filter(([key]) => key !== chosen);
  return {
    name,
    question,
    choice: chosen,
    chosen: options[chosen] ?? none,
    alternatives: alternatives.map(([, label]) => label),
  };
}

function documentOf({ document: { no, issuer, date, address, parent } }: PolicyDocument): Policy["document"] {
  const [first] = address === undefined ? [] : [address].flat();
  return {
    issuer,
    ...(no !== undefined && { no }),
    ...(date !== undefined && { date }),
    ...(first !== undefined && { address: first }),
    ...(parent !== undefined && { parent }),
  };
}

function timeLimitsOf(
  { statutory, promised }: NonNullable<PolicyDocument["timeLimits"]>,
  clauseAt: Context["clauseAt"],
): TimeLimits {
  if (statutory) clauseAt(statutory.clause, "timeLimits.statutory.clause");
  if (promised) clauseAt(promised.clause, "timeLimits.promised.clause");
  return { ...(statutory && { statutory }), ...(promised && { promised }) };
}

function payoutOf({ family, payee, payer, channel: _, ...payout }: PolicyDocument["payout"]): Policy["payout"] {
  return {
    ...payout,
    ...(family !== undefined && { family }),
    ...(payee !== "beneficiary" && { payee: payee.who }),
    ...(payer !== "treasury" && { payer: payer.who }),
  };
}
