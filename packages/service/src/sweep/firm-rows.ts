import { type Cell, decide, type EmittedRules, firmRows, type Policy, type Profile } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { FirmsOfPolicy, ProfileTable, SweepCount } from "./sweep-engine.ts";

/** Firms as rows; those that no row can hold are decided on the way and added to the counts at the end. */
export class FirmRows {
  readonly #rules: EmittedRules;
  readonly #policies: readonly Policy[];
  readonly #asOf: Day;
  readonly #apart = new Map<string, number>();
  readonly #eligible = new Map<Policy, number>();
  readonly #undetermined = new Map<Policy, number>();
  #rows = 0;

  constructor(rules: EmittedRules, policies: readonly Policy[], asOf: Day) {
    this.#rules = rules;
    this.#policies = policies;
    this.#asOf = asOf;
  }

  /** How many rows were handed out. */
  get rows(): number {
    return this.#rows;
  }

  async *of(profiles: ProfileTable["profiles"]): AsyncGenerator<readonly Cell[]> {
    const rowOf = firmRows(this.#rules);
    for await (const profile of profiles) {
      const row = rowOf(profile);
      if ("apart" in row) {
        await this.#decide(profile, row.apart);
        continue;
      }
      this.#rows += 1;
      // Policies out of force ask nothing, and their firms are counted all the same.
      yield row.cells.length > 0 ? row.cells : [null];
    }
  }

  /** The counts of the table, and those of the firms that are not in it. */
  with(counts: readonly FirmsOfPolicy[]): Pick<SweepCount, "firms" | "byPolicy" | "decidedApart"> {
    const apart = [...this.#apart.values()].reduce((sum, firms) => sum + firms, 0);
    return {
      firms: this.#rows + apart,
      byPolicy: counts.map((count, index) => {
        const policy = this.#policies[index];
        if (!policy) return count;
        const eligible = count.eligible + (this.#eligible.get(policy) ?? 0);
        return { ...count, eligible, undetermined: count.undetermined + (this.#undetermined.get(policy) ?? 0) };
      }),
      decidedApart: Object.fromEntries(this.#apart),
    };
  }

  async #decide(profile: Profile, because: string): Promise<void> {
    this.#apart.set(because, (this.#apart.get(because) ?? 0) + 1);
    for (const policy of this.#policies) {
      const { outcome } = await decide(policy, profile, { asOf: this.#asOf });
      const tally =
        outcome === "eligible" ? this.#eligible : outcome === "undetermined" ? this.#undetermined : undefined;
      tally?.set(policy, (tally.get(policy) ?? 0) + 1);
    }
  }
}

/** What a count says of the rules themselves. */
export function derivedIn({ derived }: EmittedRules): SweepCount["derived"] {
  return derived.map(({ policy, leaf, why }) => ({ policy: policy.id, requirement: leaf.name, why }));
}
