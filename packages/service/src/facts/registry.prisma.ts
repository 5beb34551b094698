import { derivedId } from "../kernel/id.ts";
import { hasRightCheckDigit } from "../kernel/subject-code.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Registry } from "./delivery.ts";
import type { DeliveredAccount } from "./settle-rows.ts";

/** Source of an account that its owner named. */
const named = "firm";

export function registry(tx: Tx): Registry {
  return {
    async names() {
      const rows = await tx.firm.findMany({ select: { code: true, name: true } });
      return new Map(rows.map(({ code, name }) => [code, name]));
    },
    async upsertFirms(firms) {
      if (firms.length === 0) return;
      const rows = firms.map(({ code, name, regionCode, email }) => ({ code, name, region_code: regionCode, email }));
      await tx.$executeRaw`
        INSERT INTO firm (code, name, region_code, email)
        SELECT code, name, region_code, email
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(code text, name text, region_code text, email text)
        ON CONFLICT (code) DO UPDATE
          SET name = excluded.name, region_code = excluded.region_code, email = coalesce(excluded.email, firm.email)
          WHERE (firm.name, firm.region_code, firm.email)
            IS DISTINCT FROM (excluded.name, excluded.region_code, coalesce(excluded.email, firm.email))`;
      const doubtful = firms.filter(({ code }) => !hasRightCheckDigit(code)).map(({ code }) => ({ code }));
      if (doubtful.length > 0) await tx.doubtfulCode.createMany({ data: doubtful, skipDuplicates: true });
    },
    async takeAccounts(accounts, sourceId, now) {
      if (accounts.length === 0) return [];
      const codes = accounts.map(({ firmCode }) => firmCode);
      const active = await tx.bankAccount.findMany({ where: { firmCode: { in: codes }, status: "active" } });
      const current = new Map(active.map((account) => [account.firmCode, account]));
      const changed = accounts.filter((account) => !isSame(account, current.get(account.firmCode)));
      const isOwn = ({ firmCode }: DeliveredAccount) => current.get(firmCode)?.source === named;
      const taken = changed.filter((account) => !isOwn(account));
      await tx.bankAccount.updateMany({
        where: { firmCode: { in: taken.map(({ firmCode }) => firmCode) }, status: "active" },
        data: { status: "superseded" },
      });
      const rows = taken.map(({ firmCode, holderName, accountNo, bankName, bankCode }) => ({
        id: derivedId("bank-account", firmCode, sourceId, accountNo, holderName, bankName, bankCode, now.toISOString()),
        firm_code: firmCode,
        holder_name: holderName,
        account_no: accountNo,
        bank_name: bankName,
        bank_code: bankCode,
      }));
      await tx.$executeRaw`
        INSERT INTO bank_account (id, firm_code, holder_name, account_no, bank_name, bank_code, source, status, created_at)
        SELECT id, firm_code, holder_name, account_no, bank_name, bank_code, ${sourceId}, 'active', ${now}::timestamptz
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(id text, firm_code text, holder_name text, account_no text, bank_name text, bank_code text)`;
      return changed.filter(isOwn);
    },
  };
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
