import { type Amount, destinationsOf, type Profile } from "@apply-free/rules";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { type Destinations, elsewhereId } from "./destination.ts";

type Ground = Readonly<{ facts: Profile; asOf: string; amount: Amount }>;

export function destinations(tx: Tx, compiled: CompiledPolicies): Destinations {
  return {
    async of({ firmCode, policyId, policyVersionId, period, amountFen }) {
      const { policy } = await compiled.load(policyVersionStore(tx), policyVersionId);
      const { channel } = policy;
      if (channel.kind === "bank-transfer") return {};
      const [ground] = await tx.$queryRaw<Ground[]>`
        SELECT facts, to_char(as_of, 'YYYY-MM-DD') AS "asOf", amount FROM decision
        WHERE firm_code = ${firmCode} AND policy_id = ${policyId} AND outcome = 'eligible'
          AND period = regexp_replace(${period}, '[+/].*$', '')
        ORDER BY decided_at DESC, id DESC LIMIT 1`;
      if (ground?.amount.kind !== "exact") return { channel: channel.kind };
      const { facts, asOf, amount } = ground;
      const found = destinationsOf(policy, facts, asOf, BigInt(amount.fen), amountFen);
      const at = (institution: string) => ("institution" in channel ? channel.institution.name.zh : institution);
      const places = found?.map((place) => ({ ...place, channel: channel.kind, name: at(place.institution) }));
      return { channel: channel.kind, places };
    },
    async accountAt(firmCode, place, createdAt) {
      const { channel, institution, reference, name } = place;
      const id = elsewhereId(firmCode, place);
      if (await tx.bankAccount.findUnique({ where: { id }, select: { id: true } })) return id;
      const { name: holderName } = await tx.firm.findUniqueOrThrow({ where: { code: firmCode } });
      const number = { accountNo: reference, bankName: name, bankCode: institution };
      const from = { source: `channel:${channel}`, status: "elsewhere", channel, createdAt };
      await tx.bankAccount.create({ data: { id, firmCode, holderName, ...number, ...from } });
      return id;
    },
  };
}
