import type { Fund } from "@apply-free/ui";
import type { BudgetLine } from "../platform/generated/client.ts";

export function fundView(line: BudgetLine): Fund {
  return {
    id: line.id,
    title: line.title,
    year: line.year,
    appropriatedFen: String(line.appropriatedFen),
    availableFen: String(line.availableFen),
    reservedFen: String(line.reservedFen),
    inTransitFen: String(line.inTransitFen),
    paidFen: String(line.paidFen),
  };
}
