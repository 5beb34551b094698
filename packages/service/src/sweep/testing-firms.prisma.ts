import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decide, type Policy, type Profile, parseVocabulary } from "@apply-free/rules";
import { writeSampleDeliveries } from "../demo/sample-deliveries.fs.ts";
import { deliveryStore } from "../facts/delivery.prisma.ts";
import { loadDeliverySources } from "../facts/delivery-source.fs.ts";
import { type ImportDeps, importDelivery } from "../facts/import-delivery.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { registry } from "../facts/registry.prisma.ts";
import { SettableClock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { loadPolicies, readVocabularyDocuments } from "../policies/policy-source.fs.ts";
import type { FirmsOfPolicy } from "./sweep-engine.ts";

export const day = "2025-11-03" as Day;
const rules = path.join(import.meta.dirname, "../../../../rules");

/** Every policy of this project. */
export async function allPolicies(): Promise<Policy[]> {
  return (await loadPolicies(rules, path.join(rules, "vocabulary"))).map(({ policy }) => policy);
}

/** What departments delivered about so many invented firms, as one profile each. */
export async function sampleProfiles(store: Store, count: number): Promise<readonly Profile[]> {
  const vocabulary = parseVocabulary(await readVocabularyDocuments(path.join(rules, "vocabulary")));
  const directory = await mkdtemp(path.join(tmpdir(), "sweep-"));
  try {
    const world = await writeSampleDeliveries(directory, { seed: 2025, count, start: day });
    const deps: ImportDeps = {
      clock: new SettableClock(new Date(`${day}T00:30:00Z`)),
      sources: await loadDeliverySources(path.join(rules, "sources"), vocabulary),
      transaction: (work) =>
        store.prisma.$transaction((tx) =>
          work({ deliveries: deliveryStore(tx), registry: registry(tx, store.sealing), journal: journalOn(tx) }),
        ),
    };
    for (const delivery of world.deliveries) {
      await importDelivery(deps, { ...delivery, bytes: await readFile(delivery.path), importedBy: "system:test" });
    }
    const codes = world.firms.map(({ code }) => code);
    const profiles = await store.prisma.$transaction((tx) => profileSource(tx, vocabulary.facts).load(codes, day));
    return [...codes.map((code) => profiles.get(code) ?? {}), ...oddProfiles(profiles.get(codes[0] ?? "") ?? {})];
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Firms that no row can hold, one of which nothing is known, and one whose number is no number. */
function oddProfiles(firm: Profile): Profile[] {
  const confirmed = { state: "answers", answers: [{ operator: "atMost", value: 400, answer: true }] } as const;
  return [
    {},
    { ...firm, "ui.arrears": { state: "known", value: "0.00000001" } },
    { ...firm, "ui.arrears": { state: "known", value: "many" } },
    { ...firm, "ent.regionCode": { state: "known", value: null } },
    { ...firm, "hr.staffYearEnd": confirmed },
  ];
}

/** The counts that every engine has to come to. */
export async function decidedCounts(
  policies: readonly Policy[],
  profiles: readonly Profile[],
): Promise<FirmsOfPolicy[]> {
  return Promise.all(
    policies.map(async (policy) => {
      const outcomes = await Promise.all(profiles.map((profile) => decide(policy, profile, { asOf: day })));
      const number = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
      const { id, version } = policy;
      return { id, version, eligible: number("eligible"), undetermined: number("undetermined") };
    }),
  );
}
