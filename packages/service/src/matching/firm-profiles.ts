import type { Profile } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { withOwnPayments } from "./own-ledger.ts";
import type { FirmDirectory, OwnPayments, ProfileSource } from "./ports.ts";

type ProfileStores = Readonly<{ profiles: ProfileSource; ownPayments: OwnPayments }>;

/** A firm as its decisions see it, and the codes of those whose history it carries on. */
export type FirmProfile = Readonly<{ profile: Profile; forebears: readonly string[] }>;

/**
 * What is known of these firms on a day, what this system paid to them and to their forebears included.
 * @param only facts that are wanted; all, unless said
 */
export async function firmProfiles(
  { profiles, ownPayments }: ProfileStores,
  codes: readonly string[],
  asOf: Day,
  only?: readonly string[],
): Promise<(code: string) => FirmProfile> {
  const descents = await profiles.loadWithForebears(codes, asOf, asOf, only);
  const forebearsOf = (code: string) => descents.get(code)?.forebears ?? [];
  const paid = await ownPayments.paidTo([...new Set([...codes, ...codes.flatMap(forebearsOf)])]);
  const payments = Map.groupBy(paid, ({ firmCode }) => firmCode);
  return (code) => {
    const forebears = forebearsOf(code);
    const own = [code, ...forebears].flatMap((member) => payments.get(member) ?? []);
    return { profile: withOwnPayments(descents.get(code)?.profile ?? {}, own), forebears };
  };
}

/** Firms read in one transaction. */
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
): AsyncGenerator<FirmProfile & Readonly<{ code: string }>> {
  const read = (after?: string) =>
    transaction(async (stores) => {
      const codes = (await stores.firms.page(after, PAGE)).map(({ code }) => code);
      const profileOf = await firmProfiles(stores, codes, asOf, only);
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
