import type { Json } from "@apply-free/rules";
import type { Sealing } from "../kernel/sealing.ts";
import type { SubjectCode } from "../kernel/subject-code.ts";
import type { DeliveredRow } from "./read-rows.ts";

/** Rows as text that waits outside of memory, and back: code, line, name (of a row that cannot be read), all else. */
export type RowCells = Readonly<{
  cellsOf(row: DeliveredRow): readonly (string | null)[];
  rowOf(firmCode: string, line: string, said: string): DeliveredRow;
}>;

type Said = readonly [
  name: string,
  /** Place of a fact's id, its value, and so on. */
  facts: readonly Json[],
  record: DeliveredRow["record"],
  /** Sealed: numbers of accounts, telephones and persons lie nowhere plain, not for a minute either. */
  sealed: string | null,
];

type Sealed = Pick<DeliveredRow, "firm" | "account" | "identityNo">;

/**
 * For the rows of one delivery: ids of facts, the same in every row, are kept here and travel as numbers.
 * @param sealing needs to outlive nothing but this delivery
 */
export function rowCells(sealing: Pick<Sealing, "seal" | "open">): RowCells {
  const ids: string[] = [];
  const places = new Map<string, number>();
  const placeOf = (id: string) => {
    const known = places.get(id);
    if (known !== undefined) return known;
    places.set(id, ids.length);
    return ids.push(id) - 1;
  };
  return {
    cellsOf({ line, firmCode, name, facts, record, firm, account, identityNo }) {
      const numbered: Json[] = [];
      for (const [id, value] of facts) numbered.push(placeOf(id), value);
      const register: Sealed = { firm, account, ...(identityNo && { identityNo }) };
      const isNothing = Object.keys(firm).length + Object.keys(account).length === 0 && identityNo === undefined;
      const said: Said = [name, numbered, record, isNothing ? null : sealing.seal(JSON.stringify(register))];
      return [firmCode, String(line), null, JSON.stringify(said)];
    },
    rowOf(firmCode, line, said) {
      const [name, numbered, record, sealed] = JSON.parse(said) as Said;
      const register: Sealed = sealed === null ? { firm: {}, account: {} } : JSON.parse(sealing.open(sealed));
      const facts = new Map<string, Json>();
      for (let at = 0; at < numbered.length; at += 2)
        facts.set(ids[Number(numbered[at])] ?? "", numbered[at + 1] ?? null);
      return { line: Number(line), firmCode: firmCode as SubjectCode, name, facts, record, ...register };
    },
  };
}
