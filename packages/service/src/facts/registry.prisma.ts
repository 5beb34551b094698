import { derivedId } from "../kernel/id.ts";
import type { Sealing } from "../kernel/sealing.ts";
import { hasRightCheckDigit, personCodeOf } from "../kernel/subject-code.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { restsUntil } from "./cool-down.ts";
import type { Registry } from "./delivery-store.ts";
import type { DeliveredAccount, DeliveredFirm } from "./settle-firm.ts";

/** Source of an account that its owner named. */
const named = "firm";

export function registry(tx: Tx, sealing: Sealing): Registry {
  return {
    count: () => tx.firm.count(),
    pseudonymOf: (identityNo) => personCodeOf(sealing.index(`identity:${identityNo}`)),
    namesOf: (codes) => firmNames(tx, codes),
    async names() {
      const names = new Map<string, string>();
      for (let after = ""; ; ) {
        const page = await tx.$queryRaw<Readonly<{ code: string; name: string }>[]>`
          SELECT code, name FROM firm WHERE code > ${after} ORDER BY code LIMIT ${PAGE}`;
        for (const { code, name } of page) names.set(code, name);
        if (page.length < PAGE) return names;
        after = page.at(-1)?.code ?? "";
      }
    },
    async upsertFirms(firms) {
      for (let start = 0; start < firms.length; start += CHUNK)
        await upsert(tx, sealing, firms.slice(start, start + CHUNK));
      const persons = firms.flatMap(({ code, identityNo }) => (identityNo === undefined ? [] : [{ code, identityNo }]));
      if (persons.length > 0) await tx.person.createMany({ data: persons, skipDuplicates: true });
      const doubtful = firms.filter(({ code }) => !hasRightCheckDigit(code)).map(({ code }) => ({ code }));
      if (doubtful.length > 0) await tx.doubtfulCode.createMany({ data: doubtful, skipDuplicates: true });
    },
    async takeAccounts(accounts, sourceId, now) {
      const refused: DeliveredAccount[] = [];
      for (let start = 0; start < accounts.length; start += CHUNK) {
        refused.push(...(await takeThese(tx, sealing, accounts.slice(start, start + CHUNK), sourceId, now)));
      }
      return refused;
    },
  };
}

/** Registered names of these firms, by code; a code that is not registered is absent. */
export async function firmNames(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<Readonly<{ code: string; name: string }>[]>`
    SELECT code, name FROM firm WHERE code = ANY(${[...new Set(codes)]})`;
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** Firms in one statement: a register of millions does not fit into one. */
const CHUNK = 20_000;
const PAGE = 100_000;

async function upsert(tx: Tx, sealing: Sealing, firms: readonly DeliveredFirm[]): Promise<void> {
  const rows = firms.map(({ code, name, regionCode, email, phone }) => ({
    ...{ code, name, region_code: regionCode },
    ...(email !== undefined && { email: sealing.seal(email), email_index: sealing.index(email) }),
    ...(phone !== undefined && { phone: sealing.seal(phone), phone_index: sealing.index(phone) }),
  }));
  await tx.$executeRaw`
    INSERT INTO firm (code, name, region_code, email, email_index, phone, phone_index)
    SELECT code, name, region_code, email, email_index, phone, phone_index
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(code text, name text, region_code text, email text, email_index text, phone text, phone_index text)
    ON CONFLICT (code) DO UPDATE
      SET name = excluded.name, region_code = excluded.region_code,
        email = coalesce(excluded.email, firm.email), email_index = coalesce(excluded.email_index, firm.email_index),
        phone = coalesce(excluded.phone, firm.phone), phone_index = coalesce(excluded.phone_index, firm.phone_index)
      WHERE (firm.name, firm.region_code, firm.email_index, firm.phone_index)
        IS DISTINCT FROM (excluded.name, excluded.region_code, coalesce(excluded.email_index, firm.email_index),
          coalesce(excluded.phone_index, firm.phone_index))`;
}

async function takeThese(
  tx: Tx,
  sealing: Sealing,
  accounts: readonly DeliveredAccount[],
  sourceId: string,
  now: Date,
): Promise<DeliveredAccount[]> {
  const codes = accounts.map(({ firmCode }) => firmCode);
  const active = await tx.bankAccount.findMany({ where: { firmCode: { in: codes }, status: "active" } });
  const current = new Map(active.map((account) => [account.firmCode, account]));
  const changed = accounts.filter((account) => !isSame(account, current.get(account.firmCode)));
  const isOwn = ({ firmCode }: DeliveredAccount) => current.get(firmCode)?.source === named;
  const taken = changed.filter((account) => !isOwn(account));
  const replaced = taken.flatMap(({ firmCode }) => current.get(firmCode)?.id ?? []);
  await tx.$executeRaw`UPDATE bank_account SET status = 'superseded' WHERE id = ANY(${replaced}) AND status = 'active'`;
  const rows = taken.map(({ firmCode, holderName, accountNo, bankName, bankCode }) => {
    const index = sealing.index(accountNo);
    return {
      id: derivedId("bank-account", firmCode, sourceId, index, holderName, bankName, bankCode, now.toISOString()),
      firm_code: firmCode,
      holder_name: holderName,
      account_no: sealing.seal(accountNo),
      account_index: index,
      bank_name: bankName,
      bank_code: bankCode,
    };
  });
  await tx.$executeRaw`
    INSERT INTO bank_account (id, firm_code, holder_name, account_no, account_index, bank_name, bank_code, source, status,
      created_at, active_since, rests_until)
    SELECT id, firm_code, holder_name, account_no, account_index, bank_name, bank_code, ${sourceId}, 'active',
      ${now}::timestamptz, ${now}::timestamptz,
      CASE WHEN EXISTS (SELECT FROM bank_account AS earlier WHERE earlier.firm_code = r.firm_code) THEN ${restsUntil(now)}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, firm_code text, holder_name text,
      account_no text, account_index text, bank_name text, bank_code text)`;
  return changed.filter(isOwn);
}

type AccountTerms = Pick<DeliveredAccount, "holderName" | "accountNo" | "bankName" | "bankCode">;

function isSame(delivered: AccountTerms, current: AccountTerms | undefined): boolean {
  return (
    current !== undefined &&
    delivered.holderName === current.holderName &&
    delivered.accountNo === current.accountNo &&
    delivered.bankName === current.bankName &&
    delivered.bankCode === current.bankCode
  );
}
