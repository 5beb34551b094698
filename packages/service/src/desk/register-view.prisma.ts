import { CONTROLLER, type Json, labelOf, type Vocabulary } from "@apply-free/rules";
import type { Bilingual, RegisteredEntry, RegisteredLink, RegisteredSubject } from "@apply-free/ui";
import { z } from "zod";
import { valueFor } from "../facts/privacy.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import type { Day } from "../kernel/day.ts";
import { canonicalJson } from "../kernel/digest.ts";
import { hasRightCheckDigit } from "../kernel/subject-code.ts";
import type { Tx } from "../platform/store.prisma.ts";

/** Entries whose course over time makes up a subject's history. */
const HISTORY = ["ent.name", "ent.subjectType", "ent.status", "ent.regionCode", "ent.industry"];
const LISTS = ["ent.formerNames", "ent.predecessors", "ent.zones", "ent.branchOf", CONTROLLER];

type Row = Readonly<{ fact_id: string; value: Json; source_id: string; as_of: string }>;

/** Who a subject is and was, as departments said it; `undefined` for a code that is not registered. */
export async function registeredSubject(
  tx: Tx,
  code: string,
  vocabulary: Vocabulary | undefined,
  today: Day,
): Promise<RegisteredSubject | undefined> {
  const firm = await tx.firm.findUnique({ where: { code }, select: { code: true, name: true } });
  if (!firm) return undefined;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT fact_id, value, source_id, to_char(as_of, 'YYYY-MM-DD') AS as_of FROM fact
    WHERE firm_code = ${code} AND fact_id = ANY(${[...HISTORY, ...LISTS]})
    ORDER BY fact_id, as_of, obtained_at, delivery_id`;
  const newest = new Map(rows.map((row) => [row.fact_id, row.value]));
  const predecessors = predecessorList.safeParse(newest.get("ent.predecessors")).data;
  const branchOf = z.string().nullable().safeParse(newest.get("ent.branchOf")).data;
  const successors = await successorsOf(tx, code);
  const branches = await branchesOf(tx, code);
  const controller = z.string().nullable().safeParse(newest.get(CONTROLLER)).data;
  const members = await groupOf(tx, code, vocabulary, today);
  const named = await firmNames(tx, [
    ...(predecessors ?? []).map((each) => each.code),
    ...[branchOf, controller].flatMap((each) => each ?? []),
    ...(members ?? []),
  ]);
  const linkTo = (each: string) => ({ code: each, name: named.get(each) });
  const wayText = (way: string) => factWord(vocabulary, way);
  return {
    ...firm,
    check: await checkOf(tx, code),
    branchOf: typeof branchOf === "string" ? linkTo(branchOf) : branchOf,
    branches,
    controlledBy: typeof controller === "string" ? linkTo(controller) : controller,
    groupMembers: members?.map(linkTo),
    predecessors: predecessors?.map(({ code: former, way, on }) => ({
      ...{ code: former, name: named.get(former), on },
      way: wayText(way),
    })),
    successors,
    zones: zoneList
      .safeParse(newest.get("ent.zones"))
      .data?.map(({ until, ...stay }) => ({ ...stay, until: until ?? undefined })),
    formerNames: formerNameList.safeParse(newest.get("ent.formerNames")).data,
    history: changesIn(rows.filter(({ fact_id }) => HISTORY.includes(fact_id))).map((row) => entryOf(row, vocabulary)),
  };
}

/** Codes of the other firms of its group, as decisions of today see it. */
async function groupOf(
  tx: Tx,
  code: string,
  vocabulary: Vocabulary | undefined,
  today: Day,
): Promise<readonly string[] | undefined> {
  if (!vocabulary?.facts.has(CONTROLLER)) return undefined;
  const { loadWithForebears, groupsOf } = profileSource(tx, vocabulary.facts);
  const own = await loadWithForebears([code], today, today, [CONTROLLER]);
  const groups = await groupsOf(new Map([...own].map(([each, { profile }]) => [each, profile])), today);
  return groups.get(code)?.members.filter((each) => each !== code);
}

const predecessorList = z.array(z.object({ code: z.string(), way: z.string(), on: z.string() }));
const zoneList = z.array(z.object({ zone: z.string(), from: z.string(), until: z.string().nullable() }));
const formerNameList = z.array(z.object({ name: z.string(), until: z.string() }));

function factWord(vocabulary: Vocabulary | undefined, way: string): Bilingual {
  return vocabulary?.codeLists.get("succession-ways")?.get(way) ?? way;
}

/** Only where what one source says of an entry is another than what it said before. */
function changesIn(rows: readonly Row[]): Row[] {
  const said = new Map<string, string>();
  return rows.filter(({ fact_id, source_id, value }) => {
    const key = `${fact_id} ${source_id}`;
    const text = canonicalJson(value);
    if (said.get(key) === text) return false;
    said.set(key, text);
    return true;
  });
}

function entryOf({ fact_id: id, value, source_id: sourceId, as_of: since }: Row, vocabulary: Vocabulary | undefined) {
  const plain = typeof value === "string" ? value : JSON.stringify(value);
  const entry: RegisteredEntry = {
    ...{ id, since, sourceId },
    label: vocabulary ? labelOf(vocabulary, id) : id,
    value: vocabulary ? valueFor({ kind: "office" }, vocabulary, id, value, sourceId) : plain,
  };
  return entry;
}

async function checkOf(tx: Tx, code: string): Promise<RegisteredSubject["check"]> {
  if (hasRightCheckDigit(code)) return "right";
  const word = await tx.codeConfirmation.findUnique({ where: { code } });
  if (!word) return "doubtful";
  const person = await tx.account.findUnique({ where: { id: word.confirmedBy }, select: { displayName: true } });
  return { confirmedBy: person?.displayName ?? word.confirmedBy, evidence: word.evidence };
}

async function successorsOf(tx: Tx, code: string): Promise<RegisteredLink[]> {
  const names = JSON.stringify([{ code }]);
  return tx.$queryRaw<RegisteredLink[]>`
    SELECT code, name FROM firm WHERE code IN (
      SELECT firm_code FROM (
        SELECT DISTINCT ON (firm_code) firm_code, value FROM fact
        WHERE fact_id = 'ent.predecessors' AND firm_code IN (
          SELECT firm_code FROM fact WHERE fact_id = 'ent.predecessors' AND value @> ${names}::jsonb)
        ORDER BY firm_code, as_of DESC, obtained_at DESC, delivery_id
      ) AS newest WHERE value @> ${names}::jsonb)
    ORDER BY code`;
}

async function branchesOf(tx: Tx, code: string): Promise<RegisteredLink[]> {
  return tx.$queryRaw<RegisteredLink[]>`
    SELECT code, name FROM firm WHERE code IN (
      SELECT firm_code FROM fact WHERE fact_id = 'ent.branchOf' AND value <> 'null'::jsonb AND value #>> '{}' = ${code})
    ORDER BY code LIMIT 200`;
}
