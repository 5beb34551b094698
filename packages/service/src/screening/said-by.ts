import type { Json } from "@apply-free/rules";
import type { DeliveredAccount, DeliveredFirm, SettledFirm } from "../facts/settle-firm.ts";
import type { Said } from "./observation.ts";

/** Everything a settled delivery says, facts and the register's own fields alike. */
export function saidBy({ facts, firms, accounts }: Pick<SettledFirm, "facts" | "firms" | "accounts">): Said[] {
  return [
    ...facts.map(({ firmCode, factId: id, value }) => ({ firmCode, id, value })),
    ...firms.flatMap(saidOfFirm),
    ...accounts.flatMap(saidOfAccount),
  ];
}

export function saidOfFirm({ code, name, regionCode, email, phone }: DeliveredFirm): Said[] {
  const contact = { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
  return fields(code, "firm", { name, regionCode, ...contact });
}

type AccountFields = Pick<DeliveredAccount, "firmCode" | "holderName" | "accountNo" | "bankName" | "bankCode">;

export function saidOfAccount({ firmCode, holderName, accountNo, bankName, bankCode }: AccountFields): Said[] {
  return fields(firmCode, "account", { holderName, accountNo, bankName, bankCode });
}

function fields(firmCode: string, of: string, values: Readonly<Record<string, Json>>): Said[] {
  return Object.entries(values).map(([field, value]) => ({ firmCode, id: `${of}.${field}`, value }));
}
