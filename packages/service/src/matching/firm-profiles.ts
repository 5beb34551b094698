import { CONTROLLER, GROUP_LEDGER, type Profile } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { PAID, withGroupLedger } from "./group-ledger.ts";
import { withOwnPayments } from "./own-ledger.ts";
import type { FirmDirectory, OwnPayments, ProfileSource } from "./ports.ts";

type ProfileStores = Readonly<{ profiles: ProfileSource; ownPayments: OwnPayments }>;

/**
 * A firm as its decisions see it, and the codes of those whose history it carries on.
 * `group`: who is at the head of its group of companies, and the codes of the other members and of those whose
 * history they carry on; absent where that is not known, or was not asked for.
 */
export type FirmProfile = Readonly<{
  profile: Profile;
  forebears: readonly string[];
  group?: Readonly<{ head: string; others: readonly string[] }>;
  /** The first later day on which something that was said of it, or of its group, is too old to be believed. */
  staleOn?: Day;
}>;

/** What is wanted: these facts only; as known at the end of another day; what was paid before a day only. */
export type Wanted = Readonly<{ only?: readonly string[] | undefined; knownOn?: Day; paidBefore?: Day }>;

/** What is known of these firms on a day, what this system paid to them, to their forebears and group included. */
export async function firmProfiles(
  stores: ProfileStores,
  codes: readonly string[],
  asOf: Day,
  wanted: Wanted = {},
): Promise<(code: string) => FirmProfile> {
  const { only } = wanted;
  const own = await ownProfiles(stores, codes, asOf, wanted);
  const profileOf = (code: string) => own.get(code) ?? { profile: {}, forebears: [] };
  if (only && !only.includes(GROUP_LEDGER)) return profileOf;
  const profiles = new Map([...own].map(([code, { profile }]) => [code, profile]));
  const groups = await stores.profiles.groupsOf(profiles, asOf, wanted.knownOn);
  const missing = [...groups.values()].flatMap((group) => group?.members ?? []).filter((code) => !own.has(code));
  const ledgers = await ownProfiles(stores, [...new Set(missing)], asOf, { ...wanted, only: [PAID, CONTROLLER] });
  return (code) => {
    const self = profileOf(code);
    const group = groups.get(code);
    if (!group) return self;
    const all = new Map(group.members.map((each) => [each, own.get(each) ?? ledgers.get(each) ?? nobody] as const));
    // A member's history that another carries on stands in that one's ledger already.
    const carriedOn = new Set([self, ...all.values()].flatMap(({ forebears }) => forebears));
    const counted = [...all].filter(([each]) => each !== code && !carriedOn.has(each));
    const ledgerOf = new Map(counted.map(([each, { profile }]) => [each, profile]));
    const isOwn = new Set([code, ...self.forebears]);
    const others = counted.flatMap(([each, { forebears }]) => [each, ...forebears]).filter((each) => !isOwn.has(each));
    const staleOn = earliest([self, ...all.values()]);
    return {
      ...{ ...self, profile: withGroupLedger(self.profile, ledgerOf), group: { head: group.head, others } },
      ...(staleOn !== undefined && { staleOn }),
    };
  };
}

function earliest(profiles: readonly FirmProfile[]): Day | undefined {
  return profiles
    .flatMap(({ staleOn }) => staleOn ?? [])
    .reduce<Day | undefined>((first, day) => (first === undefined || day < first ? day : first), undefined);
}

const nobody: FirmProfile = { profile: {}, forebears: [] };

async function ownProfiles(
  { profiles, ownPayments }: ProfileStores,
  codes: readonly string[],
  asOf: Day,
  { only, knownOn = asOf, paidBefore }: Wanted,
): Promise<ReadonlyMap<string, FirmProfile>> {
  if (codes.length === 0) return new Map();
  const descents = await profiles.loadWithForebears(codes, asOf, knownOn, only);
  const forebearsOf = (code: string) => descents.get(code)?.forebears ?? [];
  const paid = await ownPayments.paidTo([...new Set([...codes, ...codes.flatMap(forebearsOf)])]);
  const counted = paidBefore === undefined ? paid : paid.filter(({ paidOn }) => paidOn < paidBefore);
  const payments = Map.groupBy(counted, ({ firmCode }) => firmCode);
  const profileOf = (code: string): FirmProfile => {
    const forebears = forebearsOf(code);
    const own = [code, ...forebears].flatMap((member) => payments.get(member) ?? []);
    const { profile = {}, staleOn } = descents.get(code) ?? {};
    return { profile: withOwnPayments(profile, own), forebears, ...(staleOn !== undefined && { staleOn }) };
  };
  return new Map(codes.map((code) => [code, profileOf(code)]));
}

/** Firms read in one transaction, unless said. */
const PAGE = 500;

type EveryFirm = Transaction<ProfileStores & Readonly<{ firms: FirmDirectory }>>;

/**
 * Every firm of the register as its decisions see it, in order of code; a page at a time, whatever their number.
 * While one page is being used the database reads the next.
 */
export async function* everyFirm(
  transaction: EveryFirm,
  asOf: Day,
  only?: readonly string[],
  pageSize = PAGE,
): AsyncGenerator<FirmProfile & Readonly<{ code: string }>> {
  const read = (after?: string) =>
    transaction(async (stores) => {
      const codes = (await stores.firms.page(after, pageSize)).map(({ code }) => code);
      const profileOf = await firmProfiles(stores, codes, asOf, { only });
      return codes.map((code) => ({ code, ...profileOf(code) }));
    });
  let next = read();
  try {
    for (let page = await next; page.length > 0; page = await next) {
      next = read(page.at(-1)?.code);
      // Its failure is told where it is waited for.
      next.catch(() => {});
      yield* page;
    }
  } finally {
    // Who stops half way leaves no transaction open behind.
    await next.catch(() => {});
  }
}

/** The same, as profiles alone. */
export async function* everyProfile(transaction: EveryFirm, asOf: Day): AsyncGenerator<Profile> {
  for await (const { profile } of everyFirm(transaction, asOf)) yield profile;
}
