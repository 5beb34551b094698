import type { FactDefinition, FactType, FieldDefinition, Vocabulary } from "@apply-free/rules";

type Extra = Partial<Omit<FactDefinition, "id" | "type">>;

/** A vocabulary that tests can rely on, whatever rules/vocabulary says today. */
export function testVocabulary(): Vocabulary {
  const facts = definitions.map(([id, type, extra = {}]) => [id, { ...defaults, id, type, ...extra }] as const);
  return { facts: new Map(facts), derived: new Map(), sources: new Map(), codeLists: new Map() };
}

const label = { zh: "事实", en: "fact" };
const defaults = { label, source: "tax", maxAgeDays: 365, privacy: "business", nullable: false } as const;

const definitions: readonly (readonly [string, FactType, Extra?])[] = [
  ["ent.name", "text"],
  ["ent.subjectType", "code"],
  ["ent.status", "code", { codes: codes("在营", "歇业", "吊销", "注销", "迁出") }],
  ["ent.regionCode", "code", { digits: 6 }],
  ["ent.industry", "code", { digits: 2 }],
  ["ent.relocatedOn", "date", { nullable: true }],
  ["credit.abnormalOperation", "boolean"],
  ["ui.arrears", "money", { min: "0" }],
  ["ui.paidLastYear.employer", "money", { min: "0" }],
  ["ui.paidLastYear.employee", "money", { min: "0" }],
  ["fin.revenue", "money", { min: "0" }],
  ["fin.salesPrevYear", "money", { min: "0" }],
  ["fin.totalAssets", "money", { min: "0" }],
  ["tax.evasion3y", "boolean"],
  ["ui.fullyPaidMonths", "integer", { min: "0" }],
  ["ui.insuredHeadcount", "integer", { min: "0" }],
  ["ui.layoffRate", "percent", { min: "0", max: "100" }],
  ["hr.staffYearStart", "integer", { min: "0" }],
  ["hr.staffYearEnd", "integer", { min: "0" }],
  ["hr.isLabourDispatch", "boolean"],
  ["title.held", "list", { fields: fields({ title: "text", recognisedOn: "date", expiresOn: "date" }, "expiresOn") }],
  ["ent.operatingNormally", "boolean"],
  ["hte.firstRecognisedYear", "integer", { nullable: true }],
  ["hte.regionCodeOnRecognition", "code", { digits: 6 }],
  ["credit.seriousDishonesty", "boolean"],
  ["safety.majorAccident3y", "boolean"],
  ["ledger.paid", "list", { fields: fields({ family: "text", amount: "money", paidOn: "date" }) }],
];

function codes(...values: readonly string[]) {
  return new Map(values.map((value) => [value, { zh: value, en: value }]));
}

function fields(types: Readonly<Record<string, FieldDefinition["type"]>>, nullable?: string) {
  return new Map(Object.entries(types).map(([name, type]) => [name, { type, label, nullable: name === nullable }]));
}
